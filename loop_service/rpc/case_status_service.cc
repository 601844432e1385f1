#include "loop_service/rpc/case_status_service.h"

#include <utility>

namespace hoiam::loop {

CaseStatusService::Reactor* CaseStatusService::GetCaseStatus(Context* c, const pb::GetCaseStatusRequest* q,
                                                             pb::CaseStatusPage* r) {
  return rpc::ServeRead(runtime_, c, q, r, [this](const auto& ctx, const auto& q) { return status_.Get(ctx, q); });
}

CaseStatusService::Reactor* CaseStatusService::WriteCaseStatus(Context* c, const pb::WriteCaseStatusRequest* q,
                                                               pb::CaseStatusPage* r) {
  const auto handler = [this](const rpc::CallContext& ctx, const pb::WriteCaseStatusRequest& q,
                              rpc::Reply<pb::CaseStatusPage> reply) { status_.Write(ctx, q, std::move(reply)); };
  return rpc::ServeWrite(runtime_, c, q, r, handler, /*on_pool=*/true);
}

CaseStatusService::Reactor* CaseStatusService::ConfirmCaseStatus(Context* c, const pb::ConfirmCaseStatusRequest* q,
                                                                 pb::CaseStatusPage* r) {
  const auto handler = [this](const rpc::CallContext& ctx, const pb::ConfirmCaseStatusRequest& q,
                              rpc::Reply<pb::CaseStatusPage> reply) { status_.Confirm(ctx, q, std::move(reply)); };
  return rpc::ServeWrite(runtime_, c, q, r, handler, /*on_pool=*/true);
}

}  // namespace hoiam::loop
