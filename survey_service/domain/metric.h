// The metrics that an answer may count for, and their scales.
#pragma once

#include <optional>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

enum class Metric { kNps, kCsat, kCes };

// Lowest and highest score, both allowed. 0 is a valid NPS answer.
struct ScoreRange {
  int min;
  int max;
  bool Holds(double score) const;  // whole numbers only
};

// nullopt for anything but NPS, CSAT and CES.
std::optional<Metric> ParseMetric(absl::string_view name);
absl::string_view MetricName(Metric metric);
// NPS 0–10, CSAT 1–5, CES 1–7.
ScoreRange RangeOf(Metric metric);

}  // namespace hoiam::survey
