#include "scoring_service/domain/compared_periods.h"

#include <algorithm>

namespace hoiam::scoring {
namespace {

// `days` later, or before when negative.
absl::Time Moved(absl::Time t, int64_t days, const absl::TimeZone& zone) {
  if (IsStartOfDay(t, zone)) return StartOfDay(DayOf(t, zone) + days, zone);
  return t + absl::Hours(24) * days;
}

}  // namespace

Period UpToNow(absl::Time start, absl::Time now, const absl::TimeZone& zone) {
  const absl::Time end = IsStartOfDay(start, zone) ? StartOfDay(DayOf(now, zone) + 1, zone) : now;
  return {start, std::max(start, end)};
}

Period PeriodBefore(const Period& period, const absl::TimeZone& zone) {
  if (IsStartOfDay(period.start, zone) && IsStartOfDay(period.end, zone)) {
    const int64_t days = DayOf(period.end, zone) - DayOf(period.start, zone);
    return {Moved(period.start, -days, zone), period.start};
  }
  return {period.start - (period.end - period.start), period.start};
}

BeforeAfter PeriodsAround(absl::Time start, int days, absl::Time now, const absl::TimeZone& zone) {
  Period after = UpToNow(start, now, zone);
  after.end = std::min(after.end, Moved(start, days, zone));
  return {{Moved(start, -days, zone), start}, after};
}

}  // namespace hoiam::scoring
