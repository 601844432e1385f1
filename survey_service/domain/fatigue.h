// How often one person may be asked. Asks of the past are the customer's invitations, answered or not, withdrawn or
// not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

// One ask of the past.
struct Ask {
  std::string survey_id;
  std::string interaction_id;  // may be empty
  absl::Time at;
};

struct FatiguePolicy {
  absl::Duration floor = kFloor;                 // since the last ask of any survey
  absl::Duration window = kTransactionalWindow;  // since the last ask of this survey; zero: only the floor holds
};

// Of a survey that does not say: 30 days, and 90 days for one without a trigger.
absl::Duration DefaultWindow(bool has_trigger);

enum class FatigueRule { kAllowed, kFloor, kWindow };

struct FatigueDecision {
  FatigueRule rule;                       // of several, the one that opens last
  std::optional<absl::Time> eligible_at;  // from then on this survey may ask; unset when it may now
};

FatigueDecision DecideFatigue(const std::vector<Ask>& asks, absl::string_view survey_id, const FatiguePolicy& policy,
                              absl::Time now);

// A survey that could ask, for EarliestAsk.
struct Candidate {
  std::string survey_id;
  absl::Duration window;
};

// When this person can next be asked by any of `candidates` (by a hand-made invitation when there is none); unset: now.
std::optional<absl::Time> EarliestAsk(const std::vector<Ask>& asks, const std::vector<Candidate>& candidates,
                                      absl::Time now);

}  // namespace hoiam::survey
