#include "scoring_service/rpc/handlers.h"

#include "platform/base/status.h"
#include "scoring_service/app/compare.h"
#include "scoring_service/app/history.h"
#include "scoring_service/app/improvements.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/app/sheets.h"
#include "scoring_service/app/targets.h"
#include "scoring_service/app/weighted.h"
#include "scoring_service/convert/history.h"
#include "scoring_service/convert/satisfaction.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/convert/scores.h"

namespace hoiam::scoring {

namespace pb = hoiam::scoring::v1;

absl::StatusOr<pb::GetScoresResponse> Handlers::GetScores(const rpc::CallContext& ctx,
                                                          const pb::GetScoresRequest& q) const {
  Violations v;
  ScoreQuery query = ReadScoreQuery(q, zone(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, q.metric()));
  const MetricView metric = ReadMetric(q.metric(), q.formula(), q.formula_version(), book, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  AskFor(metric, book, query);
  HOIAM_ASSIGN_OR_RETURN(const ScoreTable table, ComputeScores(view, query, clock_.Now()));
  RowFrame frame = FrameOf(metric, query);
  frame.population = q.population();
  HOIAM_ASSIGN_OR_RETURN(frame.targets, TargetScores(view));
  return FromScoreTable(frame, table);
}

absl::StatusOr<pb::ScoreComparison> Handlers::CompareScores(const rpc::CallContext& ctx,
                                                            const pb::CompareScoresRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  return scoring::CompareScores(view, q, clock_.Now());
}

absl::StatusOr<pb::GetWeightedScoresResponse> Handlers::GetWeightedScores(const rpc::CallContext& ctx,
                                                                          const pb::GetWeightedScoresRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  return WeightedScores(view, q, clock_.Now());
}

absl::StatusOr<pb::GetSampleSizeResponse> Handlers::GetSampleSize(const rpc::CallContext& ctx,
                                                                  const pb::GetSampleSizeRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, {}));
  return SampleSizeFor(view, q);
}

absl::StatusOr<pb::ListTargetsResponse> Handlers::ListTargets(const rpc::CallContext& ctx,
                                                              const pb::ListTargetsRequest&) const {
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, {}));
  return scoring::ListTargets(view);
}

absl::StatusOr<pb::ListImprovementsResponse> Handlers::ListImprovements(const rpc::CallContext& ctx,
                                                                        const pb::ListImprovementsRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, {}));
  return scoring::ListImprovements(view, q);
}

absl::StatusOr<pb::GetImprovementEffectResponse> Handlers::GetImprovementEffect(
    const rpc::CallContext& ctx, const pb::GetImprovementEffectRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  return ImprovementEffect(view, q, clock_.Now());
}

absl::StatusOr<pb::StoredHistory> Handlers::GetHistory(const rpc::CallContext& ctx,
                                                       const pb::GetHistoryRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const HistoryQuery query, ToHistoryQuery(ctx.tenant, q));
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  return HistoryOf(view, query);
}

absl::StatusOr<pb::Satisfaction> Handlers::GetSatisfaction(const rpc::CallContext& ctx,
                                                           const pb::GetSatisfactionRequest& q) const {
  HOIAM_RETURN_IF_ERROR(CheckRequest(q));
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<CustomerSheet> sheets, SheetsOf(view, {q.customer_id()}));
  return FromSheet(q.customer_id(), sheets.front().sheet, sheets.front().items, clock_.Now(), zone());
}

absl::StatusOr<pb::BatchGetSatisfactionResponse> Handlers::BatchGetSatisfaction(
    const rpc::CallContext& ctx, const pb::BatchGetSatisfactionRequest& q) const {
  HOIAM_RETURN_IF_ERROR(CheckRequest(q));
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  const std::vector<std::string> ids(q.customer_ids().begin(), q.customer_ids().end());
  HOIAM_ASSIGN_OR_RETURN(const std::vector<CustomerSheet> sheets, SheetsOf(view, ids));
  pb::BatchGetSatisfactionResponse response;
  for (size_t i = 0; i < ids.size(); ++i) {
    HOIAM_ASSIGN_OR_RETURN(*response.add_satisfactions(),
                           FromSheet(ids[i], sheets[i].sheet, sheets[i].items, clock_.Now(), zone()));
  }
  return response;
}

}  // namespace hoiam::scoring
