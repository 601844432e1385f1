#include "scoring_service/rpc/handlers.h"

#include "platform/base/status.h"
#include "scoring_service/app/history.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/app/sheets.h"
#include "scoring_service/app/targets.h"
#include "scoring_service/convert/history.h"
#include "scoring_service/convert/satisfaction.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/convert/scores.h"
#include "scoring_service/convert/timeline.h"

namespace hoiam::scoring {

namespace pb = hoiam::scoring::v1;

absl::StatusOr<pb::GetScoresResponse> Handlers::GetScores(const rpc::CallContext& ctx,
                                                          const pb::GetScoresRequest& q) const {
  Violations v;
  ScoreQuery query = ReadScoreQuery(q, zone_, v);
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

absl::StatusOr<pb::GetHistoryResponse> Handlers::GetHistory(const rpc::CallContext& ctx,
                                                            const pb::GetHistoryRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const HistoryQuery query, ToHistoryQuery(ctx.tenant, q));
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const HistoryPage page, HistoryPageOf(view, query));
  pb::GetHistoryResponse response;
  for (const HistoryItem& item : page.items) {
    HOIAM_ASSIGN_OR_RETURN(*response.add_entries(), ParseEntry(item.entry, item.answers));
  }
  if (page.next) response.set_next_page_token(HistoryToken(ctx.tenant, query, *page.next));
  return response;
}

absl::StatusOr<pb::Satisfaction> Handlers::GetSatisfaction(const rpc::CallContext& ctx,
                                                           const pb::GetSatisfactionRequest& q) const {
  HOIAM_RETURN_IF_ERROR(CheckRequest(q));
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<Sheet> sheets, SheetsOf(view, {q.customer_id()}));
  return FromSheet(q.customer_id(), sheets.front(), clock_.Now(), zone_);
}

absl::StatusOr<pb::BatchGetSatisfactionResponse> Handlers::BatchGetSatisfaction(
    const rpc::CallContext& ctx, const pb::BatchGetSatisfactionRequest& q) const {
  HOIAM_RETURN_IF_ERROR(CheckRequest(q));
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  const std::vector<std::string> ids(q.customer_ids().begin(), q.customer_ids().end());
  HOIAM_ASSIGN_OR_RETURN(const std::vector<Sheet> sheets, SheetsOf(view, ids));
  pb::BatchGetSatisfactionResponse response;
  for (size_t i = 0; i < ids.size(); ++i)
    *response.add_satisfactions() = FromSheet(ids[i], sheets[i], clock_.Now(), zone_);
  return response;
}

}  // namespace hoiam::scoring
