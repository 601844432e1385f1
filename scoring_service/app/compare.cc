#include "scoring_service/app/compare.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "scoring_service/app/improvements.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/app/one_scope.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/convert/compare.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/convert/scores.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/domain/compared_periods.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

std::set<Scope> ScopesIn(const ScoreTable& table) {
  std::set<Scope> scopes;
  for (const ScoreGroup& group : table.groups)
    if (AnswersIn(group.tallies[0]) > 0) scopes.insert(group.scope);
  return scopes;
}

absl::StatusOr<v1::ScoreComparison> Compare(const View& view, const MetricView& metric, const CompareQuery& query,
                                            absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(const ScoreTable current, ComputeScores(view, query.current, now));
  HOIAM_ASSIGN_OR_RETURN(const ScoreTable base, ComputeScores(view, query.base, now));
  std::set<Scope> answered = ScopesIn(current);
  answered.merge(ScopesIn(base));
  HOIAM_ASSIGN_OR_RETURN(const Scope scope, OneScope(query.current, answered));
  return ToComparison(FrameOf(metric, query.current), CountsOf(current, scope), FrameOf(metric, query.base),
                      CountsOf(base, scope));
}

}  // namespace

absl::StatusOr<v1::ScoreComparison> CompareScores(const View& view, const v1::CompareScoresRequest& q, absl::Time now) {
  Violations v;
  CompareQuery query = ReadCompareQuery(q, view.generation.zone, now, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, q.metric()));
  const MetricView metric = ReadMetric(q.metric(), q.formula(), 0, book, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  AskFor(metric, book, query.current);
  AskFor(metric, book, query.base);
  return Compare(view, metric, query, now);
}

absl::StatusOr<v1::GetImprovementEffectResponse> ImprovementEffect(const View& view,
                                                                   const v1::GetImprovementEffectRequest& q,
                                                                   absl::Time now) {
  Violations v;
  CheckSlug(q.improvement_id(), "improvementId", true, v);
  if (q.days() < 0 || q.days() > kMaxEffectDays) OutOfRange("days", "1", absl::StrCat(kMaxEffectDays), v);
  CompareQuery query;
  query.current.scope = ReadScope(q.scope(), v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const v1::Improvement improvement, FindImprovement(view, q.improvement_id()));
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, improvement.metric()));
  const MetricView metric = ReadMetric(improvement.metric(), v1::Formula::UNSPECIFIED, 0, book, v);
  query.current.filters = ReadFilter(improvement.filter(), "filter", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  query.current.zone = view.generation.zone;
  AskFor(metric, book, query.current);
  query.base = query.current;
  const int days = q.days() == 0 ? kUsualEffectDays : q.days();
  const BeforeAfter periods = PeriodsAround(ToTime(improvement.start_time()), days, now, view.generation.zone);
  query.current.start = periods.after.start;
  query.current.end = periods.after.end;
  query.base.start = periods.before.start;
  query.base.end = periods.before.end;
  v1::GetImprovementEffectResponse out;
  HOIAM_ASSIGN_OR_RETURN(*out.mutable_comparison(), Compare(view, metric, query, now));
  *out.mutable_improvement() = improvement;
  out.set_verdict(VerdictOf(out.comparison(), metric.id()));
  return out;
}

}  // namespace hoiam::scoring
