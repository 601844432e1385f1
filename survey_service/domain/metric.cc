#include "survey_service/domain/metric.h"

#include <cmath>

namespace hoiam::survey {

bool ScoreRange::Holds(double score) const { return score >= min && score <= max && std::floor(score) == score; }

std::optional<Metric> ParseMetric(absl::string_view name) {
  if (name == "NPS") return Metric::kNps;
  if (name == "CSAT") return Metric::kCsat;
  if (name == "CES") return Metric::kCes;
  if (name == "CSI") return Metric::kCsi;
  return std::nullopt;
}

absl::string_view MetricName(Metric metric) {
  switch (metric) {
    case Metric::kNps:
      return "NPS";
    case Metric::kCsat:
      return "CSAT";
    case Metric::kCes:
      return "CES";
    case Metric::kCsi:
      return "CSI";
  }
  return "";
}

ScoreRange RangeOf(Metric metric) {
  switch (metric) {
    case Metric::kNps:
      return {0, 10};
    case Metric::kCsat:
      return {1, 5};
    case Metric::kCes:
      return {1, 7};
    case Metric::kCsi:
      return {1, 10};
  }
  return {0, 0};
}

bool HasScore(Metric metric) { return metric != Metric::kCsi; }

absl::string_view BandOf(Metric metric, int score) {
  switch (metric) {
    case Metric::kNps:
      return score <= 6 ? "DETRACTOR" : score <= 8 ? "PASSIVE" : "PROMOTER";
    case Metric::kCsat:
      return score <= 2 ? "DISSATISFIED" : score == 3 ? "NEUTRAL" : "SATISFIED";
    case Metric::kCes:
      return score <= 3 ? "DIFFICULT" : score == 4 ? "MODERATE" : "EASY";
    case Metric::kCsi:
      return "";
  }
  return "";
}

}  // namespace hoiam::survey
