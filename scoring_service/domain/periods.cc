#include "scoring_service/domain/periods.h"

#include <algorithm>

#include "absl/time/civil_time.h"

namespace hoiam::scoring {
namespace {

const absl::CivilDay kEpoch(1970, 1, 1);

absl::CivilDay FirstDay(absl::CivilDay d, Interval interval) {
  switch (interval) {
    case Interval::kWeek:
      return absl::PrevWeekday(d + 1, absl::Weekday::monday);
    case Interval::kMonth:
      return absl::CivilDay(absl::CivilMonth(d));
    case Interval::kQuarter:
      return absl::CivilDay(d.year(), (d.month() - 1) / 3 * 3 + 1, 1);
    case Interval::kYear:
      return absl::CivilDay(absl::CivilYear(d));
    case Interval::kDay:
    case Interval::kAll:
      break;
  }
  return d;
}

absl::CivilDay FirstDayOfNext(absl::CivilDay first, Interval interval) {
  switch (interval) {
    case Interval::kWeek:
      return first + 7;
    case Interval::kMonth:
      return absl::CivilDay(absl::CivilMonth(first) + 1);
    case Interval::kQuarter:
      return absl::CivilDay(absl::CivilMonth(first) + 3);
    case Interval::kYear:
      return absl::CivilDay(absl::CivilYear(first) + 1);
    case Interval::kDay:
    case Interval::kAll:
      break;
  }
  return first + 1;
}

absl::CivilDay CivilDayOf(absl::Time t, const absl::TimeZone& zone) { return kEpoch + DayOf(t, zone); }

}  // namespace

int64_t DayOf(absl::Time t, const absl::TimeZone& zone) {
  absl::CivilDay d = absl::ToCivilDay(t, zone);
  // Where clocks go back over midnight the civil day does too: the day that began last counts.
  while (t >= absl::FromCivil(d + 1, zone)) ++d;
  return d - kEpoch;
}

absl::Time StartOfDay(int64_t day, const absl::TimeZone& zone) { return absl::FromCivil(kEpoch + day, zone); }

Days DaysIn(const Period& period, const absl::TimeZone& zone) {
  constexpr int64_t kFirst = -1'000'000, kLast = 10'000'000;  // open ends
  return {period.start == absl::InfinitePast() ? kFirst : DayOf(period.start, zone),
          period.end == absl::InfiniteFuture() ? kLast : DayOf(period.end, zone)};
}

bool IsStartOfDay(absl::Time t, const absl::TimeZone& zone) {
  if (t == absl::InfinitePast() || t == absl::InfiniteFuture()) return true;
  return StartOfDay(DayOf(t, zone), zone) == t;
}

Period PeriodOf(absl::Time t, Interval interval, const absl::TimeZone& zone) {
  if (interval == Interval::kAll) return {absl::InfinitePast(), absl::InfiniteFuture()};
  const absl::CivilDay first = FirstDay(CivilDayOf(t, zone), interval);
  return {absl::FromCivil(first, zone), absl::FromCivil(FirstDayOfNext(first, interval), zone)};
}

std::optional<std::vector<Period>> CutIntoPeriods(absl::Time start, absl::Time end, Interval interval,
                                                  const absl::TimeZone& zone, size_t max) {
  if (interval == Interval::kAll) return std::vector<Period>{{start, end}};
  std::vector<Period> periods;
  if (start >= end) return periods;
  absl::CivilDay first = FirstDay(CivilDayOf(start, zone), interval);
  while (start < end) {
    if (periods.size() == max) return std::nullopt;
    first = FirstDayOfNext(first, interval);
    const absl::Time next = std::min(end, absl::FromCivil(first, zone));
    if (next > start) periods.push_back({start, next});  // a zone that changes sides of the date line skips a day
    start = next;
  }
  return periods;
}

}  // namespace hoiam::scoring
