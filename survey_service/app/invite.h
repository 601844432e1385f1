// Invitations made by hand, and their list.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// Unsubscribed customers and the 24 h floor are respected; the survey's window is not. Blocks: looks up whose the id
// is.
void CreateInvitation(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateInvitationRequest& q,
                      rpc::Reply<v1::CreateInvitationResponse> reply);

// Of one survey, newest first.
absl::StatusOr<v1::ListInvitationsResponse> ListInvitations(const Deps& deps, const rpc::CallContext& ctx,
                                                            const v1::ListInvitationsRequest& q);

}  // namespace hoiam::survey
