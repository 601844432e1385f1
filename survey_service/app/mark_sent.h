// The CRM says that it has sent an invitation.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// CREATED → SENT; of an invitation in any other state nothing changes. NOT_FOUND INVITATION_NOT_FOUND. Blocks: looks up
// whose it is.
void MarkInvitationSent(const Deps& deps, const rpc::CallContext& ctx, const v1::MarkInvitationSentRequest& q,
                        rpc::Reply<v1::MarkInvitationSentResponse> reply);

}  // namespace hoiam::survey
