#include "scoring_service/convert/weighted.h"

#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "scoring_service/convert/analysis_query.h"
#include "scoring_service/domain/numbers.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

constexpr double kLeastMargin = 0.1, kMostMargin = 50;

double WorstVariance(const MetricView& metric) {
  const ScoreInterval range = RangeOf(metric);
  const double half = (range.high - range.low) / 200;
  return half * half;
}

}  // namespace

WeightedQuery ReadWeightedQuery(const v1::GetWeightedScoresRequest& q, const absl::TimeZone& reporting_zone,
                                Violations& v) {
  WeightedQuery out;
  if (IsNoMetricId(q.metric())) UnknownMetric("metric", v);
  out.answers = ReadAnswersOf(q, reporting_zone, v);
  out.answers.filters = ReadFilter(q.filter(), "filter", v);
  const auto by = q.by().empty() ? Dimension::kSegment : ReadDimension(q.by(), "by", v);
  if (by) out.by = *by;
  if (by && q.strata().empty() && !IsOfPeople(*by)) StrataNeeded(q.by(), v);
  if (q.strata_size() > kMaxStrata) TooManyIds("strata", kMaxStrata, v);
  for (int i = 0; i < q.strata_size() && i < kMaxStrata; ++i) {
    const auto& stratum = q.strata(i);
    if (stratum.population() < 1) NotPositive(absl::StrCat("strata[", i, "].population"), v);
    if (!out.strata.emplace(stratum.value(), stratum.population()).second)
      RepeatedDimension(absl::StrCat("strata[", i, "].value"), stratum.value(), v);
  }
  return out;
}

void CheckIsSumOfShares(const MetricView& metric, Violations& v) {
  if (!metric.versions.empty() && metric.csi()) NoSumOfShares(metric.id(), v);
}

void FillWeighted(const RowFrame& frame, const std::map<std::string, int64_t>& population,
                  const std::map<std::string, RowCounts>& strata, v1::GetWeightedScoresResponse& out) {
  std::vector<Stratum> domain;
  bool enough = !population.empty();
  // What is held back must not be learnt from a score that is made of it.
  const auto weighs = [&](const RowCounts& counts) {
    return AnswersIn(counts.tallies) > 0 && !IsWithheld(frame, counts);
  };
  for (const auto& [value, people] : population) {
    const RowCounts& counts = strata.at(value);
    domain.push_back({WeightedPartsOf(frame.metric, weighs(counts) ? counts.tallies : TallyByVersion()), people});
  }
  const auto weighted = PostStratify(domain);
  size_t i = 0;
  for (const auto& [value, people] : population) {
    const RowCounts& counts = strata.at(value);
    auto* stratum = out.add_strata();
    stratum->set_value(value);
    stratum->set_population(static_cast<int>(people));
    stratum->set_weight(weighted ? Round3(weighted->weights[i]) : 0);
    *stratum->mutable_row() = ToScoreRow(frame, counts);
    if (!weighs(counts)) out.add_silent_strata(value);
    enough = enough && stratum->row().enough_data();
    ++i;
  }
  out.set_enough_data(enough);
  if (!weighted) return;
  out.set_score(weighted->figure.value);
  *out.mutable_interval() = FromInterval(weighted->figure.interval, IntervalMethod::kPostStratified);
  out.set_effective_responses(Round3(weighted->figure.effective_n));
}

void FillByMoney(const RowFrame& frame, const MoneyAnswers& answers, v1::GetWeightedScoresResponse& out) {
  const WeightedCounts scale = WeightedPartsOf(frame.metric, {});
  for (const auto& [currency, list] : answers) {
    const auto weighted = WeighByMoney(list, scale);
    if (!weighted) continue;
    auto* by = out.add_by_revenue();
    by->set_currency(currency);
    by->set_responses(static_cast<int>(list.size()));
    by->set_score(weighted->value);
    *by->mutable_interval() = FromInterval(weighted->interval, IntervalMethod::kKish);
    by->set_effective_responses(Round3(weighted->effective_n));
  }
}

SampleSizeQuery ReadSampleSizeQuery(const v1::GetSampleSizeRequest& q, const MetricView& metric, Violations& v) {
  SampleSizeQuery out;
  out.margin = q.margin_of_error();
  if (!(out.margin >= kLeastMargin && out.margin <= kMostMargin))
    OutOfRange("marginOfError", absl::StrCat(kLeastMargin), absl::StrCat(kMostMargin), v);
  if (q.population() < 0) NotPositive("population", v);
  if (q.population() > 0) out.population = q.population();
  const double worst = metric.versions.empty() ? 1 : WorstVariance(metric);
  out.variance = q.has_variance() ? q.variance() : worst;
  if (!(out.variance > 0))
    NotPositive("variance", v);
  else if (out.variance > worst)
    OutOfRange("variance", "0", absl::StrCat(worst), v);
  const double percent = q.has_response_rate_percent() ? q.response_rate_percent() : 100;
  if (!(percent > 0))
    NotPositive("responseRatePercent", v);
  else if (percent > 100)
    OutOfRange("responseRatePercent", "0", "100", v);
  out.response_rate = percent / 100;
  if (v.empty() && SampleSizeOf(out).invitations > std::numeric_limits<int32_t>::max())
    OutOfRange("responseRatePercent", "so high that 2,147,483,647 invitations are enough", "100", v);
  return out;
}

v1::GetSampleSizeResponse FromSampleSize(const SampleSizeQuery& query, const SampleSize& size) {
  v1::GetSampleSizeResponse out;
  out.set_responses(static_cast<int>(size.responses));
  out.set_invitations(static_cast<int>(size.invitations));
  out.set_unlimited(Round3(size.unlimited));
  out.set_limited(Round3(size.limited));
  out.set_variance(query.variance);
  return out;
}

}  // namespace hoiam::scoring
