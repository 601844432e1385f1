// Reading cases: one, or a page of them, exact for those who hold a consistency token; and how the loop is closed.
// Callers who are bound to teams read those of these teams and the teams below them.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/app/playbook_cache.h"
#include "loop_service/domain/case_link.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/feed/consumer.h"
#include "platform/rpc/context.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

class CaseReads {
 public:
  // `survey`: the consumer whose effects cases are.
  CaseReads(db::Pool& pool, feed::Consumer& survey, const Clock& clock, PlaybookCache& playbooks,
            const CaseLinks& links)
      : pool_(pool), survey_(survey), clock_(clock), playbooks_(playbooks), links_(links) {}

  absl::StatusOr<pb::Case> Get(const rpc::CallContext& ctx, const pb::GetCaseRequest& q);
  // With tokens: waits for them, and answers one by which other projections of these cases are exact too.
  absl::StatusOr<pb::ListCasesResponse> List(const rpc::CallContext& ctx, const pb::ListCasesRequest& q);
  absl::StatusOr<pb::GetLoopRateResponse> LoopRate(const rpc::CallContext& ctx, const pb::GetLoopRateRequest& q);

 private:
  db::Pool& pool_;
  feed::Consumer& survey_;
  const Clock& clock_;
  PlaybookCache& playbooks_;
  const CaseLinks& links_;
};

}  // namespace hoiam::loop
