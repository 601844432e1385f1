// What Hoiam brings into every playbook: teams, causes, calendars, alarm rules and a policy, until a tenant changes
// them. Source: the teams and causes of the demo shop, whose customers name these teams as their owners; the public
// holidays of Vietnam (Labour Code 2019, article 112).
#pragma once

#include "absl/strings/string_view.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

// Who takes a case that nobody else owns: customer care.
inline constexpr absl::string_view kDefaultTeam = "cskh";
// Every day, all day long, in Vietnam.
inline constexpr absl::string_view kAlwaysCalendar = "always";

// Calendars: `always`; `office`, Monday to Friday 08:00–12:00 and 13:30–17:30 but for public holidays; `shop`, every
// day 08:00–21:30 but for Tết.
Playbook::Parts BuiltInParts();

}  // namespace hoiam::loop
