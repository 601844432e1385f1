// The ideal customer profile.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

absl::StatusOr<v1::IcpProfile> GetIcpProfile(const Deps& deps, const rpc::CallContext& ctx,
                                             const v1::GetIcpProfileRequest& q);
// Every mistake at once; a PATCH that changes nothing makes no revision.
void UpdateIcpProfile(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateIcpProfileRequest& q,
                      rpc::Reply<v1::IcpProfile> reply);

}  // namespace hoiam::survey
