#include "survey_service/convert/metric.h"

#include "absl/strings/str_cat.h"

namespace hoiam::survey {

void CheckMetric(absl::string_view metric, absl::string_view field, bool required, Violations& v) {
  if (metric.empty()) {
    if (required) v.Add(field, "REQUIRED", "is required: NPS, CSAT, CES or CSI");
  } else if (!ParseMetric(metric)) {
    v.Add(field, "UNKNOWN_METRIC", "must be NPS, CSAT, CES or CSI");
  }
}

void CheckScore(Metric metric, int64_t score, absl::string_view field, Violations& v) {
  if (!HasScore(metric))
    return v.Add(field, "NO_SINGLE_SCORE", "CSI is made from the answers to its attributes; leave the score out");
  const ScoreRange range = RangeOf(metric);
  if (range.Holds(static_cast<double>(score))) return;
  v.Add(field, "SCORE_OUT_OF_RANGE",
        absl::StrCat("a score of ", MetricName(metric), " is ", range.min, " to ", range.max),
        {{"min", absl::StrCat(range.min)}, {"max", absl::StrCat(range.max)}});
}

}  // namespace hoiam::survey
