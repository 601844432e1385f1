#include "gateway/webhook/schedule.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gateway/limits.h"

namespace hoiam::gateway {

const Schedule& DefaultSchedule() {
  static const auto* schedule =
      new Schedule{absl::ZeroDuration(), absl::Seconds(5), absl::Minutes(5), absl::Minutes(30), absl::Hours(2),
                   absl::Hours(5),       absl::Hours(10),  absl::Hours(14),  absl::Hours(20),   absl::Hours(24)};
  return *schedule;
}

absl::StatusOr<Schedule> ParseSchedule(absl::string_view text) {
  Schedule schedule;
  for (absl::string_view part : absl::StrSplit(text, ',')) {
    absl::Duration d;
    if (!absl::ParseDuration(absl::StripAsciiWhitespace(part), &d) || d < absl::ZeroDuration() || d > absl::Hours(24))
      return absl::InvalidArgumentError(absl::StrCat("\"", part, "\" is not a duration of 0s to 24h"));
    schedule.push_back(d);
  }
  if (schedule.size() > 20) return absl::InvalidArgumentError("has more than 20 durations");
  return schedule;
}

std::optional<absl::Time> NextAttempt(const Schedule& schedule, int made, absl::Time now, double random,
                                      absl::Duration retry_after) {
  if (made >= static_cast<int>(schedule.size())) return std::nullopt;
  const absl::Duration wait = schedule[made] * (0.9 + 0.2 * random);
  return now + std::max(wait, std::min(retry_after, kMaxRetryAfter));
}

}  // namespace hoiam::gateway
