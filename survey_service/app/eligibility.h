// Why somebody would, or would not, be asked now.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// By the same rules as AskAbout and AskDirectly, over the rows as they are at this moment.
absl::StatusOr<v1::GetEligibilityResponse> GetEligibility(const Deps& deps, const rpc::CallContext& ctx,
                                                          const v1::GetEligibilityRequest& q);

}  // namespace hoiam::survey
