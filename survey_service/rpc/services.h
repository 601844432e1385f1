// The gRPC services of survey_service: one line per RPC, each naming its use case in app/.
#pragma once

#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

// What the services share: how a use case is served.
class Server {
 public:
  // Both must outlive it.
  Server(const Deps& deps, rpc::Runtime& runtime) : deps_(deps), runtime_(runtime) {}

 protected:
  // `function` is the caller's own name: the RPC's.
  template <class Req, class Resp>
  Reactor* Read(Context* c, const Req* q, Resp* r,
                absl::StatusOr<Resp> (*use_case)(const Deps&, const rpc::CallContext&, const Req&),
                const char* function = __builtin_FUNCTION()) {
    return rpc::ServeRead(
        runtime_, c, q, r,
        [this, use_case](const rpc::CallContext& ctx, const Req& request) { return use_case(deps_, ctx, request); },
        function);
  }
  // `looks_up`: the use case blocks before it submits.
  template <class Req, class Resp>
  Reactor* Write(Context* c, const Req* q, Resp* r,
                 void (*use_case)(const Deps&, const rpc::CallContext&, const Req&, rpc::Reply<Resp>),
                 bool looks_up = false, const char* function = __builtin_FUNCTION()) {
    return rpc::ServeWrite(
        runtime_, c, q, r,
        [this, use_case](const rpc::CallContext& ctx, const Req& request, rpc::Reply<Resp> reply) {
          use_case(deps_, ctx, request, std::move(reply));
        },
        looks_up, function);
  }

  const Deps& deps_;
  rpc::Runtime& runtime_;
};

class CustomerServer final : public v1::CustomerService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* UpdateCustomer(Context* c, const v1::UpdateCustomerRequest* q, v1::Customer* r) override;
  Reactor* BatchUpsertCustomers(Context* c, const v1::BatchUpsertCustomersRequest* q,
                                v1::BatchUpsertCustomersResponse* r) override;
  Reactor* GetCustomer(Context* c, const v1::GetCustomerRequest* q, v1::Customer* r) override;
  Reactor* ListCustomers(Context* c, const v1::ListCustomersRequest* q, v1::ListCustomersResponse* r) override;
  Reactor* UnsubscribeCustomer(Context* c, const v1::UnsubscribeCustomerRequest* q,
                               v1::UnsubscribeCustomerResponse* r) override;
  Reactor* CreateConsent(Context* c, const v1::CreateConsentRequest* q, v1::CreateConsentResponse* r) override;
  Reactor* GetEligibility(Context* c, const v1::GetEligibilityRequest* q, v1::GetEligibilityResponse* r) override;
  Reactor* RecordUsage(Context* c, const v1::RecordUsageRequest* q, v1::RecordUsageResponse* r) override;
  Reactor* ListUsage(Context* c, const v1::ListUsageRequest* q, v1::ListUsageResponse* r) override;
  Reactor* ListConsents(Context* c, const v1::ListConsentsRequest* q, v1::ListConsentsResponse* r) override;
};

class InteractionServer final : public v1::InteractionService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* RecordInteraction(Context* c, const v1::RecordInteractionRequest* q,
                             v1::RecordInteractionResponse* r) override;
  Reactor* BatchRecordInteractions(Context* c, const v1::BatchRecordInteractionsRequest* q,
                                   v1::BatchRecordInteractionsResponse* r) override;
  Reactor* GetInteraction(Context* c, const v1::GetInteractionRequest* q, v1::Interaction* r) override;
  Reactor* VoidInteraction(Context* c, const v1::VoidInteractionRequest* q, v1::VoidInteractionResponse* r) override;
  Reactor* CompleteInteraction(Context* c, const v1::CompleteInteractionRequest* q,
                               v1::CompleteInteractionResponse* r) override;
};

class SurveyServer final : public v1::SurveyService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* CreateSurvey(Context* c, const v1::CreateSurveyRequest* q, v1::Survey* r) override;
  Reactor* GetSurvey(Context* c, const v1::GetSurveyRequest* q, v1::Survey* r) override;
  Reactor* ListSurveys(Context* c, const v1::ListSurveysRequest* q, v1::ListSurveysResponse* r) override;
  Reactor* UpdateSurvey(Context* c, const v1::UpdateSurveyRequest* q, v1::Survey* r) override;
  Reactor* ActivateSurvey(Context* c, const v1::MoveSurveyRequest* q, v1::Survey* r) override;
  Reactor* PauseSurvey(Context* c, const v1::MoveSurveyRequest* q, v1::Survey* r) override;
  Reactor* ArchiveSurvey(Context* c, const v1::MoveSurveyRequest* q, v1::Survey* r) override;
  Reactor* CreateInvitation(Context* c, const v1::CreateInvitationRequest* q, v1::CreateInvitationResponse* r) override;
  Reactor* ListInvitations(Context* c, const v1::ListInvitationsRequest* q, v1::ListInvitationsResponse* r) override;
  Reactor* MarkInvitationSent(Context* c, const v1::MarkInvitationSentRequest* q,
                              v1::MarkInvitationSentResponse* r) override;
  Reactor* RecordDelivery(Context* c, const v1::RecordDeliveryRequest* q, v1::RecordDeliveryResponse* r) override;
  Reactor* ListMetrics(Context* c, const v1::ListMetricsRequest* q, v1::ListMetricsResponse* r) override;
  Reactor* UpdateMetric(Context* c, const v1::UpdateMetricRequest* q, v1::Metric* r) override;
  Reactor* GetIcpProfile(Context* c, const v1::GetIcpProfileRequest* q, v1::IcpProfile* r) override;
  Reactor* UpdateIcpProfile(Context* c, const v1::UpdateIcpProfileRequest* q, v1::IcpProfile* r) override;
  Reactor* ListTemplates(Context* c, const v1::ListTemplatesRequest* q, v1::ListTemplatesResponse* r) override;
  Reactor* GetAskPolicy(Context* c, const v1::GetAskPolicyRequest* q, v1::AskPolicy* r) override;
  Reactor* UpdateAskPolicy(Context* c, const v1::UpdateAskPolicyRequest* q, v1::AskPolicy* r) override;
  Reactor* GetFunnel(Context* c, const v1::GetFunnelRequest* q, v1::GetFunnelResponse* r) override;
};

class ResponseServer final : public v1::ResponseService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* CreateResponse(Context* c, const v1::CreateResponseRequest* q, v1::CreateResponseResponse* r) override;
  Reactor* CreateFeedback(Context* c, const v1::CreateFeedbackRequest* q, v1::CreateFeedbackResponse* r) override;
  Reactor* BatchImportResponses(Context* c, const v1::BatchImportResponsesRequest* q,
                                v1::BatchImportResponsesResponse* r) override;
  Reactor* UpdateResponse(Context* c, const v1::UpdateResponseRequest* q, v1::UpdateResponseResponse* r) override;
  Reactor* VoidResponse(Context* c, const v1::VoidResponseRequest* q, v1::VoidResponseResponse* r) override;
  Reactor* ClaimResponses(Context* c, const v1::ClaimResponsesRequest* q, v1::ClaimResponsesResponse* r) override;
  Reactor* GetResponse(Context* c, const v1::GetResponseRequest* q, v1::Response* r) override;
  Reactor* ListResponses(Context* c, const v1::ListResponsesRequest* q, v1::ListResponsesResponse* r) override;
};

class RespondentServer final : public v1::RespondentService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* GetRespondentPage(Context* c, const v1::GetRespondentPageRequest* q, v1::RespondentPage* r) override;
  Reactor* SubmitAnswer(Context* c, const v1::SubmitAnswerRequest* q, v1::SubmitAnswerResponse* r) override;
  Reactor* MarkOpened(Context* c, const v1::MarkOpenedRequest* q, v1::MarkOpenedResponse* r) override;
  Reactor* UnsubscribeRespondent(Context* c, const v1::UnsubscribeRespondentRequest* q,
                                 v1::UnsubscribeRespondentResponse* r) override;
};

class MessageServer final : public v1::MessageService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* GetInvitationMessages(Context* c, const v1::GetInvitationMessagesRequest* q,
                                 v1::GetInvitationMessagesResponse* r) override;
};

}  // namespace hoiam::survey
