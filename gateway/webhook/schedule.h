// When a delivery is tried, and when it is given up.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::gateway {

// Before each attempt: how long after the one before it.
using Schedule = std::vector<absl::Duration>;

// 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h: ten attempts in a little over three days.
const Schedule& DefaultSchedule();
// "0s,100ms,5s": up to 20 durations. INVALID_ARGUMENT says what is wrong.
absl::StatusOr<Schedule> ParseSchedule(absl::string_view text);

// The next attempt after `made` of them, the last of which failed at `now`; nullopt: given up. `random` in [0, 1)
// spreads it by 10 % to either side, so that what failed together does not come again together. A receiver's
// `retry_after` is waited for when it is longer than that, up to kMaxRetryAfter (limits.h).
std::optional<absl::Time> NextAttempt(const Schedule& schedule, int made, absl::Time now, double random,
                                      absl::Duration retry_after = absl::ZeroDuration());

}  // namespace hoiam::gateway
