// Business time: when a team works, and when so much of its time has passed.
//
// A calendar is read on the clock of its zone. Every day of the week has intervals of work, none, one or several; a
// holiday has none. An interval lasts from when the clock first shows its beginning to when it first shows its end: a
// time that a clock set forward leaves out has come when it was set; what a clock set back shows again is not a second
// time. Thus the days of a calendar follow one another without gap or overlap, whatever the zone does.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace hoiam::loop {

// Minutes since midnight: [from, until), 0 <= from < until <= 1440.
struct WorkInterval {
  int from = 0;
  int until = 0;
  friend bool operator==(const WorkInterval&, const WorkInterval&) = default;
};

// Both included; a single day is a range of one.
struct DayRange {
  absl::CivilDay first, last;
  std::string name;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

struct MonthDay {
  int month = 1;
  int day = 1;
  friend auto operator<=>(const MonthDay&, const MonthDay&) = default;
};

// Every year, both included; `last` before `first` lies in the year after.
struct YearlyRange {
  MonthDay first, last;
  std::string name;
  friend bool operator==(const YearlyRange&, const YearlyRange&) = default;
};

// From so many days before Tết to so many from Tết on.
struct TetHoliday {
  int days_before = 0;
  int days = 1;
  friend bool operator==(const TetHoliday&, const TetHoliday&) = default;
};

struct Calendar {
  absl::TimeZone zone = absl::UTCTimeZone();
  std::array<std::vector<WorkInterval>, 7> week;  // Monday first; ascending, without overlap
  std::vector<DayRange> days_off;
  std::vector<YearlyRange> yearly;
  std::vector<YearlyRange> lunar;  // by the lunar calendar, leap months left out; none in years that are not known
  std::optional<TetHoliday> tet;   // none in years that are not known
  bool archived = false;           // not offered any more
  friend bool operator==(const Calendar&, const Calendar&) = default;
};

// A calendar works on one day at least of any so many days in a row. More is no calendar but a closed team.
inline constexpr int kMaxClosedDays = 100;

// Longer spans of time are not measured: 10 years.
inline constexpr absl::Duration kMaxMeasured = absl::Hours(24 * 3653);

// Every day, all day long.
Calendar AlwaysOpen();

bool IsHoliday(const Calendar& calendar, absl::CivilDay day);
bool IsWorking(const Calendar& calendar, absl::Time at);

// `at` when it is working time, else when work begins next.
//
// Total, as all that follow: where no work begins for kMaxClosedDays (FindClosed), it answers `at`.
absl::Time NextOpening(const Calendar& calendar, absl::Time at);

// How much of [from, until) is working time; zero when it is empty. Of more than kMaxMeasured only the first
// kMaxMeasured count.
absl::Duration WorkingTimeBetween(const Calendar& calendar, absl::Time from, absl::Time until);

// The first moment at which `hours` of working time have passed since `from`: the inverse of WorkingTimeBetween.
// `from` itself when there are none to pass.
absl::Time AddWorkingHours(const Calendar& calendar, absl::Time from, absl::Duration hours);

// When a promise of `duration` made at `from` is due.
//
// A whole day (24 h) of it is one working day: the same time of day on the next day on which there is work, or when
// work begins after that; what is promised outside of working time is promised when work begins. What remains, less
// than 24 h, is working hours, but never more than one working day. So in an office of Monday to Friday, 08:00 to 17:30
// with lunch from 12:00 to 13:30,
//
//   Friday 17:00 + 24 h = Monday 17:00      Friday 16:00 + 2 h  = Monday 08:30
//   Friday 18:00 + 24 h = Tuesday 08:00     Monday 10:00 + 36 h = Wednesday 10:00 (12 h are more than a day's 8)
//
// It never decreases when `from` or `duration` increases, is never before `from`, and is `from` for no duration or a
// negative one.
absl::Time AddWorkingTime(const Calendar& calendar, absl::Time from, absl::Duration duration);

// The first days of `from` to `until` that lie in more than kMaxClosedDays closed days in a row; nullopt when there are
// none. Asked before a calendar is taken on: one without working time is none.
std::optional<DayRange> FindClosed(const Calendar& calendar, absl::CivilDay from, absl::CivilDay until);

}  // namespace hoiam::loop
