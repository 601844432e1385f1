// What one answer counts for, beside its score: the reasons it gave, what it rated, what was expected,
// what is missed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "scoring_service/domain/answer.h"

namespace hoiam::scoring {

// One question of a survey and what was answered to it. What does not belong to its type is not looked at.
struct AnsweredQuestion {
  // The numbers are those of hoiam.survey.v1.QuestionType; others count for nothing.
  enum class Type {
    kSingleChoice = 4,
    kMultipleChoice = 5,
    kCsi = 7,
    kCsiImportance = 8,
    kExpectation = 9,
    kExpectationPair = 10,
    kIdeal = 11,
  };
  std::string id;  // ≤ 64 bytes
  Type type = Type::kSingleChoice;
  int object = 0;  // CSI: number of hoiam.survey.v1.CsiObject
  std::optional<int> number;
  std::optional<int> importance;  // CSI
  std::optional<int> expected;    // pair
  std::vector<std::string> choices;
  std::string text;
  bool nothing_missing = false;
};

// Everything that an answer with this metric, version, score and band counts for:
//  - its score (item "");
//  - each option chosen, as a reason for the score: its metric, "QUESTION/OPTION".
//    A CSI has none: what it rates are its reasons;
//  - ratings of a CSI: CSI "" and "service" (rounded means), "service/QUESTION";
//  - how important they are, as rated and as chosen: CSI_IMPORTANCE and CSI_CHOSEN "service/QUESTION"
//    (1 chosen, 0 rated and not chosen);
//  - EXPECTATION: below (0), at (1) or above (2) what was expected; of several the lowest;
//  - IDEAL_GAP: of answers in the best part of their metric, whether they still name something (1) or nothing (0).
std::vector<Observation> ObservationsOf(const Answer& answer, const std::vector<AnsweredQuestion>& questions);

// What was said of a metric as a whole: the score, or a CSI's rounded mean. nullptr when nothing was.
const Observation* MainOf(absl::string_view metric, const std::vector<Observation>& observations);
// Band of such an observation: the answer's own, or that of the CSI's mean.
Band BandOf(const Answer& answer, const Observation& main);

// A person's own index in thousandths, 10,000 … 100,000: 10·Σ wᵢ·sᵢ (F9), weighted by how important the person rated
// the attributes, else by which were chosen, else equally. nullopt without ratings.
std::optional<int> OwnCsi(const std::vector<Observation>& observations);

}  // namespace hoiam::scoring
