// The policy by which a tenant asks.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

absl::StatusOr<v1::AskPolicy> GetAskPolicy(const Deps& deps, const rpc::CallContext& ctx,
                                           const v1::GetAskPolicyRequest& q);
void UpdateAskPolicy(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateAskPolicyRequest& q,
                     rpc::Reply<v1::AskPolicy> reply);

}  // namespace hoiam::survey
