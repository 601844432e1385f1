// Stops all surveys to a customer.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// Said to the CRM. Keeps who said it and the reason as proof, and withdraws the open invitations. Once is enough: the
// second time changes nothing.
void UnsubscribeCustomer(const Deps& deps, const rpc::CallContext& ctx, const v1::UnsubscribeCustomerRequest& q,
                         rpc::Reply<v1::UnsubscribeCustomerResponse> reply);

// Said by the respondent behind a link, whatever became of the link; behind a receipt nobody is known who could be
// asked again. Blocks: looks up the token.
void UnsubscribeRespondent(const Deps& deps, const rpc::CallContext& ctx, const v1::UnsubscribeRespondentRequest& q,
                           rpc::Reply<v1::UnsubscribeRespondentResponse> reply);

}  // namespace hoiam::survey
