#include "scoring_service/app/weighted.h"

#include <cmath>
#include <utility>

#include "platform/base/status.h"
#include "scoring_service/app/metric_book.h"
#include "scoring_service/app/one_scope.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/convert/scores.h"
#include "scoring_service/convert/weighted.h"
#include "scoring_service/errors.h"
#include "scoring_service/store/population_reads.h"

namespace hoiam::scoring {
namespace {

// Weight of the part that a value is in.
int WeightOf(const MetricView& metric, const Observation& o) {
  return static_cast<int>(std::lround(PartOf(metric.DefFor(o.version), o.value).weight * 1000));
}

absl::StatusOr<MoneyAnswers> ReadMoneyAnswers(const View& view, const MetricView& metric, const ScoreQuery& query) {
  MoneyAnswers answers;
  const auto add = [&](const Answer& a) {
    if (!query.Passes(a.dimensions)) return;
    for (const Observation& o : a.observations) {
      if (o.metric != query.metric || o.item != query.item) continue;
      for (const auto& [currency, money] : a.represented)
        if (const double amount = static_cast<double>(money.revenue.micros()) / 1e6; amount > 0)
          answers[currency].push_back({WeightOf(metric, o), amount});
    }
  };
  HOIAM_RETURN_IF_ERROR(view.db.InSnapshot([&] { return EachAnswer(view, query, query.start, query.end, add); }));
  return answers;
}

}  // namespace

absl::StatusOr<v1::GetWeightedScoresResponse> WeightedScores(const View& view, const v1::GetWeightedScoresRequest& q,
                                                             absl::Time now) {
  Violations v;
  WeightedQuery query = ReadWeightedQuery(q, view.generation.zone, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, q.metric()));
  const MetricView metric = ReadMetric(q.metric(), v1::Formula::UNSPECIFIED, 0, book, v);
  CheckIsSumOfShares(metric, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  ScoreQuery& all = query.answers;
  AskFor(metric, book, all);
  HOIAM_ASSIGN_OR_RETURN(const ScoreTable total, ComputeScores(view, all, now));
  HOIAM_ASSIGN_OR_RETURN(const Scope scope, OneScope(all, total));
  all.scope = scope;
  if (query.strata.empty()) {
    HOIAM_ASSIGN_OR_RETURN(query.strata, ReadPopulation(view, query.by, all.filters));
  }
  ScoreQuery grouped = all;
  grouped.group_by = {query.by};
  HOIAM_ASSIGN_OR_RETURN(const ScoreTable by, ComputeScores(view, grouped, now));

  v1::GetWeightedScoresResponse out;
  *out.mutable_unweighted() = ToScoreRow(FrameOf(metric, all), CountsOf(total, scope));
  std::map<std::string, RowCounts> strata;
  for (const auto& [value, people] : query.strata) strata[value] = CountsOf(by, scope, {value});
  FillWeighted(FrameOf(metric, grouped), query.strata, strata, out);
  if (out.unweighted().has_withheld()) return out;
  const auto money = ReadMoneyAnswers(view, metric, all);
  if (money.ok())
    FillByMoney(FrameOf(metric, all), *money, out);
  else if (!IsCutNotKept(money.status()))
    return money.status();
  return out;
}

absl::StatusOr<v1::GetSampleSizeResponse> SampleSizeFor(const View& view, const v1::GetSampleSizeRequest& q) {
  Violations v;
  const std::string id = q.metric().empty() ? kNps : q.metric();
  if (IsNoMetricId(id)) UnknownMetric("metric", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const MetricBook book, ReadMetricBook(view, id));
  const MetricView metric = ReadMetric(id, v1::Formula::UNSPECIFIED, 0, book, v);
  CheckIsSumOfShares(metric, v);
  const SampleSizeQuery query = ReadSampleSizeQuery(q, metric, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return FromSampleSize(query, SampleSizeOf(query));
}

}  // namespace hoiam::scoring
