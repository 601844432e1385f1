#include "loop_service/domain/calendar.h"

#include <algorithm>

#include "loop_service/domain/tet.h"

namespace hoiam::loop {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

bool IsIn(const YearlyRange& range, MonthDay day) {
  if (range.first <= range.last) return range.first <= day && day <= range.last;
  return range.first <= day || day <= range.last;
}

// When the clock first shows `civil`, or was set past it. Never decreases.
absl::Time FirstShown(absl::CivilSecond civil, absl::TimeZone zone) {
  const absl::TimeZone::TimeInfo found = zone.At(civil);
  return found.kind == absl::TimeZone::TimeInfo::SKIPPED ? found.trans : found.pre;
}

absl::Time BeginOf(absl::CivilDay day, absl::TimeZone zone) { return FirstShown(absl::CivilSecond(day), zone); }

// The day of the calendar that `at` lies in.
absl::CivilDay DayOf(absl::Time at, absl::TimeZone zone) {
  absl::CivilDay day(zone.At(at).cs);
  while (BeginOf(day, zone) > at) --day;
  while (BeginOf(day + 1, zone) <= at) ++day;
  return day;
}

// How far the clock has come into `day` at `at`, never going back: while it shows a time again, it stands at the time
// from which it was set back.
absl::Duration ClockSince(absl::CivilDay day, absl::Time at, absl::TimeZone zone) {
  const absl::TimeZone::CivilInfo shown = zone.At(at);
  const absl::TimeZone::TimeInfo found = zone.At(shown.cs);
  const absl::CivilSecond midnight(day);
  if (found.kind == absl::TimeZone::TimeInfo::REPEATED && at >= found.trans)
    return absl::Seconds(zone.At(found.trans - absl::Seconds(1)).cs + 1 - midnight);
  return absl::Seconds(shown.cs - midnight) + shown.subsecond;
}

absl::Time AtClock(absl::CivilDay day, absl::Duration since_midnight, absl::TimeZone zone) {
  const int64_t seconds = absl::ToInt64Seconds(since_midnight);
  const absl::CivilSecond civil = absl::CivilSecond(day) + seconds;
  const absl::TimeZone::TimeInfo found = zone.At(civil);
  if (found.kind == absl::TimeZone::TimeInfo::SKIPPED) return found.trans;
  return found.pre + (since_midnight - absl::Seconds(seconds));
}

// Calls `each(begin, end)` for the working time of `day`, in order, without what is empty; stops when it answers true.
template <class Each>
bool ForEachInterval(const Calendar& calendar, absl::CivilDay day, Each each) {
  if (IsHoliday(calendar, day)) return false;
  const absl::CivilMinute midnight(day);
  for (const WorkInterval& interval : calendar.week[static_cast<int>(absl::GetWeekday(day))]) {
    const absl::Time begin = FirstShown(absl::CivilSecond(midnight + interval.from), calendar.zone);
    const absl::Time end = FirstShown(absl::CivilSecond(midnight + interval.until), calendar.zone);
    if (begin < end && each(begin, end)) return true;
  }
  return false;
}

bool HasWork(const Calendar& calendar, absl::CivilDay day) {
  return ForEachInterval(calendar, day, [](absl::Time, absl::Time) { return true; });
}

// The first day with work after `day`; nullopt when there is none for kMaxClosedDays.
std::optional<absl::CivilDay> NextWorkday(const Calendar& calendar, absl::CivilDay day) {
  for (int i = 0; i <= kMaxClosedDays; ++i)
    if (HasWork(calendar, ++day)) return day;
  return std::nullopt;
}

// When work goes on at or after `at`; nullopt when it does not for kMaxClosedDays.
std::optional<absl::Time> Opening(const Calendar& calendar, absl::Time at) {
  std::optional<absl::Time> found;
  const auto open = [&](absl::Time begin, absl::Time end) {
    if (at < end) found = std::max(at, begin);
    return found.has_value();
  };
  absl::CivilDay day = DayOf(at, calendar.zone);
  for (int i = 0; i <= kMaxClosedDays + 1; ++i, ++day)
    if (ForEachInterval(calendar, day, open)) return found;
  return std::nullopt;
}

// `days` working days after `from`.
std::optional<absl::Time> AddDays(const Calendar& calendar, absl::Time from, int64_t days) {
  if (days == 0) return from;
  const std::optional<absl::Time> start = Opening(calendar, from);
  if (!start) return std::nullopt;
  const absl::CivilDay first = DayOf(*start, calendar.zone);
  absl::CivilDay day = first;
  for (int64_t i = 0; i < days; ++i) {
    const auto next = NextWorkday(calendar, day);
    if (!next) return std::nullopt;
    day = *next;
  }
  return Opening(calendar, AtClock(day, ClockSince(first, *start, calendar.zone), calendar.zone));
}

std::optional<absl::Time> AddHours(const Calendar& calendar, absl::Time from, absl::Duration hours) {
  if (hours <= absl::ZeroDuration()) return from;
  std::optional<absl::Time> found;
  const auto spend = [&](absl::Time begin, absl::Time end) {
    if (end <= from) return false;
    begin = std::max(begin, from);
    if (hours <= end - begin) {
      found = begin + hours;
      return true;
    }
    hours -= end - begin;
    return false;
  };
  std::optional<absl::CivilDay> day = DayOf(from, calendar.zone);
  for (; day; day = NextWorkday(calendar, *day))
    if (ForEachInterval(calendar, *day, spend)) return found;
  return std::nullopt;
}

}  // namespace

Calendar AlwaysOpen() {
  Calendar calendar;
  calendar.week.fill({{0, 24 * 60}});
  return calendar;
}

bool IsHoliday(const Calendar& calendar, absl::CivilDay day) {
  for (const DayRange& range : calendar.days_off)
    if (range.first <= day && day <= range.last) return true;
  for (const YearlyRange& range : calendar.yearly)
    if (IsIn(range, {day.month(), day.day()})) return true;
  if (!calendar.lunar.empty()) {
    const auto lunar = LunarDateOf(day);
    for (const YearlyRange& range : calendar.lunar)
      if (lunar && !lunar->leap && IsIn(range, {lunar->month, lunar->day})) return true;
  }
  if (!calendar.tet) return false;
  for (const int year : {0, 1}) {  // the days before Tết may begin in December
    const auto tet = TetDay(static_cast<int>(day.year()) + year);
    if (tet && *tet - calendar.tet->days_before <= day && day < *tet + calendar.tet->days) return true;
  }
  return false;
}

bool IsWorking(const Calendar& calendar, absl::Time at) {
  return ForEachInterval(calendar, DayOf(at, calendar.zone),
                         [&](absl::Time begin, absl::Time end) { return begin <= at && at < end; });
}

absl::Time NextOpening(const Calendar& calendar, absl::Time at) { return Opening(calendar, at).value_or(at); }

absl::Duration WorkingTimeBetween(const Calendar& calendar, absl::Time from, absl::Time until) {
  absl::Duration sum;
  if (until <= from) return sum;
  until = std::min(until, from + kMaxMeasured);
  for (absl::CivilDay day = DayOf(from, calendar.zone); BeginOf(day, calendar.zone) < until; ++day)
    ForEachInterval(calendar, day, [&](absl::Time begin, absl::Time end) {
      sum += std::max(absl::ZeroDuration(), std::min(end, until) - std::max(begin, from));
      return end >= until;
    });
  return sum;
}

absl::Time AddWorkingHours(const Calendar& calendar, absl::Time from, absl::Duration hours) {
  return AddHours(calendar, from, std::min(hours, kMaxMeasured)).value_or(from);
}

absl::Time AddWorkingTime(const Calendar& calendar, absl::Time from, absl::Duration duration) {
  if (duration <= absl::ZeroDuration()) return from;
  absl::Duration rest;
  const int64_t days = absl::IDivDuration(std::min(duration, kMaxMeasured), kDay, &rest);
  const auto base = AddDays(calendar, from, days);
  if (!base) return from;
  const auto due = AddHours(calendar, *base, rest);
  const auto next = AddDays(calendar, from, days + 1);
  if (!due || !next) return *base;
  return std::min(*due, *next);
}

std::optional<DayRange> FindClosed(const Calendar& calendar, absl::CivilDay from, absl::CivilDay until) {
  // From a working day to the last one within reach of it: of 41 years a few hundred days are looked at.
  for (absl::CivilDay open = from - 1; open + kMaxClosedDays < until;) {
    const absl::CivilDay reach = open + kMaxClosedDays + 1;
    absl::CivilDay next = reach;
    while (next > open && !HasWork(calendar, next)) --next;
    if (next == open) return DayRange{open + 1, reach, ""};
    open = next;
  }
  return std::nullopt;
}

}  // namespace hoiam::loop
