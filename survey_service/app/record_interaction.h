// Records interactions, and decides for each active survey whether to ask.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// With full effects. The same id and body again is the same success with the same dispatch; another body is ID_REUSED.
void RecordInteraction(const Deps& deps, const rpc::CallContext& ctx, const v1::RecordInteractionRequest& q,
                       rpc::Reply<v1::RecordInteractionResponse> reply);

// With RECORD_ONLY nobody is asked and no survey is looked at.
void BatchRecordInteractions(const Deps& deps, const rpc::CallContext& ctx, const v1::BatchRecordInteractionsRequest& q,
                             rpc::Reply<v1::BatchRecordInteractionsResponse> reply);

}  // namespace hoiam::survey
