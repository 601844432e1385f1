// When a message may go out: not in quiet hours, not on days without surveys; both as the customer's clock and calendar
// have it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::survey {

// Minutes since midnight. Messages go out in [until, from); until == from: at any time; from < until: the day of a
// night shop.
struct QuietHours {
  int until = 7 * 60;
  int from = 22 * 60;
};

struct BlackoutDays {
  absl::CivilDay first, last;  // both included
  std::string reason;
};

// The first moment at or after `earliest` that lies outside quiet hours in `zone`. What falls into them goes out when
// they end, also on days on which the clock is set.
absl::Time LeaveQuietHours(absl::Time earliest, const QuietHours& quiet, absl::TimeZone zone);

// The days without surveys in which `at` lies, in `zone`; nullptr: none.
const BlackoutDays* FindBlackout(const std::vector<BlackoutDays>& days, absl::Time at, absl::TimeZone zone);

// The first moment after them.
absl::Time EndOf(const BlackoutDays& days, absl::TimeZone zone);

// "07:30" → 450; nullopt when it is no time of day.
std::optional<int> ParseTimeOfDay(absl::string_view text);

}  // namespace hoiam::survey
