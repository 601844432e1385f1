// An answer as counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {

// What an answer is about. The numbers are those of hoiam.survey.v1.Scope, and stored.
enum class Scope { kRelationship = 1, kJourney = 2, kTouchpoint = 3, kProductUse = 4, kService = 5 };
inline constexpr std::array kScopes = {Scope::kRelationship, Scope::kJourney, Scope::kTouchpoint, Scope::kProductUse,
                                       Scope::kService};

// Never mixed in a figure. The numbers are stored.
enum class AnswerKind { kUnsolicited = 0, kSolicited = 1, kIncentivised = 2 };

// One thing that an answer counts for: an answer with a score, two reasons and an expectation has four.
struct Observation {
  std::string metric;
  int version = 1;
  std::string item;  // "" all answers; else the part of them that it is of
  int value = 0;     // on the metric's scale
  friend bool operator==(const Observation&, const Observation&) = default;
};

struct Answer {
  std::string customer_id;  // "" when anonymous
  std::string response_id;
  int64_t revision = 0;
  std::string metric;        // "": feedback in words only
  int version = 0;           // of the metric's formula when it was stored
  std::optional<int> score;  // unset: skipped, or CSI
  Band band = Band::kNone;
  Scope scope = Scope::kTouchpoint;
  AnswerKind kind = AnswerKind::kSolicited;
  bool voided = false;
  bool full_effects = false;  // false: imported history; it blocks nothing
  absl::Time responded_at;
  std::string interaction_id;  // "" when about none
  DimensionValues dimensions;
  Represented represented;
  std::vector<Observation> observations;
  std::string comment;  // the beginning of the person's words

  // Whether it is in any figure.
  bool counted() const { return !voided && !observations.empty(); }
};

}  // namespace hoiam::scoring
