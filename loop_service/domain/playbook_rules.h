// What a setting must be like among the others of its playbook. Pure: `parts` is the playbook as it would be, with the
// setting in it.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "loop_service/domain/playbook.h"
#include "platform/base/status.h"

namespace hoiam::loop {

// Each adds what is wrong with one setting of `parts`. One that is not archived may only name what is not archived
// either. A cycle is described by the way round it: "a → b → a", also as metadata `cycle`.
//
// UNKNOWN_TEAM, UNKNOWN_CALENDAR, TEAM_CYCLE on parent, ESCALATION_CYCLE on the field that closes it.
void CheckTeam(const Playbook::Parts& parts, const Team& team, Violations& v);
// UNKNOWN_TEAM, UNKNOWN_MEMBER for substitutes.
void CheckMember(const Playbook::Parts& parts, const Member& member, Violations& v);
// UNKNOWN_ROOT_CAUSE, CAUSE_CYCLE, TREE_TOO_DEEP (also when what lies below would be), and on category REQUIRED for a
// cause, NOT_OF_A_DRIVER for a driver.
void CheckCause(const Playbook::Parts& parts, const RootCause& cause, Violations& v);
// UNKNOWN_TEAM; RULE_REQUIRED when the rule `detractor` would be switched off, archived or narrowed.
void CheckRule(const Playbook::Parts& parts, const AlarmRule& rule, bool archived, Violations& v);
// UNKNOWN_TEAM, UNKNOWN_CALENDAR.
void CheckPolicy(const Playbook::Parts& parts, Violations& v);

// Whether a rule says of every answer that it rings: no condition at all, or one that holds of every score (at most 10
// or more, of any metric). To be confirmed.
bool RingsForAll(const AlarmCondition& condition);

// What still names a setting, and is not archived: "team ha-dong", "rule vip", "policy". An archived one must have
// none.
std::vector<std::string> UsersOfTeam(const Playbook::Parts& parts, absl::string_view id);
std::vector<std::string> UsersOfCalendar(const Playbook::Parts& parts, absl::string_view id);
std::vector<std::string> UsersOfCause(const Playbook::Parts& parts, absl::string_view id);

}  // namespace hoiam::loop
