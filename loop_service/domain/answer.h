// Which answers ring the alarm, and what one answer does to cases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::loop {

// One answer as it is now, and what of it matters here.
struct Answer {
  std::string response_id;
  std::string customer_id;            // empty: anonymous
  std::string metric;                 // NPS, CSAT, CES
  std::optional<int> score;           // nullopt: skipped, which is not 0
  std::optional<int> previous_score;  // the same person's one before, of this metric
  std::string comment;
  std::vector<std::string> further_words;  // answers in words to further questions
  std::string touchpoint, channel, survey, segment, icp_fit;
  std::string owner_team;       // the customer's, when the answer was stored
  std::string touchpoint_team;  // responsible for the touchpoint
  std::string account_owner;    // person who looks after the customer
  std::string shop, lot;        // where it happened, what was bought
  std::string recovers_case;    // UUID of the case whose recovery survey it answers; empty: none
  std::string void_reason;
  int64_t revision = 0;
  absl::Time responded_at;
  bool voided = false;
  bool full_effects = false;  // false: only counted, opens nothing
  bool detractor = false;     // the score is in the worst band of its metric, says survey
  bool lowest = false;        // … and in the lowest third of it
  bool solicited = true;
};

// How urgent a case is; the smaller, the worse.
enum class Priority {
  kP1 = 1,  // danger: safety words, whatever the score
  kP2,      // the lowest scores
  kP3,      // the rest
};
// "P1", "P2", "P3".
absl::string_view Name(Priority p);

// Of a detractor's answer: P2 for NPS 0–2, CSAT 1 and CES 1, else P3.
Priority PriorityOf(absl::string_view metric, int score);

// What loop knows of an answer that is already in a case.
struct KnownAnswer {
  int64_t revision = 0;
  bool voided = false;
};

enum class AnswerEffect {
  kNone,    // not our business, or already in
  kOpen,    // opens a case
  kAttach,  // joins the case that the person has open
  kAmend,   // changes what a case says about an answer it already has
};

// False when no case can be concerned, whatever is stored: spares a look at the tables for most of what arrives.
bool MayConcernCases(const Answer& answer);

// `known`: the answer's row, when it is in a case. `person_has_open_case`: of the kind this answer would open;
// anonymous people have none. Every detractor answer with full effects comes to exactly one kOpen or kAttach in its
// life.
AnswerEffect DecideAnswer(const Answer& answer, const std::optional<KnownAnswer>& known, bool person_has_open_case);

}  // namespace hoiam::loop
