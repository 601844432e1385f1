// The metrics: their scales, their parts, and how a score and its interval come from counts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace hoiam::scoring {

// The numbers are stored.
enum class Metric { kNps = 1, kCsat = 2, kCes = 3 };
inline constexpr std::array kMetrics = {Metric::kNps, Metric::kCsat, Metric::kCes};

// The numbers are those of hoiam.scoring.v1.Band.
enum class Band {
  kDetractor = 1,
  kPassive = 2,
  kPromoter = 3,
  kSatisfied = 4,
  kNeutral = 5,
  kDissatisfied = 6,
  kEasy = 7,
  kModerate = 8,
  kDifficult = 9,
};

// A part of the scale, [low, high].
struct Part {
  absl::string_view name;  // plural: "detractors"
  Band band;
  int low, high;
};

struct MetricDef {
  absl::string_view name;
  int min, max;               // the scale
  std::array<Part, 3> parts;  // worst first
};

// Answers per score; index = score. No scale goes beyond 10.
inline constexpr int kScores = 11;
using Counts = std::array<int64_t, kScores>;

// A confidence interval of 95 % in the unit of the score.
struct ScoreInterval {
  double low, high;
};

const MetricDef& DefOf(Metric metric);
std::optional<Metric> ParseMetric(absl::string_view name);
bool OnScale(Metric metric, int score);
// `score` must be on the scale.
const Part& PartOf(Metric metric, int score);
// Whether a score is in the worst part: NPS 0–6, CSAT 1–2, CES 1–3.
bool IsUnhappy(Metric metric, int score);

int64_t Total(const Counts& counts);
int64_t CountIn(const Counts& counts, const Part& part);

// NPS in [-100, 100]; CSAT and CES in % of the best part; 3 decimals, halves away from zero. nullopt when nobody
// answered: no answers is not a score of zero.
std::optional<double> ScoreOf(Metric metric, const Counts& counts);
std::optional<ScoreInterval> IntervalOf(Metric metric, const Counts& counts);

}  // namespace hoiam::scoring
