#include "scoring_service/domain/metric.h"

#include <numeric>

#include "scoring_service/domain/nps.h"
#include "scoring_service/domain/top_box.h"

namespace hoiam::scoring {

const MetricDef& DefOf(Metric metric) {
  switch (metric) {
    case Metric::kNps:
      return kNps;
    case Metric::kCsat:
      return kCsat;
    case Metric::kCes:
      break;
  }
  return kCes;
}

std::optional<Metric> ParseMetric(absl::string_view name) {
  for (Metric m : kMetrics)
    if (DefOf(m).name == name) return m;
  return std::nullopt;
}

bool OnScale(Metric metric, int score) { return score >= DefOf(metric).min && score <= DefOf(metric).max; }

const Part& PartOf(Metric metric, int score) {
  const auto& parts = DefOf(metric).parts;
  return score <= parts[0].high ? parts[0] : score <= parts[1].high ? parts[1] : parts[2];
}

bool IsUnhappy(Metric metric, int score) { return score <= DefOf(metric).parts[0].high; }

int64_t Total(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), int64_t{0}); }

int64_t CountIn(const Counts& counts, const Part& part) {
  return std::accumulate(counts.begin() + part.low, counts.begin() + part.high + 1, int64_t{0});
}

std::optional<double> ScoreOf(Metric metric, const Counts& counts) {
  const auto& parts = DefOf(metric).parts;
  const int64_t n = Total(counts), best = CountIn(counts, parts[2]);
  return metric == Metric::kNps ? NpsScore(best, CountIn(counts, parts[0]), n) : TopBoxPercent(best, n);
}

std::optional<ScoreInterval> IntervalOf(Metric metric, const Counts& counts) {
  const auto& parts = DefOf(metric).parts;
  const int64_t n = Total(counts), best = CountIn(counts, parts[2]);
  return metric == Metric::kNps ? NpsInterval(best, CountIn(counts, parts[0]), n) : WilsonInterval(best, n);
}

}  // namespace hoiam::scoring
