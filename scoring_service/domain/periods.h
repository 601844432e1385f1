// Calendar periods of a zone.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::scoring {

// The numbers are those of hoiam.scoring.v1.Interval.
enum class Interval { kDay = 1, kWeek = 2, kMonth = 3, kQuarter = 4, kYear = 5, kAll = 6 };

// [start, end); InfinitePast and InfiniteFuture where it is open.
struct Period {
  absl::Time start, end;
  friend bool operator==(const Period& a, const Period& b) { return a.start == b.start && a.end == b.end; }
};

// The calendar period that `t` lies in: days begin at the first moment of the civil day, weeks on Monday (ISO 8601).
// For kAll everything.
Period PeriodOf(absl::Time t, Interval interval, const absl::TimeZone& zone);

// [start, end) cut into calendar periods, in order, without gaps; the first and the last are clipped. kAll gives
// exactly one period. Otherwise both ends must be finite, and start ≥ end gives none. nullopt when there would be more
// than `max`.
std::optional<std::vector<Period>> CutIntoPeriods(absl::Time start, absl::Time end, Interval interval,
                                                  const absl::TimeZone& zone, size_t max);

// Days since 1970-01-01 in the zone. Never goes back when time goes on, even where clocks go back over midnight.
int64_t DayOf(absl::Time t, const absl::TimeZone& zone);
absl::Time StartOfDay(int64_t day, const absl::TimeZone& zone);
// The days of a period, [from, to): far away where it is open.
struct Days {
  int64_t from, to;
};
Days DaysIn(const Period& period, const absl::TimeZone& zone);
// Open ends are starts of days too.
bool IsStartOfDay(absl::Time t, const absl::TimeZone& zone);

}  // namespace hoiam::scoring
