// Stores answers that a CRM, an import or a page of the company brings.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// The same id and body again is the same success; another body is ID_REUSED. Blocks when the answer is to an
// invitation: looks up whose it is.
void CreateResponse(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateResponseRequest& q,
                    rpc::Reply<v1::CreateResponseResponse> reply);

// The same for feedback that nobody asked for. Without an id of the caller's each call is another answer; an
// Idempotency-Key makes a repeated one the same.
void CreateFeedback(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateFeedbackRequest& q,
                    rpc::Reply<v1::CreateFeedbackResponse> reply);

void BatchImportResponses(const Deps& deps, const rpc::CallContext& ctx, const v1::BatchImportResponsesRequest& q,
                          rpc::Reply<v1::BatchImportResponsesResponse> reply);

}  // namespace hoiam::survey
