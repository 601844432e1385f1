#include "loop_service/rpc/case_service.h"

#include <utility>

#include "loop_service/convert/case_requests.h"

namespace hoiam::loop {

template <class Request>
CaseService::Reactor* CaseService::Change(Context* c, const Request* q, Changed* r, const char* function) {
  const auto handler = [this](const rpc::CallContext& ctx, const Request& request, rpc::Reply<Changed> reply) {
    auto call = ParseCall(request);
    if (!call.ok()) return reply(call.status(), {});
    changer_.Change(ctx, request, *std::move(call), std::move(reply));
  };
  return rpc::ServeWrite(runtime_, c, q, r, handler, /*on_pool=*/true, function);
}

CaseService::Reactor* CaseService::ListCases(Context* c, const pb::ListCasesRequest* q, pb::ListCasesResponse* r) {
  return rpc::ServeRead(runtime_, c, q, r, [this](const auto& ctx, const auto& q) { return reads_.List(ctx, q); });
}

CaseService::Reactor* CaseService::GetCase(Context* c, const pb::GetCaseRequest* q, pb::Case* r) {
  return rpc::ServeRead(runtime_, c, q, r, [this](const auto& ctx, const auto& q) { return reads_.Get(ctx, q); });
}

CaseService::Reactor* CaseService::GetLoopRate(Context* c, const pb::GetLoopRateRequest* q,
                                               pb::GetLoopRateResponse* r) {
  return rpc::ServeRead(runtime_, c, q, r, [this](const auto& ctx, const auto& q) { return reads_.LoopRate(ctx, q); });
}

CaseService::Reactor* CaseService::CreateCase(Context* c, const pb::CreateCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::AcknowledgeCase(Context* c, const pb::AcknowledgeCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::AssignCase(Context* c, const pb::AssignCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::CreateNote(Context* c, const pb::CreateNoteRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::ContactCustomer(Context* c, const pb::ContactCustomerRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::DiagnoseCase(Context* c, const pb::DiagnoseCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::CreateNeed(Context* c, const pb::CreateNeedRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::ProposeSolution(Context* c, const pb::ProposeSolutionRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::AnswerSolution(Context* c, const pb::AnswerSolutionRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::CompensateCase(Context* c, const pb::CompensateCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::ResolveCase(Context* c, const pb::ResolveCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::VerifyCase(Context* c, const pb::VerifyCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::CloseCase(Context* c, const pb::CloseCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::ReopenCase(Context* c, const pb::ReopenCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::CancelCase(Context* c, const pb::CancelCaseRequest* q, Changed* r) {
  return Change(c, q, r);
}

CaseService::Reactor* CaseService::CreateCaseMessage(Context* c, const pb::CreateCaseMessageRequest* q,
                                                     pb::CreateCaseMessageResponse* r) {
  const auto handler = [this](const rpc::CallContext& ctx, const pb::CreateCaseMessageRequest& q,
                              rpc::Reply<pb::CreateCaseMessageResponse> reply) {
    conversation_.Create(ctx, q, std::move(reply));
  };
  return rpc::ServeWrite(runtime_, c, q, r, handler, /*on_pool=*/true);
}

CaseService::Reactor* CaseService::ListCaseMessages(Context* c, const pb::ListCaseMessagesRequest* q,
                                                    pb::ListCaseMessagesResponse* r) {
  return rpc::ServeRead(runtime_, c, q, r,
                        [this](const auto& ctx, const auto& q) { return conversation_.List(ctx, q); });
}

CaseService::Reactor* CaseService::ReceiveMail(Context* c, const pb::ReceiveMailRequest* q,
                                               pb::ReceiveMailResponse* r) {
  const auto handler = [this](const rpc::CallContext& ctx, const pb::ReceiveMailRequest& q,
                              rpc::Reply<pb::ReceiveMailResponse> reply) {
    conversation_.Receive(ctx, q, std::move(reply));
  };
  return rpc::ServeWrite(runtime_, c, q, r, handler, /*on_pool=*/true);
}

}  // namespace hoiam::loop
