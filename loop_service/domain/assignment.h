// Who gets a case: the team, and the person in it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "loop_service/domain/alarm_rule.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

// The team that a case of `rule` about `answer` goes to: that which the rule prefers, else the touchpoint's, the
// customer's or the policy's, whichever takes cases.
const std::string& TeamOf(const AlarmRule& rule, const Answer& answer, const Playbook& playbook);

// The people it may go to at `now`, by id: whoever is away is stood in for, and nobody stands in for the team. Of one
// or none nobody's load matters.
std::vector<std::string> Candidates(const AlarmRule& rule, const Answer& answer, const Playbook& playbook,
                                    absl::Time now);

// The candidate with the fewest open cases; of equals the one whose id comes first. "" when there is none: the team.
std::string LeastLoaded(const std::vector<std::string>& candidates,
                        const std::function<int64_t(const std::string&)>& open_cases);

}  // namespace hoiam::loop
