#include "loop_service/domain/calendar.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "loop_service/domain/tet.h"

namespace hoiam::loop {
namespace {

using absl::CivilDay;

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

absl::Time At(absl::string_view local, const Calendar& calendar) {
  absl::Time t;
  std::string error;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M", local, calendar.zone, &t, &error)) << error;
  return t;
}

std::string Local(absl::Time t, const Calendar& calendar) {
  return absl::FormatTime("%a %Y-%m-%d %H:%M", t, calendar.zone);
}

// Monday to Friday, 08:00–17:30, lunch from 12:00 to 13:30.
Calendar Office(const char* zone = "Asia/Ho_Chi_Minh") {
  Calendar c;
  c.zone = Zone(zone);
  for (int day = 0; day < 5; ++day) c.week[day] = {{8 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60 + 30}};
  return c;
}

Calendar Always(const char* zone) {
  Calendar c = AlwaysOpen();
  c.zone = Zone(zone);
  return c;
}

constexpr absl::Duration kTick = absl::Nanoseconds(1);

struct Sum {
  const char* from;
  absl::Duration duration;
  const char* due;
};

TEST(CalendarTest, WholeDaysAreWorkingDaysAndTheRestIsWorkingHours) {
  const Calendar office = Office();
  for (const Sum& sum : {
           Sum{"2026-11-27 17:00", absl::Hours(24), "Mon 2026-11-30 17:00"},      // over a weekend
           Sum{"2026-11-27 18:00", absl::Hours(24), "Tue 2026-12-01 08:00"},      // promised on Monday morning
           Sum{"2026-11-28 11:00", absl::Hours(24), "Tue 2026-12-01 08:00"},      // promised on Monday morning
           Sum{"2026-11-27 12:30", absl::Hours(24), "Mon 2026-11-30 13:30"},      // promised after lunch
           Sum{"2026-11-27 16:00", absl::Hours(2), "Mon 2026-11-30 08:30"},       // 1.5 h today
           Sum{"2026-11-23 11:00", absl::Hours(2), "Mon 2026-11-23 14:30"},       // with lunch between
           Sum{"2026-11-23 10:00", absl::Hours(8), "Tue 2026-11-24 10:00"},       // a day's work
           Sum{"2026-11-23 08:00", absl::Hours(8), "Mon 2026-11-23 17:30"},       // until work ends
           Sum{"2026-11-23 10:00", absl::Hours(36), "Wed 2026-11-25 10:00"},      // never more than a working day more
           Sum{"2026-11-23 10:00", absl::Hours(26), "Tue 2026-11-24 12:00"},      // until lunch
           Sum{"2026-11-23 10:00", absl::Hours(7 * 24), "Wed 2026-12-02 10:00"},  // seven working days
           Sum{"2026-11-27 18:00", absl::ZeroDuration(), "Fri 2026-11-27 18:00"},
           Sum{"2026-11-27 18:00", absl::Hours(-5), "Fri 2026-11-27 18:00"},
       })
    EXPECT_EQ(Local(AddWorkingTime(office, At(sum.from, office), sum.duration), office), sum.due)
        << sum.from << " + " << sum.duration;
}

TEST(CalendarTest, ADayOnWhichThatTimeIsClosedIsDueWhenWorkBeginsAgain) {
  Calendar c = Office();
  c.week[5] = {{8 * 60, 12 * 60}};  // Saturday morning
  EXPECT_EQ(Local(AddWorkingTime(c, At("2026-11-27 15:00", c), absl::Hours(24)), c), "Mon 2026-11-30 08:00");
  EXPECT_EQ(Local(AddWorkingTime(c, At("2026-11-27 15:00", c), absl::Hours(48)), c), "Mon 2026-11-30 15:00");
  EXPECT_EQ(Local(AddWorkingTime(c, At("2026-11-28 09:00", c), absl::Hours(24)), c), "Mon 2026-11-30 09:00");
}

TEST(CalendarTest, WithoutClosingTimesItIsTheClock) {
  const Calendar always = Always("Asia/Ho_Chi_Minh");
  const absl::Time from = At("2026-11-27 17:00", always) + absl::Microseconds(123456);
  for (const absl::Duration d : {absl::Minutes(1), absl::Hours(2), absl::Hours(24), absl::Hours(48), absl::Hours(168)})
    EXPECT_EQ(AddWorkingTime(always, from, d), from + d);
  EXPECT_EQ(WorkingTimeBetween(always, from, from + absl::Hours(1000)), absl::Hours(1000));
}

TEST(CalendarTest, AnIntervalOfWorkBeginsWithItsFirstMomentAndEndsBeforeItsLast) {
  const Calendar office = Office();
  const absl::Time open = At("2026-11-23 08:00", office), lunch = At("2026-11-23 12:00", office);
  EXPECT_FALSE(IsWorking(office, open - kTick));
  EXPECT_TRUE(IsWorking(office, open));
  EXPECT_TRUE(IsWorking(office, lunch - kTick));
  EXPECT_FALSE(IsWorking(office, lunch));
  EXPECT_EQ(NextOpening(office, open - kTick), open);
  EXPECT_EQ(NextOpening(office, lunch - kTick), lunch - kTick);
  EXPECT_EQ(Local(NextOpening(office, lunch), office), "Mon 2026-11-23 13:30");
  EXPECT_EQ(WorkingTimeBetween(office, open, At("2026-11-30 08:00", office)), absl::Hours(40));
  EXPECT_EQ(WorkingTimeBetween(office, lunch, open), absl::ZeroDuration());
}

TEST(CalendarTest, OnHolidaysOfEveryKindNobodyWorks) {
  Calendar c = AlwaysOpen();
  c.days_off = {{CivilDay(2026, 7, 6), CivilDay(2026, 7, 8)}};
  c.yearly = {{{4, 30}, {5, 1}}, {{2, 29}, {2, 29}}, {{12, 31}, {1, 1}}};
  c.lunar = {{{3, 10}, {3, 10}}, {{12, 23}, {12, 24}}};
  c.tet = TetHoliday{1, 4};
  for (const auto& [day, off] : std::vector<std::pair<CivilDay, bool>>{
           {CivilDay(2026, 7, 5), false},  {CivilDay(2026, 7, 6), true},   {CivilDay(2026, 7, 8), true},
           {CivilDay(2026, 7, 9), false},  {CivilDay(2026, 12, 31), true}, {CivilDay(2027, 1, 1), true},
           {CivilDay(2027, 1, 2), false},  {CivilDay(2026, 5, 1), true},   {CivilDay(2026, 5, 2), false},
           {CivilDay(2027, 1, 30), true},  {CivilDay(2027, 2, 1), false},  {CivilDay(2026, 4, 30), true},
           {CivilDay(2031, 4, 30), true},  {CivilDay(2028, 2, 29), true},  {CivilDay(2028, 2, 28), false},
           {CivilDay(2027, 2, 4), false},  {CivilDay(2027, 2, 5), true},   {CivilDay(2027, 2, 9), true},
           {CivilDay(2027, 2, 10), false}, {CivilDay(2026, 4, 26), true},  {CivilDay(2026, 4, 27), false},
           {CivilDay(2030, 2, 1), true}})
    EXPECT_EQ(IsHoliday(c, day), off) << day;
}

TEST(CalendarTest, DaysBeforeTetMayBeginInDecember) {
  Calendar c = AlwaysOpen();
  c.tet = TetHoliday{30, 1};
  ASSERT_EQ(TetDay(2042), CivilDay(2042, 1, 22));
  EXPECT_TRUE(IsHoliday(c, CivilDay(2041, 12, 23)));
  EXPECT_FALSE(IsHoliday(c, CivilDay(2041, 12, 22)));
}

TEST(CalendarTest, AShopPromisesOverTet) {
  Calendar shop;
  shop.zone = Zone("Asia/Ho_Chi_Minh");
  shop.week.fill({{8 * 60, 21 * 60 + 30}});
  shop.tet = TetHoliday{1, 3};
  EXPECT_EQ(Local(AddWorkingTime(shop, At("2027-02-04 20:30", shop), absl::Hours(2)), shop), "Tue 2027-02-09 09:00");
  EXPECT_EQ(Local(AddWorkingTime(shop, At("2027-02-04 20:30", shop), absl::Hours(24)), shop), "Tue 2027-02-09 20:30");
}

TEST(CalendarTest, ATimeThatTheClockLeavesOutHasComeWhenItWasSetForward) {
  // New York, 2026-03-08: 02:00 becomes 03:00.
  Calendar c;
  c.zone = Zone("America/New_York");
  c.week.fill({{2 * 60 + 30, 5 * 60}});
  EXPECT_EQ(Local(NextOpening(c, At("2026-03-08 00:00", c)), c), "Sun 2026-03-08 03:00");
  EXPECT_EQ(WorkingTimeBetween(c, At("2026-03-08 00:00", c), At("2026-03-09 00:00", c)), absl::Hours(2));
  c.week.fill({{2 * 60, 3 * 60}});  // nothing is left of it that day
  EXPECT_EQ(Local(NextOpening(c, At("2026-03-08 00:00", c)), c), "Mon 2026-03-09 02:00");
  EXPECT_EQ(Local(AddWorkingTime(c, At("2026-03-07 02:30", c), absl::Hours(24)), c), "Mon 2026-03-09 02:30");
}

TEST(CalendarTest, WhatTheClockShowsAgainIsNotASecondTime) {
  // New York, 2026-11-01: 02:00 becomes 01:00.
  Calendar c;
  c.zone = Zone("America/New_York");
  c.week.fill({{60, 90}});
  const absl::Time first = c.zone.At(absl::CivilMinute(2026, 11, 1, 1, 0)).pre;
  EXPECT_TRUE(IsWorking(c, first));
  EXPECT_FALSE(IsWorking(c, first + absl::Hours(1)));
  EXPECT_EQ(WorkingTimeBetween(c, first, first + absl::Hours(12)), absl::Minutes(30));
  c.week.fill({{0, 24 * 60}});  // all day is all of the day, of 25 h
  EXPECT_EQ(WorkingTimeBetween(c, At("2026-11-01 00:00", c), At("2026-11-02 00:00", c)), absl::Hours(25));
  EXPECT_EQ(AddWorkingTime(c, first + absl::Minutes(90), absl::Hours(24)),
            AddWorkingTime(c, first + absl::Minutes(60), absl::Hours(24)))
      << "while it shows an hour again it stands";
}

TEST(CalendarTest, ADayMayBeginAfterMidnight) {
  // Beirut, 2026-03-29: 00:00 becomes 01:00.
  const Calendar always = Always("Asia/Beirut");
  const absl::Time begin = At("2026-03-28 23:59", always) + absl::Minutes(1);
  EXPECT_EQ(Local(begin, always), "Sun 2026-03-29 01:00");
  EXPECT_TRUE(IsWorking(always, begin));
  EXPECT_EQ(AddWorkingTime(always, At("2026-03-28 00:30", always), absl::Hours(24)), begin);
  EXPECT_EQ(WorkingTimeBetween(always, begin, At("2026-03-30 00:00", always)), absl::Hours(23));

  Calendar night;  // closed on the 28th, open from midnight on the 29th
  night.zone = always.zone;
  night.week[6] = {{0, 2 * 60}};
  EXPECT_EQ(NextOpening(night, begin - absl::Hours(5)), begin);
  EXPECT_EQ(WorkingTimeBetween(night, begin - absl::Hours(5), begin + absl::Hours(5)), absl::Hours(1));
}

TEST(CalendarTest, ADayThatAZoneLeftOutIsNoWorkingDay) {
  const Calendar always = Always("Pacific/Apia");  // had no 2011-12-30
  EXPECT_EQ(Local(AddWorkingTime(always, At("2011-12-29 12:00", always), absl::Hours(24)), always),
            "Sat 2011-12-31 12:00");
  EXPECT_EQ(WorkingTimeBetween(always, At("2011-12-29 12:00", always), At("2011-12-31 12:00", always)),
            absl::Hours(24));
}

TEST(CalendarTest, ACalendarWithoutWorkingTimeIsFound) {
  const CivilDay from(2026, 1, 1), until(2030, 12, 31);
  EXPECT_EQ(FindClosed(Office(), from, until), std::nullopt);
  EXPECT_EQ(FindClosed(AlwaysOpen(), from, until), std::nullopt);
  Calendar c;
  EXPECT_EQ(FindClosed(c, from, until), (DayRange{from, from + kMaxClosedDays, ""}));

  c = Office();
  const CivilDay monday(2027, 3, 1);
  c.days_off = {{monday, monday + kMaxClosedDays - 3}};  // with the weekend before it so many days
  EXPECT_EQ(FindClosed(c, from, until), std::nullopt);
  ++c.days_off[0].last;
  EXPECT_EQ(FindClosed(c, from, until), (DayRange{monday - 2, monday + kMaxClosedDays - 2, ""}));
}

TEST(CalendarTest, WhereverTooManyClosedDaysLieTheyAreFound) {
  const CivilDay from(2026, 1, 1), until(2027, 12, 31);
  for (int offset = 0; offset < 400; ++offset) {
    Calendar c = AlwaysOpen();
    const CivilDay first = from + offset;
    c.days_off = {{first, first + kMaxClosedDays - 1}};
    EXPECT_EQ(FindClosed(c, from, until), std::nullopt) << first;
    ++c.days_off[0].last;
    EXPECT_EQ(FindClosed(c, from, until), (DayRange{first, first + kMaxClosedDays, ""})) << first;
  }
}

TEST(CalendarTest, WithoutWorkingTimeEverythingStillHasAnAnswer) {
  const Calendar never;
  const absl::Time at = absl::FromCivil(CivilDay(2026, 11, 22), never.zone);
  EXPECT_FALSE(IsWorking(never, at));
  EXPECT_EQ(NextOpening(never, at), at);
  EXPECT_EQ(AddWorkingTime(never, at, absl::Hours(30)), at);
  EXPECT_EQ(AddWorkingHours(never, at, absl::Hours(30)), at);
  EXPECT_EQ(WorkingTimeBetween(never, at, absl::InfiniteFuture()), absl::ZeroDuration());
}

// --- laws, on calendars of every kind in zones of every kind, around the days on which their clocks are set

struct Setting {
  const char* zone;
  CivilDay around;
};

const Setting kSettings[] = {
    {"Asia/Ho_Chi_Minh", CivilDay(2027, 2, 6)},    {"America/New_York", CivilDay(2026, 3, 8)},
    {"America/New_York", CivilDay(2026, 11, 1)},   {"Asia/Beirut", CivilDay(2026, 3, 29)},
    {"Asia/Beirut", CivilDay(2026, 10, 25)},  // 00:00 becomes 23:00
    {"Australia/Lord_Howe", CivilDay(2026, 4, 5)}, {"America/Havana", CivilDay(2026, 11, 1)},
    {"Pacific/Apia", CivilDay(2011, 12, 30)},
};

std::vector<WorkInterval> RandomDay(std::mt19937& random) {
  std::vector<WorkInterval> day;
  int from = 0;
  for (int n = static_cast<int>(random() % 4); n > 0 && from < 1400; --n) {
    WorkInterval each;
    each.from = from + static_cast<int>(random() % 200) * (random() % 3 > 0);
    if (each.from >= 1440) break;
    each.until = std::min<int>(1440, each.from + 1 + static_cast<int>(random() % 900));
    day.push_back(each);
    from = each.until;
  }
  return day;
}

Calendar RandomCalendar(std::mt19937& random, const Setting& setting) {
  Calendar c;
  c.zone = Zone(setting.zone);
  for (auto& day : c.week) day = RandomDay(random);
  if (random() % 4 == 0) c.week.fill({{0, 1440}});
  c.week[random() % 7].assign({{0, 24 * 60 - static_cast<int>(random() % 2)}});
  if (random() % 2 == 0) c.tet = TetHoliday{2, 5};
  if (random() % 2 == 0) c.days_off = {{setting.around + 1, setting.around + 1}};
  return c;
}

class CalendarLaws : public testing::TestWithParam<Setting> {
 protected:
  // Calls `law(calendar, random time, random time not before it, random duration, another not shorter)`.
  template <class Law>
  void Check(Law law) {
    std::mt19937 random(7);
    for (int n = 0; n < 60; ++n) {
      const Calendar c = RandomCalendar(random, GetParam());
      const absl::Time begin = absl::FromCivil(GetParam().around - 4, c.zone);
      const auto within = [&](absl::Duration span) {
        absl::Duration d = absl::Seconds(random() % absl::ToInt64Seconds(span));
        if (random() % 2 == 0) d = absl::Floor(d, absl::Minutes(30));
        return random() % 8 == 0 ? d + absl::Nanoseconds(1) : d;
      };
      for (int k = 0; k < 40; ++k) {
        const absl::Time a = begin + within(absl::Hours(8 * 24));
        const absl::Duration d = within(absl::Hours(5 * 24));
        law(c, a, a + within(absl::Hours(30)), d, d + within(absl::Hours(30)));
        if (HasFailure()) return;
      }
    }
  }
};

TEST_P(CalendarLaws, WhatIsPromisedLaterOrLongerIsNeverDueEarlier) {
  Check([](const Calendar& c, absl::Time a, absl::Time b, absl::Duration d, absl::Duration longer) {
    const absl::Time due = AddWorkingTime(c, a, d);
    EXPECT_LE(a, due);
    EXPECT_LE(due, AddWorkingTime(c, b, d)) << a << " " << b << " + " << d;
    EXPECT_LE(due, AddWorkingTime(c, a, longer)) << a << " + " << d << ", " << longer;
    EXPECT_LE(AddWorkingHours(c, a, d), AddWorkingHours(c, b, d));
    EXPECT_LE(AddWorkingHours(c, a, d), AddWorkingHours(c, a, longer));
    EXPECT_LE(NextOpening(c, a), NextOpening(c, b));
  });
}

TEST_P(CalendarLaws, AddedWorkingHoursAreTheWorkingTimeBetween) {
  Check([](const Calendar& c, absl::Time a, absl::Time b, absl::Duration d, absl::Duration) {
    const absl::Time due = AddWorkingHours(c, a, d);
    EXPECT_EQ(WorkingTimeBetween(c, a, due), d) << a;
    if (d > absl::ZeroDuration()) {
      EXPECT_LT(WorkingTimeBetween(c, a, due - kTick), d);
    }
    EXPECT_LE(AddWorkingHours(c, a, WorkingTimeBetween(c, a, b)), b);
  });
}

TEST_P(CalendarLaws, WorkingTimeOfTwoSpansIsThatOfBothTogether) {
  Check([](const Calendar& c, absl::Time a, absl::Time b, absl::Duration d, absl::Duration) {
    EXPECT_EQ(WorkingTimeBetween(c, a, b) + WorkingTimeBetween(c, b, b + d), WorkingTimeBetween(c, a, b + d));
    EXPECT_LE(WorkingTimeBetween(c, a, b), b - a);
  });
}

TEST_P(CalendarLaws, BeforeTheNextOpeningThereIsNoWorkAndThenThereIs) {
  Check([](const Calendar& c, absl::Time a, absl::Time b, absl::Duration, absl::Duration) {
    const absl::Time open = NextOpening(c, a);
    EXPECT_LE(a, open);
    EXPECT_TRUE(IsWorking(c, open));
    EXPECT_EQ(open == a, IsWorking(c, a));
    EXPECT_EQ(WorkingTimeBetween(c, a, open), absl::ZeroDuration());
    EXPECT_EQ(WorkingTimeBetween(c, b, b + kTick) > absl::ZeroDuration(), IsWorking(c, b));
  });
}

INSTANTIATE_TEST_SUITE_P(Zones, CalendarLaws, testing::ValuesIn(kSettings), [](const auto& info) {
  std::string name = std::string(info.param.zone) + "_" + std::to_string(info.index);
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

}  // namespace
}  // namespace hoiam::loop
