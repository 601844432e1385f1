// The RPCs of loop_service, one line each: what stands around a call is platform/rpc/serve_unary.h.
#pragma once

#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "loop_service/app/change_case.h"
#include "loop_service/app/conversation.h"
#include "loop_service/app/read_cases.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::loop {

class CaseService final : public pb::CaseService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  CaseService(rpc::Runtime& runtime, CaseReads& reads, CaseChanger& changer, Conversation& conversation)
      : runtime_(runtime), reads_(reads), changer_(changer), conversation_(conversation) {}

  Reactor* ListCases(Context* c, const pb::ListCasesRequest* q, pb::ListCasesResponse* r) override;
  Reactor* GetCase(Context* c, const pb::GetCaseRequest* q, pb::Case* r) override;

  Reactor* GetLoopRate(Context* c, const pb::GetLoopRateRequest* q, pb::GetLoopRateResponse* r) override;

  using Changed = pb::CaseChangeResponse;
  Reactor* CreateCase(Context* c, const pb::CreateCaseRequest* q, Changed* r) override;
  Reactor* AcknowledgeCase(Context* c, const pb::AcknowledgeCaseRequest* q, Changed* r) override;
  Reactor* AssignCase(Context* c, const pb::AssignCaseRequest* q, Changed* r) override;
  Reactor* CreateNote(Context* c, const pb::CreateNoteRequest* q, Changed* r) override;
  Reactor* ContactCustomer(Context* c, const pb::ContactCustomerRequest* q, Changed* r) override;
  Reactor* DiagnoseCase(Context* c, const pb::DiagnoseCaseRequest* q, Changed* r) override;
  Reactor* CreateNeed(Context* c, const pb::CreateNeedRequest* q, Changed* r) override;
  Reactor* ProposeSolution(Context* c, const pb::ProposeSolutionRequest* q, Changed* r) override;
  Reactor* AnswerSolution(Context* c, const pb::AnswerSolutionRequest* q, Changed* r) override;
  Reactor* CompensateCase(Context* c, const pb::CompensateCaseRequest* q, Changed* r) override;
  Reactor* ResolveCase(Context* c, const pb::ResolveCaseRequest* q, Changed* r) override;
  Reactor* VerifyCase(Context* c, const pb::VerifyCaseRequest* q, Changed* r) override;
  Reactor* CloseCase(Context* c, const pb::CloseCaseRequest* q, Changed* r) override;
  Reactor* ReopenCase(Context* c, const pb::ReopenCaseRequest* q, Changed* r) override;
  Reactor* CancelCase(Context* c, const pb::CancelCaseRequest* q, Changed* r) override;

  Reactor* CreateCaseMessage(Context* c, const pb::CreateCaseMessageRequest* q,
                             pb::CreateCaseMessageResponse* r) override;
  Reactor* ListCaseMessages(Context* c, const pb::ListCaseMessagesRequest* q, pb::ListCaseMessagesResponse* r) override;
  Reactor* ReceiveMail(Context* c, const pb::ReceiveMailRequest* q, pb::ReceiveMailResponse* r) override;

 private:
  // Every verb: check its shape, look the case up, change it. `function` is the name of the RPC, as its caller is
  // named.
  template <class Request>
  Reactor* Change(Context* c, const Request* q, Changed* r, const char* function = __builtin_FUNCTION());

  rpc::Runtime& runtime_;
  CaseReads& reads_;
  CaseChanger& changer_;
  Conversation& conversation_;
};

}  // namespace hoiam::loop
