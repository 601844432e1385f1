#include "scoring_service/convert/analysis_query.h"

namespace hoiam::scoring {

std::string MetricOr(absl::string_view metric, absl::string_view otherwise, Violations& v) {
  if (metric.empty()) return std::string(otherwise);
  if (IsNoMetricId(metric)) UnknownMetric("metric", v);
  return std::string(metric);
}

void CheckHasScore(absl::string_view metric, Violations& v) {
  if (metric == kCsi || metric == kExpectation || metric == kIdealGap) NoScorePerAnswer("metric", metric, v);
}

}  // namespace hoiam::scoring
