// Reading cases: one, or a page of them, exact for those who hold a consistency token.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/feed/consumer.h"
#include "platform/rpc/context.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

class CaseReads {
 public:
  // `survey`: the consumer whose effects cases are.
  CaseReads(db::Pool& pool, feed::Consumer& survey, const Clock& clock) : pool_(pool), survey_(survey), clock_(clock) {}

  absl::StatusOr<pb::Case> Get(const rpc::CallContext& ctx, const pb::GetCaseRequest& q);
  // With tokens: waits for them, and answers one by which other projections of these cases are exact too.
  absl::StatusOr<pb::ListCasesResponse> List(const rpc::CallContext& ctx, const pb::ListCasesRequest& q);

 private:
  db::Pool& pool_;
  feed::Consumer& survey_;
  const Clock& clock_;
};

}  // namespace hoiam::loop
