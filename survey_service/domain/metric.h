// The metrics that an answer may count for, and their scales.
#pragma once

#include <optional>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

enum class Metric { kNps, kCsat, kCes, kCsi };

// Lowest and highest score, both allowed. 0 is a valid NPS answer.
struct ScoreRange {
  int min;
  int max;
  bool Holds(double score) const;  // whole numbers only
};

// nullopt for anything but NPS, CSAT, CES and CSI.
std::optional<Metric> ParseMetric(absl::string_view name);
absl::string_view MetricName(Metric metric);
// NPS 0–10, CSAT 1–5, CES 1–7; CSI 1–10: each of its attributes.
ScoreRange RangeOf(Metric metric);
// False for CSI: it is made from the answers to its attributes, and an answer has no score of its own.
bool HasScore(Metric metric);

// What a score of the metric's scale comes to, worst first: NPS 0–6 DETRACTOR, 7–8 PASSIVE, 9–10 PROMOTER; CSAT 1–2
// DISSATISFIED, 3 NEUTRAL, 4–5 SATISFIED; CES 1–3 DIFFICULT, 4 MODERATE, 5–7 EASY; CSI has none (""). Told with every
// answer, so that whoever reads it has no boundaries of its own.
absl::string_view BandOf(Metric metric, int score);

}  // namespace hoiam::survey
