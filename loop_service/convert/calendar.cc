#include "loop_service/convert/calendar.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "loop_service/convert/setting_checks.h"
#include "loop_service/domain/tet.h"
#include "loop_service/limits.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

constexpr int kMinutesOfDay = 24 * 60;

std::optional<int> TwoDigits(absl::string_view text, size_t at) {
  int value = 0;
  for (size_t i = at; i < at + 2; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + text[i] - '0';
  }
  return value;
}

// "08:00" → 480, "24:00" → 1440.
std::optional<int> ParseTime(absl::string_view text) {
  const auto hour = TwoDigits(text, 0), minute = TwoDigits(text, 3);
  if (text.size() != 5 || text[2] != ':' || !hour || !minute || *minute > 59) return std::nullopt;
  const int minutes = *hour * 60 + *minute;
  return minutes > kMinutesOfDay ? std::nullopt : std::optional(minutes);
}

std::string FormatTime(int minutes) { return absl::StrFormat("%02d:%02d", minutes / 60, minutes % 60); }

// "--09-02". A month of the lunar calendar has 30 days at most.
std::optional<MonthDay> ParseMonthDay(absl::string_view text, bool lunar) {
  const auto month = TwoDigits(text, 2), day = TwoDigits(text, 5);
  if (text.size() != 7 || text.substr(0, 2) != "--" || text[4] != '-' || !month || !day) return std::nullopt;
  if (*month < 1 || *month > 12 || *day < 1) return std::nullopt;
  // 2028 has a 29 February.
  const auto days = lunar ? 30 : absl::CivilDay(absl::CivilMonth(2028, *month) + 1) - absl::CivilDay(2028, *month, 1);
  return *day > days ? std::nullopt : std::optional(MonthDay{*month, *day});
}

std::string Format(MonthDay day) { return absl::StrFormat("--%02d-%02d", day.month, day.day); }

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  absl::CivilDay day;
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day) || absl::FormatCivilTime(day) != text) return std::nullopt;
  return day;
}

const std::string& LastOf(const pb::Holiday& h) { return h.end_date().empty() ? h.start_date() : h.end_date(); }

std::vector<int> DaysOf(const pb::WorkingHours& hours) {
  std::vector<int> days;
  for (const int day : hours.days())
    if (day >= pb::Weekday::MONDAY && day <= pb::Weekday::SUNDAY) days.push_back(day - pb::Weekday::MONDAY);
  if (hours.days().empty()) days = {0, 1, 2, 3, 4, 5, 6};
  return days;
}

bool HasOverlap(const Calendar& calendar) {
  for (const auto& day : calendar.week)
    for (size_t i = 1; i < day.size(); ++i)
      if (day[i].from < day[i - 1].until) return true;
  return false;
}

void CheckHours(const pb::WorkingHours& hours, const std::string& at, Violations& v) {
  for (int i = 0; i < hours.days_size(); ++i)
    if (!pb::Weekday::Code_IsValid(hours.days(i)) || hours.days(i) == pb::Weekday::UNSPECIFIED)
      v.Add(absl::StrCat(at, ".days[", i, "]"), "UNKNOWN_VALUE", "must be a day from MONDAY to SUNDAY");
  const auto from = ParseTime(hours.start()), until = ParseTime(hours.end());
  if (!from || *from == kMinutesOfDay) v.Add(at + ".start", "INVALID_HOURS", "must be a time of day such as 08:00");
  if (!until) v.Add(at + ".end", "INVALID_HOURS", "must be a time of day such as 17:30, or 24:00");
  if (from && until && *until <= *from)
    v.Add(at + ".end", "INVALID_HOURS", "must be after start; what goes on past midnight is two intervals");
}

void CheckHoliday(const pb::Holiday& h, const std::string& at, Violations& v) {
  CheckLine(h.display_name(), at + ".displayName", kMaxNameBytes, v);
  const bool yearly = h.lunar() || h.start_date().substr(0, 2) == "--";
  const auto check = [&](const std::string& text, const char* field) {
    if (yearly && !ParseMonthDay(text, h.lunar()))
      v.Add(absl::StrCat(at, field), "INVALID_DATE",
            h.lunar() ? "must be a day of the lunar calendar such as --03-10" : "must be a day such as --09-02");
    if (!yearly && !ParseDay(text))
      v.Add(absl::StrCat(at, field), "INVALID_DATE", "must be a day such as 2026-09-02, or --09-02 for every year");
  };
  check(h.start_date(), ".startDate");
  if (!h.end_date().empty()) check(h.end_date(), ".endDate");
  const auto first = ParseDay(h.start_date()), last = ParseDay(LastOf(h));
  if (!yearly && first && last && *last < *first) v.Add(at + ".endDate", "EMPTY_RANGE", "must be startDate or later");
}

void CheckWorkingTime(const pb::Calendar& message, Violations& v) {
  const Calendar calendar = FromProto(message);
  if (HasOverlap(calendar)) return v.Add("hours", "INVALID_HOURS", "must not overlap on any day");
  // Every day for which the lunar calendar is known, and what comes after it has a year of its own.
  const auto closed =
      FindClosed(calendar, absl::CivilDay(kFirstLunarYear, 1, 1), absl::CivilDay(kLastLunarYear, 12, 31));
  if (closed)
    v.Add("hours", "NO_WORKING_TIME",
          absl::StrCat("must leave a working day in any ", kMaxClosedDays, " days; closed from ",
                       absl::FormatCivilTime(closed->first)),
          {{"closedFrom", absl::FormatCivilTime(closed->first)}, {"maxDays", absl::StrCat(kMaxClosedDays)}});
}

}  // namespace

Calendar FromProto(const pb::Calendar& message) {
  Calendar out;
  out.zone = FindTimeZone(message.time_zone()).value_or(absl::UTCTimeZone());
  for (const pb::WorkingHours& hours : message.hours()) {
    const auto from = ParseTime(hours.start()), until = ParseTime(hours.end());
    if (!from || !until) continue;
    for (const int day : DaysOf(hours)) out.week[day].push_back({*from, *until});
  }
  for (auto& day : out.week)
    std::sort(day.begin(), day.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  for (const pb::Holiday& h : message.holidays()) {
    const auto first = ParseMonthDay(h.start_date(), h.lunar()), last = ParseMonthDay(LastOf(h), h.lunar());
    if (first && last) (h.lunar() ? out.lunar : out.yearly).push_back({*first, *last, h.display_name()});
    const auto from = ParseDay(h.start_date()), until = ParseDay(LastOf(h));
    if (from && until) out.days_off.push_back({*from, *until, h.display_name()});
  }
  out.archived = message.archived();
  if (message.has_tet()) out.tet = TetHoliday{message.tet().days_before(), message.tet().days()};
  return out;
}

pb::Calendar ToProto(const Calendar& calendar) {
  pb::Calendar out;
  out.set_time_zone(calendar.zone.name());
  for (size_t day = 0; day < calendar.week.size(); ++day) {
    for (const WorkInterval& interval : calendar.week[day]) {
      const std::string start = FormatTime(interval.from), end = FormatTime(interval.until);
      auto& all = *out.mutable_hours();
      auto same =
          std::find_if(all.begin(), all.end(), [&](const auto& h) { return h.start() == start && h.end() == end; });
      pb::WorkingHours& hours = same == all.end() ? *all.Add() : *same;
      hours.set_start(start);
      hours.set_end(end);
      hours.add_days(static_cast<pb::Weekday::Code>(day + pb::Weekday::MONDAY));
    }
  }
  const auto add = [&](const std::string& first, const std::string& last, const std::string& name, bool lunar) {
    pb::Holiday& h = *out.add_holidays();
    h.set_start_date(first);
    if (last != first) h.set_end_date(last);
    h.set_display_name(name);
    h.set_lunar(lunar);
  };
  for (const DayRange& r : calendar.days_off)
    add(absl::FormatCivilTime(r.first), absl::FormatCivilTime(r.last), r.name, false);
  for (const YearlyRange& r : calendar.yearly) add(Format(r.first), Format(r.last), r.name, false);
  for (const YearlyRange& r : calendar.lunar) add(Format(r.first), Format(r.last), r.name, true);
  if (calendar.tet) {
    out.mutable_tet()->set_days_before(calendar.tet->days_before);
    out.mutable_tet()->set_days(calendar.tet->days);
  }
  return out;
}

void CheckCalendar(const pb::Calendar& calendar, Violations& v) {
  Violations own;
  const auto check = [&](Violations& v) {
    CheckNames(calendar.display_name(), v);
    if (!FindTimeZone(calendar.time_zone()))
      v.Add("timeZone", "INVALID_TIME_ZONE", "must be an IANA zone, e.g. Asia/Ho_Chi_Minh");
    if (calendar.hours().empty()) v.Add("hours", "REQUIRED", "needs at least one interval of work");
    CheckCount(calendar.hours_size(), kMaxWorkingHours, "hours", v);
    for (int i = 0; i < std::min(calendar.hours_size(), kMaxWorkingHours); ++i)
      CheckHours(calendar.hours(i), absl::StrCat("hours[", i, "]"), v);
    CheckCount(calendar.holidays_size(), kMaxHolidays, "holidays", v);
    for (int i = 0; i < std::min(calendar.holidays_size(), kMaxHolidays); ++i)
      CheckHoliday(calendar.holidays(i), absl::StrCat("holidays[", i, "]"), v);
    if (!calendar.has_tet()) return;
    CheckNumber(calendar.tet().days_before(), 0, kMaxTetDays, "tet.daysBefore", v);
    CheckNumber(calendar.tet().days(), 1, kMaxTetDays, "tet.days", v);
  };
  check(own);
  if (own.empty())
    CheckWorkingTime(calendar, v);
  else
    check(v);
}

}  // namespace hoiam::loop
