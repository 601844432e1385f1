// Ends of an interaction: it was cancelled, or what it began is done.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// It stays in the history as void; its open invitations are withdrawn. Once is enough: the second time changes nothing.
// Blocks: looks up whose it is.
void VoidInteraction(const Deps& deps, const rpc::CallContext& ctx, const v1::VoidInteractionRequest& q,
                     rpc::Reply<v1::VoidInteractionResponse> reply);

// A complaint was settled, a return refunded. Once is enough: the second time changes nothing. Blocks, as above.
void CompleteInteraction(const Deps& deps, const rpc::CallContext& ctx, const v1::CompleteInteractionRequest& q,
                         rpc::Reply<v1::CompleteInteractionResponse> reply);

absl::StatusOr<v1::Interaction> GetInteraction(const Deps& deps, const rpc::CallContext& ctx,
                                               const v1::GetInteractionRequest& q);

}  // namespace hoiam::survey
