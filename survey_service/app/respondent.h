// The respondent's page: what it shows, and what a submission of its form does.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// Changes nothing, whatever the state of the invitation.
absl::StatusOr<v1::RespondentPage> GetRespondentPage(const Deps& deps, const rpc::CallContext& ctx,
                                                     const v1::GetRespondentPageRequest& q);

// One answer per invitation: the first submission makes it, later ones amend it until one was finished or the
// invitation expired. Violations name the question by its id, as the form does. Blocks: looks up the token.
void SubmitAnswer(const Deps& deps, const rpc::CallContext& ctx, const v1::SubmitAnswerRequest& q,
                  rpc::Reply<v1::SubmitAnswerResponse> reply);

}  // namespace hoiam::survey
