// The satisfaction sheet: what one customer's answers and cases come to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/metric.h"

namespace hoiam::scoring {

// The answer before the last one.
struct Earlier {
  int score = 0;
  absl::Time responded_at;
  std::string response_id;
};

// The last answer of one metric, and what the next one is compared with.
struct Standing {
  int score = 0;  // CSI: the plain mean of the attributes, rounded
  Band band = Band::kNone;
  absl::Time responded_at;
  bool full_effects = false;
  std::optional<Earlier> previous;
  Scope scope = Scope::kTouchpoint;
  int64_t responses = 0;   // answers of this metric
  std::optional<int> csi;  // CSI: the person's own index in thousandths, 10,000 … 100,000
  std::string comment;
  std::string response_id;
  Represented represented;
};

// By metric id.
using Standings = std::map<std::string, Standing, std::less<>>;

// One more answer: the last and the second last of each metric stand, by the time they were given (by id at the same
// time), in whatever order they come. Ratings of a CSI stand for themselves, whichever metric the survey was of.
void AddAnswer(const Answer& answer, Standings& standings);

// What these answers come to: for a change that takes one away.
Standings StandingsOf(const std::vector<const Answer*>& answers);

// A complaint or a return that is neither completed nor voided.
struct OpenInteraction {
  std::string interaction_id;
  bool complaint = false;  // else a return
  absl::Time since;
};

struct Sheet {
  Standings standings;
  std::vector<OpenInteraction> open_interactions;  // by id
  int64_t rated_interactions = 0;
  int64_t total_interactions = 0;
  int64_t open_cases = 0;
  std::optional<absl::Time> detractor_since;   // since when a detractor's case is open: the oldest of them
  std::optional<absl::Time> last_resolved_at;  // the latest resolution that still holds
  std::optional<absl::Time> act_by;            // the earliest date of an open case by which somebody has to act …
  bool contacted = false;                      // … that is to resolve it; else to contact the customer
  std::optional<absl::Time> next_eligible_at;
};

// One case, as far as the sheet goes.
struct CaseStanding {
  bool open = false;
  bool detractor = false;
  absl::Time opened_at;
  std::optional<absl::Time> resolved_at;  // set while it is resolved, verified or closed
  std::optional<absl::Time> act_by;       // open: when the customer is to be contacted, then when it is to be resolved
  bool contacted = false;                 // open: the customer has been
};
// Fills open_cases, detractor_since, last_resolved_at, act_by and contacted.
void CountCases(const std::vector<CaseStanding>& cases, Sheet& sheet);

// Brings `sheet.open_interactions` up to date with one interaction.
void SetOpen(const OpenInteraction& interaction, bool open, Sheet& sheet);

enum class SellBlock { kNone, kOpenCase, kOpenComplaint, kOpenReturn, kUnresolvedDetractor };
struct SellVerdict {
  SellBlock block = SellBlock::kNone;
  absl::Time since;
};
// Whether to hold back selling, the weightiest reason first: while a detractor's case is open, or a complaint or a
// return is (for kComplaintOpenFor at most: what is open for longer was forgotten), or when the last score of a metric
// is in its worst part and no case has been resolved after it. Imported history blocks nothing.
SellVerdict MaySell(const Sheet& sheet, absl::Time now);
// The metric whose standing blocks (kUnresolvedDetractor), the latest one if several do; "" when none does.
std::string UnresolvedMetric(const Sheet& sheet);

// Older than 180 days.
bool IsStale(const Standing& standing, absl::Time now);

}  // namespace hoiam::scoring
