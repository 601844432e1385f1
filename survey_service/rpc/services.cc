#include "survey_service/rpc/services.h"

#include <algorithm>

#include "survey_service/app/amend_response.h"
#include "survey_service/app/ask_policy.h"
#include "survey_service/app/claim_responses.h"
#include "survey_service/app/consent.h"
#include "survey_service/app/create_response.h"
#include "survey_service/app/define_survey.h"
#include "survey_service/app/eligibility.h"
#include "survey_service/app/end_interaction.h"
#include "survey_service/app/funnel.h"
#include "survey_service/app/icp_profile.h"
#include "survey_service/app/invitation_messages.h"
#include "survey_service/app/invite.h"
#include "survey_service/app/mark_sent.h"
#include "survey_service/app/metrics.h"
#include "survey_service/app/read_customers.h"
#include "survey_service/app/read_responses.h"
#include "survey_service/app/record_delivery.h"
#include "survey_service/app/record_interaction.h"
#include "survey_service/app/respondent.h"
#include "survey_service/app/templates.h"
#include "survey_service/app/unsubscribe.h"
#include "survey_service/app/upsert_customer.h"
#include "survey_service/app/usage.h"

namespace hoiam::survey {
namespace {

bool NamesInvitations(const v1::BatchImportResponsesRequest& q) {
  return std::any_of(q.responses().begin(), q.responses().end(),
                     [](const v1::CreateResponseRequest& r) { return !r.invitation_id().empty(); });
}

template <SurveyVerb verb>
void MoveBy(const Deps& deps, const rpc::CallContext& ctx, const v1::MoveSurveyRequest& q,
            rpc::Reply<v1::Survey> reply) {
  MoveSurvey(verb, deps, ctx, q, std::move(reply));
}

}  // namespace

Reactor* CustomerServer::UpdateCustomer(Context* c, const v1::UpdateCustomerRequest* q, v1::Customer* r) {
  return Write(c, q, r, &survey::UpdateCustomer);
}

Reactor* CustomerServer::BatchUpsertCustomers(Context* c, const v1::BatchUpsertCustomersRequest* q,
                                              v1::BatchUpsertCustomersResponse* r) {
  return Write(c, q, r, &survey::BatchUpsertCustomers);
}

Reactor* CustomerServer::GetCustomer(Context* c, const v1::GetCustomerRequest* q, v1::Customer* r) {
  return Read(c, q, r, &survey::GetCustomer);
}

Reactor* CustomerServer::ListCustomers(Context* c, const v1::ListCustomersRequest* q, v1::ListCustomersResponse* r) {
  return Read(c, q, r, &survey::ListCustomers);
}

Reactor* CustomerServer::UnsubscribeCustomer(Context* c, const v1::UnsubscribeCustomerRequest* q,
                                             v1::UnsubscribeCustomerResponse* r) {
  return Write(c, q, r, &survey::UnsubscribeCustomer);
}

Reactor* CustomerServer::CreateConsent(Context* c, const v1::CreateConsentRequest* q, v1::CreateConsentResponse* r) {
  return Write(c, q, r, &survey::CreateConsent);
}

Reactor* CustomerServer::GetEligibility(Context* c, const v1::GetEligibilityRequest* q, v1::GetEligibilityResponse* r) {
  return Read(c, q, r, &survey::GetEligibility);
}

Reactor* CustomerServer::RecordUsage(Context* c, const v1::RecordUsageRequest* q, v1::RecordUsageResponse* r) {
  return Write(c, q, r, &survey::RecordUsage, true);
}

Reactor* CustomerServer::ListUsage(Context* c, const v1::ListUsageRequest* q, v1::ListUsageResponse* r) {
  return Read(c, q, r, &survey::ListUsage);
}

Reactor* CustomerServer::ListConsents(Context* c, const v1::ListConsentsRequest* q, v1::ListConsentsResponse* r) {
  return Read(c, q, r, &survey::ListConsents);
}

Reactor* InteractionServer::RecordInteraction(Context* c, const v1::RecordInteractionRequest* q,
                                              v1::RecordInteractionResponse* r) {
  return Write(c, q, r, &survey::RecordInteraction);
}

Reactor* InteractionServer::BatchRecordInteractions(Context* c, const v1::BatchRecordInteractionsRequest* q,
                                                    v1::BatchRecordInteractionsResponse* r) {
  return Write(c, q, r, &survey::BatchRecordInteractions);
}

Reactor* InteractionServer::GetInteraction(Context* c, const v1::GetInteractionRequest* q, v1::Interaction* r) {
  return Read(c, q, r, &survey::GetInteraction);
}

Reactor* InteractionServer::VoidInteraction(Context* c, const v1::VoidInteractionRequest* q,
                                            v1::VoidInteractionResponse* r) {
  return Write(c, q, r, &survey::VoidInteraction, true);
}

Reactor* InteractionServer::CompleteInteraction(Context* c, const v1::CompleteInteractionRequest* q,
                                                v1::CompleteInteractionResponse* r) {
  return Write(c, q, r, &survey::CompleteInteraction, true);
}

Reactor* SurveyServer::CreateSurvey(Context* c, const v1::CreateSurveyRequest* q, v1::Survey* r) {
  return Write(c, q, r, &survey::CreateSurvey, true);
}

Reactor* SurveyServer::GetSurvey(Context* c, const v1::GetSurveyRequest* q, v1::Survey* r) {
  return Read(c, q, r, &survey::GetSurvey);
}

Reactor* SurveyServer::ListSurveys(Context* c, const v1::ListSurveysRequest* q, v1::ListSurveysResponse* r) {
  return Read(c, q, r, &survey::ListSurveys);
}

Reactor* SurveyServer::UpdateSurvey(Context* c, const v1::UpdateSurveyRequest* q, v1::Survey* r) {
  return Write(c, q, r, &survey::UpdateSurvey);
}

Reactor* SurveyServer::ActivateSurvey(Context* c, const v1::MoveSurveyRequest* q, v1::Survey* r) {
  return Write(c, q, r, &MoveBy<SurveyVerb::kActivate>);
}

Reactor* SurveyServer::PauseSurvey(Context* c, const v1::MoveSurveyRequest* q, v1::Survey* r) {
  return Write(c, q, r, &MoveBy<SurveyVerb::kPause>);
}

Reactor* SurveyServer::ArchiveSurvey(Context* c, const v1::MoveSurveyRequest* q, v1::Survey* r) {
  return Write(c, q, r, &MoveBy<SurveyVerb::kArchive>);
}

Reactor* SurveyServer::CreateInvitation(Context* c, const v1::CreateInvitationRequest* q,
                                        v1::CreateInvitationResponse* r) {
  return Write(c, q, r, &survey::CreateInvitation, true);
}

Reactor* SurveyServer::ListInvitations(Context* c, const v1::ListInvitationsRequest* q,
                                       v1::ListInvitationsResponse* r) {
  return Read(c, q, r, &survey::ListInvitations);
}

Reactor* SurveyServer::MarkInvitationSent(Context* c, const v1::MarkInvitationSentRequest* q,
                                          v1::MarkInvitationSentResponse* r) {
  return Write(c, q, r, &survey::MarkInvitationSent, true);
}

Reactor* SurveyServer::RecordDelivery(Context* c, const v1::RecordDeliveryRequest* q, v1::RecordDeliveryResponse* r) {
  return Write(c, q, r, &survey::RecordDelivery, true);
}

Reactor* SurveyServer::ListMetrics(Context* c, const v1::ListMetricsRequest* q, v1::ListMetricsResponse* r) {
  return Read(c, q, r, &survey::ListMetrics);
}

Reactor* SurveyServer::UpdateMetric(Context* c, const v1::UpdateMetricRequest* q, v1::Metric* r) {
  return Write(c, q, r, &survey::UpdateMetric);
}

Reactor* SurveyServer::GetIcpProfile(Context* c, const v1::GetIcpProfileRequest* q, v1::IcpProfile* r) {
  return Read(c, q, r, &survey::GetIcpProfile);
}

Reactor* SurveyServer::UpdateIcpProfile(Context* c, const v1::UpdateIcpProfileRequest* q, v1::IcpProfile* r) {
  return Write(c, q, r, &survey::UpdateIcpProfile);
}

Reactor* SurveyServer::ListTemplates(Context* c, const v1::ListTemplatesRequest* q, v1::ListTemplatesResponse* r) {
  return Read(c, q, r, &survey::ListTemplates);
}
Reactor* SurveyServer::GetAskPolicy(Context* c, const v1::GetAskPolicyRequest* q, v1::AskPolicy* r) {
  return Read(c, q, r, &survey::GetAskPolicy);
}

Reactor* SurveyServer::UpdateAskPolicy(Context* c, const v1::UpdateAskPolicyRequest* q, v1::AskPolicy* r) {
  return Write(c, q, r, &survey::UpdateAskPolicy);
}

Reactor* SurveyServer::GetFunnel(Context* c, const v1::GetFunnelRequest* q, v1::GetFunnelResponse* r) {
  return Read(c, q, r, &survey::GetFunnel);
}

Reactor* ResponseServer::CreateResponse(Context* c, const v1::CreateResponseRequest* q, v1::CreateResponseResponse* r) {
  return Write(c, q, r, &survey::CreateResponse, !q->invitation_id().empty());
}

Reactor* ResponseServer::CreateFeedback(Context* c, const v1::CreateFeedbackRequest* q, v1::CreateFeedbackResponse* r) {
  return Write(c, q, r, &survey::CreateFeedback);
}

Reactor* ResponseServer::BatchImportResponses(Context* c, const v1::BatchImportResponsesRequest* q,
                                              v1::BatchImportResponsesResponse* r) {
  return Write(c, q, r, &survey::BatchImportResponses, NamesInvitations(*q));
}

Reactor* ResponseServer::UpdateResponse(Context* c, const v1::UpdateResponseRequest* q, v1::UpdateResponseResponse* r) {
  return Write(c, q, r, &survey::UpdateResponse, true);
}

Reactor* ResponseServer::VoidResponse(Context* c, const v1::VoidResponseRequest* q, v1::VoidResponseResponse* r) {
  return Write(c, q, r, &survey::VoidResponse, true);
}

Reactor* ResponseServer::ClaimResponses(Context* c, const v1::ClaimResponsesRequest* q, v1::ClaimResponsesResponse* r) {
  return Write(c, q, r, &survey::ClaimResponses);
}

Reactor* ResponseServer::GetResponse(Context* c, const v1::GetResponseRequest* q, v1::Response* r) {
  return Read(c, q, r, &survey::GetResponse);
}

Reactor* ResponseServer::ListResponses(Context* c, const v1::ListResponsesRequest* q, v1::ListResponsesResponse* r) {
  return Read(c, q, r, &survey::ListResponses);
}

Reactor* RespondentServer::GetRespondentPage(Context* c, const v1::GetRespondentPageRequest* q, v1::RespondentPage* r) {
  return Read(c, q, r, &survey::GetRespondentPage);
}

Reactor* RespondentServer::SubmitAnswer(Context* c, const v1::SubmitAnswerRequest* q, v1::SubmitAnswerResponse* r) {
  return Write(c, q, r, &survey::SubmitAnswer, true);
}

Reactor* RespondentServer::MarkOpened(Context* c, const v1::MarkOpenedRequest* q, v1::MarkOpenedResponse* r) {
  return Write(c, q, r, &survey::MarkOpened, true);
}

Reactor* RespondentServer::UnsubscribeRespondent(Context* c, const v1::UnsubscribeRespondentRequest* q,
                                                 v1::UnsubscribeRespondentResponse* r) {
  return Write(c, q, r, &survey::UnsubscribeRespondent, true);
}

Reactor* MessageServer::GetInvitationMessages(Context* c, const v1::GetInvitationMessagesRequest* q,
                                              v1::GetInvitationMessagesResponse* r) {
  return Read(c, q, r, &survey::GetInvitationMessages);
}

}  // namespace hoiam::survey
