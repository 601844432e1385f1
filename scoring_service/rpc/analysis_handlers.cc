// The RPCs that put answers together: who moved, what drives, where it is weak.
#include <algorithm>
#include <utility>
#include <vector>

#include "platform/base/status.h"
#include "scoring_service/app/drivers.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/app/migration.h"
#include "scoring_service/app/one_scope.h"
#include "scoring_service/app/overview.h"
#include "scoring_service/app/passives.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/app/targets.h"
#include "scoring_service/convert/drivers.h"
#include "scoring_service/convert/heat_map.h"
#include "scoring_service/convert/journey.h"
#include "scoring_service/convert/migration.h"
#include "scoring_service/convert/money.h"
#include "scoring_service/convert/overview.h"
#include "scoring_service/convert/passives.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/rpc/handlers.h"

namespace hoiam::scoring {
namespace {

// The metric of a query by its own formula.
absl::StatusOr<MetricView> AskedMetric(const MetricBook& book, const std::string& metric, ScoreQuery& query) {
  Violations v;
  MetricView view = ReadMetric(metric, v1::Formula::UNSPECIFIED, 0, book, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  AskFor(view, book, query);
  return view;
}

void KeepScope(Scope scope, ScoreTable& table) {
  const auto is_other = [&](const ScoreGroup& group) { return group.scope != scope; };
  table.groups.erase(std::remove_if(table.groups.begin(), table.groups.end(), is_other), table.groups.end());
}

}  // namespace

absl::StatusOr<v1::GetMigrationResponse> Handlers::GetMigration(const rpc::CallContext& ctx,
                                                                const v1::GetMigrationRequest& q) const {
  Violations v;
  MigrationQuery query = ReadMigrationQuery(q, zone(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, q.metric()));
  HOIAM_ASSIGN_OR_RETURN(const MetricView metric, AskedMetric(book, q.metric(), query.after));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<PersonMove> moves, MovesOf(view, query));
  return FromMigration(MigrationOf(metric, moves));
}

absl::StatusOr<v1::GetDriversResponse> Handlers::GetDrivers(const rpc::CallContext& ctx,
                                                            const v1::GetDriversRequest& q) const {
  Violations v;
  DriversQuery query = ReadDriversQuery(q, zone(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, query.scores.metric));
  HOIAM_ASSIGN_OR_RETURN(MetricView metric, AskedMetric(book, query.scores.metric, query.scores));
  HOIAM_ASSIGN_OR_RETURN(const DriverTable table, CountDrivers(view, query, clock_.Now()));
  RowFrame frame = FrameOf(std::move(metric), query.scores);
  HOIAM_ASSIGN_OR_RETURN(frame.targets, TargetScores(view));
  return FromDriverTable(query, std::move(frame), table);
}

absl::StatusOr<v1::GetHeatMapResponse> Handlers::GetHeatMap(const rpc::CallContext& ctx,
                                                            const v1::GetHeatMapRequest& q) const {
  Violations v;
  ScoreQuery query = ReadHeatMapQuery(q, zone(), clock_.Now(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, query.metric));
  HOIAM_ASSIGN_OR_RETURN(MetricView metric, AskedMetric(book, query.metric, query));
  HOIAM_ASSIGN_OR_RETURN(const ScoreTable table, ComputeScores(view, query, clock_.Now()));
  HOIAM_RETURN_IF_ERROR(OneScope(query, table).status());
  RowFrame frame = FrameOf(std::move(metric), query);
  HOIAM_ASSIGN_OR_RETURN(frame.targets, TargetScores(view));
  return FromHeatMap(frame, table);
}

absl::StatusOr<v1::GetJourneyResponse> Handlers::GetJourney(const rpc::CallContext& ctx,
                                                            const v1::GetJourneyRequest& q) const {
  Violations v;
  ScoreQuery query = ReadJourneyQuery(q, zone(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view));
  HOIAM_ASSIGN_OR_RETURN(MetricView metric, AskedMetric(book, query.metric, query));
  JourneyTables tables;
  HOIAM_ASSIGN_OR_RETURN(tables.scores, ComputeScores(view, query, clock_.Now()));
  HOIAM_ASSIGN_OR_RETURN(tables.scope, OneScope(query, tables.scores));
  tables.frame = FrameOf(std::move(metric), query);
  HOIAM_ASSIGN_OR_RETURN(tables.frame.targets, TargetScores(view));
  // What was expected is asked beside the score: of answers about the same thing.
  ScoreQuery expected = query;
  HOIAM_ASSIGN_OR_RETURN(MetricView expectation, AskedMetric(book, kExpectation, expected));
  HOIAM_ASSIGN_OR_RETURN(tables.expected, ComputeScores(view, expected, clock_.Now()));
  KeepScope(tables.scope, tables.expected);
  tables.expected_frame = FrameOf(std::move(expectation), expected);
  tables.expected_frame.targets = tables.frame.targets;
  return FromJourney(tables);
}

absl::StatusOr<v1::GetOverviewResponse> Handlers::GetOverview(const rpc::CallContext& ctx,
                                                              const v1::GetOverviewRequest& q) const {
  Violations v;
  const OverviewQuery query = ReadOverviewQuery(q, zone(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<TargetScore> targets, TargetScores(view));
  v1::GetOverviewResponse out;
  const auto add = [&](const std::vector<MetricTables>& metrics, auto* sheets) {
    for (const MetricTables& m : metrics) {
      RowFrame frame = FrameOf(m.metric, m.query);
      frame.targets = targets;
      AddSheets(frame, m.all, m.trend ? &*m.trend : nullptr, sheets);
    }
  };
  HOIAM_ASSIGN_OR_RETURN(const auto leading, LeadingMetrics(view, query, book, clock_.Now()));
  add(leading, out.mutable_leading());
  HOIAM_ASSIGN_OR_RETURN(const auto repeat_issues, RepeatIssueRate(view, query, book));
  if (repeat_issues) *out.mutable_repeat_issues() = FromShare(*repeat_issues);
  HOIAM_ASSIGN_OR_RETURN(const auto metrics, OutcomeMetrics(view, query, book, clock_.Now()));
  add(metrics, out.mutable_metrics());
  if (!query.answers.filters.empty()) return out;
  HOIAM_ASSIGN_OR_RETURN(const Everybody everybody, CountEverybody(view, query, clock_.Now()));
  if (everybody.loyal) *out.mutable_loyal() = FromShare(*everybody.loyal);
  AddFits(everybody.by_fit, out.mutable_icp());
  out.set_open_cases(static_cast<int>(everybody.open_cases));
  return out;
}

absl::StatusOr<v1::ListPassivesResponse> Handlers::ListPassives(const rpc::CallContext& ctx,
                                                                const v1::ListPassivesRequest& q) const {
  HOIAM_ASSIGN_OR_RETURN(const WorkQuery query, ToWorkQuery(ctx.tenant, q));
  HOIAM_ASSIGN_OR_RETURN(const View view, reads_.Open(ctx, q.consistency_token()));
  HOIAM_ASSIGN_OR_RETURN(const WorkPage page, WorkPageOf(view, query));
  v1::ListPassivesResponse out;
  for (const WorkItem& item : page.items) *out.add_passives() = FromWorkItem(item);
  if (page.next) out.set_next_page_token(WorkToken(ctx.tenant, query, *page.next));
  out.set_total(static_cast<int>(page.total));
  AddRevenue(page.at_risk, page.at_risk, out.mutable_revenue_at_risk());
  return out;
}

}  // namespace hoiam::scoring
