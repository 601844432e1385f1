// The metrics that an answer may count for, and their scales: what Hoiam brings, and what a tenant defines as data.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "survey_service/domain/words.h"

namespace hoiam::survey {

// Lowest and highest score, both allowed. 0 is a valid NPS answer.
struct ScoreRange {
  int min;
  int max;
  bool Holds(double score) const;  // whole numbers only
};

// What a part of a scale says of the customer. The numbers are those of hoiam.survey.v1.Mood.
enum class Mood { kUnspecified, kUnhappy, kIndifferent, kHappy };

// What answers are about. The numbers are those of hoiam.survey.v1.Scope.
enum class Scope { kUnspecified, kRelationship, kJourney, kTouchpoint, kProductUse, kService };

// A measure on a scale of whole numbers: score = 100 × Σ weight × share of answers in the part.
struct Metric {
  struct Part {
    std::string name;  // "detractors"
    Mood mood = Mood::kUnspecified;
    int low = 0;  // both in it
    int high = 0;
    double weight = 0;
    std::string band;  // what an answer in it is said to be: "DETRACTOR"; of a tenant's own metric its mood
  };
  std::string id;
  Words name;
  ScoreRange scale{0, 0};
  std::vector<Part> parts;           // lowest first; none: an answer has no score of its own
  Scope scope = Scope::kTouchpoint;  // where neither caller nor survey says
  int version = 1;
};

using MetricPtr = std::shared_ptr<const Metric>;

// NPS 0–10 (0–6 DETRACTOR, 7–8 PASSIVE, 9–10 PROMOTER; −1, 0, +1), CSAT 1–5 (1–2 DISSATISFIED, 3 NEUTRAL, 4–5
// SATISFIED; 0, 0, 1), CES 1–7 (1–3 DIFFICULT, 4 MODERATE, 5–7 EASY; 0, 0, 1); CSI 1–10: each of its attributes.
const std::vector<MetricPtr>& BuiltInMetrics();
// nullptr for any other.
MetricPtr FindBuiltInMetric(absl::string_view id);

// False for CSI: it is made from the answers to its attributes, and an answer has no score of its own.
bool HasScore(const Metric& metric);

// What a score comes to: the band of its part, "" off the scale and for CSI. Told with every answer, so that whoever
// reads it has no boundaries of its own. A tenant's own metric has the bands UNHAPPY, INDIFFERENT and HAPPY.
absl::string_view BandOf(const Metric& metric, int score);
// Whether a score is in the lowest third (rounded up) of the parts that say UNHAPPY: NPS 0–2, CSAT 1, CES 1.
bool IsLowest(const Metric& metric, int score);
// The bands that it has, worst first where its parts are.
std::vector<std::string> BandsOf(const Metric& metric);
// "UNHAPPY", "INDIFFERENT", "HAPPY".
absl::string_view MoodName(Mood mood);

// The definitions that a request needs: those that Hoiam brings, and of the tenant's own those that were put in.
class MetricBook {
 public:
  // In the place of one with the same id; nullptr adds nothing.
  void Add(MetricPtr metric);
  // nullptr: there is none of that id.
  MetricPtr Find(absl::string_view id) const;

 private:
  std::map<std::string, MetricPtr, std::less<>> own_;
};

}  // namespace hoiam::survey
