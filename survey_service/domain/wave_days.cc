#include "survey_service/domain/wave_days.h"

#include <algorithm>

namespace hoiam::survey {
namespace {

absl::Time At(absl::CivilDay day, absl::CivilSecond time, absl::TimeZone zone) {
  return absl::FromCivil(
      absl::CivilSecond(day.year(), day.month(), day.day(), time.hour(), time.minute(), time.second()), zone);
}

absl::Time After(const WaveSchedule& schedule, int64_t months, absl::TimeZone zone) {
  const absl::CivilSecond start = absl::ToCivilSecond(schedule.start, zone);
  const absl::CivilMonth month = absl::CivilMonth(start) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return At(std::min(last, absl::CivilDay(month) + (start.day() - 1)), start, zone);
}

}  // namespace

int DripDay(int64_t i, int64_t n, int days) { return days <= 1 || n <= 0 ? 0 : static_cast<int>(i * days / n); }

absl::Time AskTime(absl::Time start, int day, absl::TimeZone zone) {
  if (day == 0) return start;
  const absl::CivilSecond local = absl::ToCivilSecond(start, zone);
  return At(absl::CivilDay(local) + day, local, zone);
}

absl::Time NextWave(const WaveSchedule& schedule, absl::Time from, absl::TimeZone zone) {
  if (from <= schedule.start) return schedule.start;
  const int64_t months =
      absl::CivilMonth(absl::ToCivilSecond(from, zone)) - absl::CivilMonth(absl::ToCivilSecond(schedule.start, zone));
  for (int64_t step = months / schedule.every_months;; ++step) {
    const absl::Time at = After(schedule, step * schedule.every_months, zone);
    if (at >= from) return at;
  }
}

std::string DateOf(absl::Time at, absl::TimeZone zone) { return absl::FormatTime("%Y-%m-%d", at, zone); }

std::optional<absl::Time> ParseDate(absl::string_view date, absl::TimeZone zone) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(date, &day)) return std::nullopt;
  return absl::FromCivil(day, zone);
}

}  // namespace hoiam::survey
