// Gives anonymous answers to their customer.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// By order, phone or both. The same claim again is the same success and changes nothing; what somebody else has is left
// alone and left out.
void ClaimResponses(const Deps& deps, const rpc::CallContext& ctx, const v1::ClaimResponsesRequest& q,
                    rpc::Reply<v1::ClaimResponsesResponse> reply);

}  // namespace hoiam::survey
