// The customer's page about a case: internal, only the gateway's pages call it.
#pragma once

#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "loop_service/app/case_status.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::loop {

class CaseStatusService final : public pb::CaseStatusService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  CaseStatusService(rpc::Runtime& runtime, CaseStatus& status) : runtime_(runtime), status_(status) {}

  Reactor* GetCaseStatus(Context* c, const pb::GetCaseStatusRequest* q, pb::CaseStatusPage* r) override;
  Reactor* WriteCaseStatus(Context* c, const pb::WriteCaseStatusRequest* q, pb::CaseStatusPage* r) override;
  Reactor* ConfirmCaseStatus(Context* c, const pb::ConfirmCaseStatusRequest* q, pb::CaseStatusPage* r) override;

 private:
  rpc::Runtime& runtime_;
  CaseStatus& status_;
};

}  // namespace hoiam::loop
