// Changes to a stored answer: never a second answer.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// Score, answers, comment and language; a new revision, or none when nothing changes. Blocks: looks up whose it is.
void UpdateResponse(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateResponseRequest& q,
                    rpc::Reply<v1::UpdateResponseResponse> reply);

// Out of every figure, still in the history. Once is enough. Blocks.
void VoidResponse(const Deps& deps, const rpc::CallContext& ctx, const v1::VoidResponseRequest& q,
                  rpc::Reply<v1::VoidResponseResponse> reply);

}  // namespace hoiam::survey
