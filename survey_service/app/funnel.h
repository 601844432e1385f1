// From asking to answering, in figures.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// INVALID_ARGUMENT reason END_BEFORE_START; SURVEY_NOT_FOUND.
absl::StatusOr<v1::GetFunnelResponse> GetFunnel(const Deps& deps, const rpc::CallContext& ctx,
                                                const v1::GetFunnelRequest& q);

}  // namespace hoiam::survey
