// The surveys that come with Hoiam.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

absl::StatusOr<v1::ListTemplatesResponse> ListTemplates(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::ListTemplatesRequest& q);

}  // namespace hoiam::survey
