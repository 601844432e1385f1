// What each RPC does: parse, open a connection that is fresh enough, ask, convert.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/clock.h"
#include "platform/rpc/context.h"
#include "scoring_service/app/fresh_reads.h"

namespace hoiam::scoring {

class Handlers {
 public:
  // All must outlive it.
  Handlers(const FreshReads& reads, const Clock& clock, absl::TimeZone reporting_zone)
      : reads_(reads), clock_(clock), zone_(reporting_zone) {}

  absl::StatusOr<hoiam::scoring::v1::GetScoresResponse> GetScores(const rpc::CallContext& ctx,
                                                                  const hoiam::scoring::v1::GetScoresRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::GetHistoryResponse> GetHistory(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::GetHistoryRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::Satisfaction> GetSatisfaction(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::GetSatisfactionRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::BatchGetSatisfactionResponse> BatchGetSatisfaction(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::BatchGetSatisfactionRequest& q) const;

 private:
  const FreshReads& reads_;
  const Clock& clock_;
  const absl::TimeZone zone_;
};

}  // namespace hoiam::scoring
