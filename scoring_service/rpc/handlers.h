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
  Handlers(const FreshReads& reads, const Clock& clock) : reads_(reads), clock_(clock) {}

  absl::StatusOr<hoiam::scoring::v1::GetScoresResponse> GetScores(const rpc::CallContext& ctx,
                                                                  const hoiam::scoring::v1::GetScoresRequest& q) const;
  // Of what answers mean together (analysis_handlers.cc).
  absl::StatusOr<v1::GetMigrationResponse> GetMigration(const rpc::CallContext& ctx,
                                                        const v1::GetMigrationRequest& q) const;
  absl::StatusOr<v1::GetDriversResponse> GetDrivers(const rpc::CallContext& ctx, const v1::GetDriversRequest& q) const;
  absl::StatusOr<v1::GetHeatMapResponse> GetHeatMap(const rpc::CallContext& ctx, const v1::GetHeatMapRequest& q) const;
  absl::StatusOr<v1::GetJourneyResponse> GetJourney(const rpc::CallContext& ctx, const v1::GetJourneyRequest& q) const;
  absl::StatusOr<v1::GetOverviewResponse> GetOverview(const rpc::CallContext& ctx,
                                                      const v1::GetOverviewRequest& q) const;
  absl::StatusOr<v1::ListPassivesResponse> ListPassives(const rpc::CallContext& ctx,
                                                        const v1::ListPassivesRequest& q) const;
  // Held against each other, weighted, aimed at.
  absl::StatusOr<hoiam::scoring::v1::ScoreComparison> CompareScores(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::CompareScoresRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::GetWeightedScoresResponse> GetWeightedScores(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::GetWeightedScoresRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::GetSampleSizeResponse> GetSampleSize(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::GetSampleSizeRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::ListTargetsResponse> ListTargets(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::ListTargetsRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::ListImprovementsResponse> ListImprovements(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::ListImprovementsRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::GetImprovementEffectResponse> GetImprovementEffect(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::GetImprovementEffectRequest& q) const;
  // Of one customer.
  absl::StatusOr<hoiam::scoring::v1::StoredHistory> GetHistory(const rpc::CallContext& ctx,
                                                               const hoiam::scoring::v1::GetHistoryRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::Satisfaction> GetSatisfaction(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::GetSatisfactionRequest& q) const;
  absl::StatusOr<hoiam::scoring::v1::BatchGetSatisfactionResponse> BatchGetSatisfaction(
      const rpc::CallContext& ctx, const hoiam::scoring::v1::BatchGetSatisfactionRequest& q) const;

 private:
  // The reporting zone: that of what is shown.
  absl::TimeZone zone() const { return reads_.zone(); }
  const FreshReads& reads_;
  const Clock& clock_;
};

}  // namespace hoiam::scoring
