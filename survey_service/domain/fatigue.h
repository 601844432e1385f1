// How often one person may be asked. Asks of the past are the customer's invitations and their reminders, answered or
// not; what was withdrawn before it went out was never an ask. One that is scheduled counts at the time at which it
// goes out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

enum class AskChannel { kLink, kEmail };

// One ask of the past, or to come.
struct Ask {
  std::string survey_id;
  std::string metric;
  AskChannel channel = AskChannel::kLink;
  std::string occasion_id;  // what it was about; may be empty
  absl::Time at;
};

// A rule of the tenant's policy: at most `max_asks` among the asks it counts, in any time of length `window`.
struct PolicyRule {
  std::string id;
  std::string metric;                 // "": all
  std::optional<AskChannel> channel;  // unset: all
  std::vector<std::string> surveys;   // empty: all
  int max_asks = 1;
  absl::Duration window;
};

// Who would ask now.
struct Asker {
  std::string survey_id;
  std::string metric;
  AskChannel channel = AskChannel::kLink;
  absl::Duration window;  // least time between two asks of this survey; zero: none
  // An issue was fixed, or circumstances changed: only the floor of 24 hours holds.
  bool exempt = false;
};

// Of a survey that does not say: 30 days, and 90 days for one without a trigger.
absl::Duration DefaultWindow(bool has_trigger);

struct FatigueVerdict {
  std::string rule;                    // "floor_24h", "survey_window", or the policy rule's id
  std::optional<absl::Time> opens_at;  // when it allows the ask; unset: it allows it now
  std::string blocked_by;              // the survey whose ask fills it; "" when it allows
};

// The verdict of every rule that concerns this asker, in order: floor, window, policy. `at` is when the ask would go
// out. An exempt asker has only the floor's.
std::vector<FatigueVerdict> DecideFatigue(const std::vector<Ask>& asks, const Asker& asker,
                                          const std::vector<PolicyRule>& policy, absl::Time at);

// Of several, the one that opens last; nullptr when all allow.
const FatigueVerdict* Strictest(const std::vector<FatigueVerdict>& verdicts);

// When this person can next be asked by any of `askers`; unset: now, or there is none.
std::optional<absl::Time> EarliestAsk(const std::vector<Ask>& asks, const std::vector<Asker>& askers,
                                      const std::vector<PolicyRule>& policy, absl::Time now);

}  // namespace hoiam::survey
