// The days of a wave, and of the waves of a schedule, as the clock and the calendar of a zone have them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::survey {

// Which day of `days` the `i`-th of `n` people is asked on, both from 0: even parts, the earlier ones larger.
int DripDay(int64_t i, int64_t n, int days);
// So many days after `start`, at the same time of day.
absl::Time AskTime(absl::Time start, int day, absl::TimeZone zone);

// Waves that come every so many months.
struct WaveSchedule {
  absl::Time start;
  int every_months = 1;  // > 0
};
// The first wave of the schedule at or after `from`: a whole number of steps after the start, at the same time of day
// and on the same day of the month, or the month's last.
absl::Time NextWave(const WaveSchedule& schedule, absl::Time from, absl::TimeZone zone);

// "2026-11-22", the day of `at`, and its first moment.
std::string DateOf(absl::Time at, absl::TimeZone zone);
std::optional<absl::Time> ParseDate(absl::string_view date, absl::TimeZone zone);

}  // namespace hoiam::survey
