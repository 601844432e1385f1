// One answer as loop sees it, and what it does to cases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::loop {

// What part of its scale a score is in, whatever the metric calls it. In order: a greater one is better.
enum class Band { kNone = 0, kWorst, kMiddle, kBest };

// One answer as it is now, and what of it matters here.
struct Answer {
  std::string response_id;
  std::string customer_id;            // empty: anonymous
  std::string metric;                 // NPS, CSAT, CES
  std::optional<int> score;           // nullopt: skipped, which is not 0
  std::optional<int> previous_score;  // the same person's one before, of this metric
  Band band = Band::kNone;            // of the score, says survey
  bool lowest = false;                // in the lowest third of the worst band, says survey
  std::string comment;
  std::vector<std::string> further_words;  // answers in words to further questions
  std::string touchpoint, channel, survey, segment, icp_fit;
  std::string owner_team;       // the customer's, when the answer was stored
  std::string touchpoint_team;  // responsible for the touchpoint
  std::string account_owner;    // person who looks after the customer
  std::string shop, lot;        // where it happened, what was bought
  std::string recovers_case;    // 16 bytes: the case whose recovery survey it answers; empty: none
  std::string void_reason;
  int64_t revision = 0;
  absl::Time responded_at;
  bool voided = false;
  bool full_effects = false;  // false: only counted, opens nothing
  bool solicited = true;

  // The score is in the worst band of its metric.
  bool detractor() const { return band == Band::kWorst; }
};

// How urgent a case is; the smaller, the worse.
enum class Priority {
  kP1 = 1,  // danger: safety words, whatever the score
  kP2,      // the lowest scores
  kP3,      // the rest
};
// "P1", "P2", "P3".
absl::string_view Name(Priority p);

// What loop knows of an answer that is already in a case.
struct KnownAnswer {
  int64_t revision = 0;
  bool voided = false;
};

enum class AnswerEffect {
  kNone,     // not our business, or already in
  kOpen,     // opens a case
  kAttach,   // joins the case that the person has open
  kAmend,    // changes what a case says about an answer it already has
  kRecover,  // answers the recovery survey of a case, and joins that one
};

// Whether an answer counts here at all as something new: with full effects, not voided.
bool CountsAsNew(const Answer& answer);

// False when no case can be concerned, whatever is stored: spares a look at the tables for most of what arrives.
// `rings`: some alarm rule may match it.
bool MayConcernCases(const Answer& answer, bool rings);

// `known`: the answer's row, when it is in a case. `rings`: an alarm rule matches it. `has_open_case`: the person has
// one that it belongs to; anonymous people have none. `recovers`: the case it is said to recover is there and takes it.
// Every answer that rings comes to exactly one kOpen, kAttach or kRecover in its life; every detractor's rings.
AnswerEffect DecideAnswer(const Answer& answer, const std::optional<KnownAnswer>& known, bool rings, bool has_open_case,
                          bool recovers);

}  // namespace hoiam::loop
