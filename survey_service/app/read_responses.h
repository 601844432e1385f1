// Reads of answers.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

absl::StatusOr<v1::Response> GetResponse(const Deps& deps, const rpc::CallContext& ctx,
                                         const v1::GetResponseRequest& q);
absl::StatusOr<v1::ListResponsesResponse> ListResponses(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::ListResponsesRequest& q);

}  // namespace hoiam::survey
