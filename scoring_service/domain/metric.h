// The metrics: their scales, their parts, and what the parts weigh. A score is 100·Σ weight × share of answers in the
// part; what counts as a promoter is here and nowhere else. A tenant's own metrics are the same thing, made from data.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hoiam::scoring {

// Ids of the built-in metrics.
inline constexpr char kNps[] = "NPS";
inline constexpr char kCsat[] = "CSAT";
inline constexpr char kCes[] = "CES";
inline constexpr char kCsi[] = "CSI";
// Against what was expected: 0 below, 1 at, 2 above (F15).
inline constexpr char kExpectation[] = "EXPECTATION";
// Satisfied people: 1 still names something to do better, 0 nothing (A7).
inline constexpr char kIdealGap[] = "IDEAL_GAP";
// How important the attributes of a CSI are: rated 1–10; chosen 1 or not 0. Weights of the CSI, never figures
// themselves.
inline constexpr char kCsiImportance[] = "CSI_IMPORTANCE";
inline constexpr char kCsiChosen[] = "CSI_CHOSEN";

// The numbers are those of hoiam.scoring.v1.Band, and stored.
enum class Band {
  kNone = 0,
  kDetractor = 1,
  kPassive = 2,
  kPromoter = 3,
  kSatisfied = 4,
  kNeutral = 5,
  kDissatisfied = 6,
  kEasy = 7,
  kModerate = 8,
  kDifficult = 9,
  kHappy = 10,
  kIndifferent = 11,
  kUnhappy = 12,
};
// "DETRACTOR", as events name it; kNone for anything else.
Band ParseBand(absl::string_view name);
// Wants action: a detractor, dissatisfied, difficult, unhappy.
bool IsUnhappy(Band band);
// The best part of its metric: a promoter, satisfied, easy, happy.
bool IsHappy(Band band);

// A part of the scale, [low, high].
struct Part {
  std::string name;  // plural: "detractors"
  Band band = Band::kNone;
  int low = 0, high = 0;
  double weight = 0;  // −1 … 1
};

struct MetricDef {
  std::string id;
  int version = 1;
  int min = 0, max = 0;     // the scale, within 0 … 10
  std::vector<Part> parts;  // lowest first
};

// Answers per value of the scale; index = value. No scale goes beyond 10.
inline constexpr int kScores = 11;
using Counts = std::array<int64_t, kScores>;

// NPS, CSAT, CES, CSI (of one attribute), EXPECTATION, IDEAL_GAP; nullptr for any other.
const MetricDef* FindBuiltin(absl::string_view id);
// The same for CES by its index: 1–3 difficult −1, 4–5 moderate, 6–7 easy +1 (F8).
const MetricDef& CesIndex();

// The metrics that a tenant has, in all their versions.
class MetricBook {
 public:
  MetricBook() = default;  // the built-in ones
  void Add(MetricDef def);
  // The versions of a metric, ascending; a built-in one has one. Empty: not known.
  std::vector<const MetricDef*> Versions(absl::string_view id) const;
  // Ids of the tenant's own, ascending.
  std::vector<std::string> Own() const;

 private:
  std::map<std::string, std::map<int, MetricDef>, std::less<>> own_;
};

// `value` must be on the scale.
const Part& PartOf(const MetricDef& def, int value);

int64_t Total(const Counts& counts);
int64_t CountIn(const Counts& counts, const Part& part);

}  // namespace hoiam::scoring
