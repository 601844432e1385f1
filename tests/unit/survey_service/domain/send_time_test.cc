#include "survey_service/domain/send_time.h"

#include <gtest/gtest.h>

namespace hoiam::survey {
namespace {

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

const QuietHours kNight;

TEST(SendTimeTest, WhatFallsIntoTheNightGoesOutAtSevenInTheMorningOfThePersonsOwnZone) {
  const absl::TimeZone hanoi = Zone("Asia/Ho_Chi_Minh");
  const auto at = [&](int day, int hour, int minute) {
    return absl::FromCivil(absl::CivilMinute(2026, 11, day, hour, minute), hanoi);
  };
  EXPECT_EQ(LeaveQuietHours(at(22, 23, 30), kNight, hanoi), at(23, 7, 0));
  EXPECT_EQ(LeaveQuietHours(at(22, 3, 0), kNight, hanoi), at(22, 7, 0));
  EXPECT_EQ(LeaveQuietHours(at(22, 7, 0), kNight, hanoi), at(22, 7, 0));
  EXPECT_EQ(LeaveQuietHours(at(22, 7, 0) - absl::Nanoseconds(1), kNight, hanoi), at(22, 7, 0));
  EXPECT_EQ(LeaveQuietHours(at(22, 22, 0) - absl::Nanoseconds(1), kNight, hanoi), at(22, 22, 0) - absl::Nanoseconds(1));
  EXPECT_EQ(LeaveQuietHours(at(22, 22, 0), kNight, hanoi), at(23, 7, 0));
  EXPECT_EQ(LeaveQuietHours(at(22, 23, 30), kNight, Zone("Europe/Berlin")), at(22, 23, 30)) << "afternoon there";
}

TEST(SendTimeTest, TheLawHoldsOnEveryQuarterOfAnHourOfAYearInZonesThatSetTheirClocks) {
  for (const char* name : {"Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                           "America/Havana", "Pacific/Apia"}) {
    const absl::TimeZone zone = Zone(name);
    for (const QuietHours& quiet : {QuietHours{7 * 60, 22 * 60}, QuietHours{2 * 60 + 30, 1 * 60},
                                    QuietHours{90, 23 * 60}, QuietHours{20 * 60, 8 * 60}}) {
      const auto is_quiet = [&](absl::Time t) {
        const absl::CivilSecond cs = zone.At(t).cs;
        const int m = cs.hour() * 60 + cs.minute();
        return quiet.until < quiet.from ? m < quiet.until || m >= quiet.from : m >= quiet.from && m < quiet.until;
      };
      absl::Time t = absl::FromCivil(absl::CivilDay(2026, 1, 1), zone);
      for (int i = 0; i < 4 * 24 * 366; ++i, t += absl::Minutes(15)) {
        const absl::Time out = LeaveQuietHours(t, quiet, zone);
        ASSERT_GE(out, t) << name << t;
        ASSERT_LE(out - t, absl::Hours(25)) << name << t;
        ASSERT_FALSE(is_quiet(out)) << name << " " << absl::FormatTime(t, zone) << " → " << absl::FormatTime(out, zone);
        if (!is_quiet(t)) {
          ASSERT_EQ(out, t);
        } else {
          ASSERT_TRUE(is_quiet(out - absl::Nanoseconds(1)))
              << name << " could have gone out earlier than " << absl::FormatTime(out, zone);
        }
      }
    }
  }
}

TEST(SendTimeTest, ATimeThatTheClockLeavesOutHasComeWhenItWasSet) {
  const absl::TimeZone berlin = Zone("Europe/Berlin");
  const QuietHours quiet{2 * 60 + 30, 22 * 60};
  const absl::Time night = absl::FromCivil(absl::CivilMinute(2026, 3, 29, 1, 0), berlin);
  EXPECT_EQ(LeaveQuietHours(night, quiet, berlin), absl::FromCivil(absl::CivilMinute(2026, 3, 29, 3, 0), berlin));
}

TEST(SendTimeTest, WithoutQuietHoursEverythingGoesOutAtOnce) {
  const absl::Time at = absl::FromUnixSeconds(1'790'000'000);
  for (int hour = 0; hour < 24; ++hour)
    EXPECT_EQ(LeaveQuietHours(at + absl::Hours(hour), {7 * 60, 7 * 60}, absl::UTCTimeZone()), at + absl::Hours(hour));
}

TEST(SendTimeTest, ABlackoutIsOfWholeDaysByThePersonsCalendar) {
  const absl::TimeZone hanoi = Zone("Asia/Ho_Chi_Minh");
  const std::vector<BlackoutDays> days = {{absl::CivilDay(2026, 2, 14), absl::CivilDay(2026, 2, 20), "Tết"}};
  const absl::Time begins = absl::FromCivil(absl::CivilDay(2026, 2, 14), hanoi);
  const absl::Time ends = absl::FromCivil(absl::CivilDay(2026, 2, 21), hanoi);
  EXPECT_EQ(FindBlackout(days, begins - absl::Nanoseconds(1), hanoi), nullptr);
  ASSERT_NE(FindBlackout(days, begins, hanoi), nullptr);
  EXPECT_EQ(FindBlackout(days, begins, hanoi)->reason, "Tết");
  EXPECT_NE(FindBlackout(days, ends - absl::Nanoseconds(1), hanoi), nullptr);
  EXPECT_EQ(FindBlackout(days, ends, hanoi), nullptr);
  EXPECT_EQ(EndOf(days[0], hanoi), ends);
  EXPECT_EQ(FindBlackout(days, begins, Zone("America/New_York")), nullptr) << "still the day before there";
}

TEST(SendTimeTest, ATimeOfDayIsFiveCharacters) {
  EXPECT_EQ(ParseTimeOfDay("07:30"), 450);
  EXPECT_EQ(ParseTimeOfDay("00:00"), 0);
  EXPECT_EQ(ParseTimeOfDay("23:59"), 1439);
  for (const char* bad : {"", "7:30", "24:00", "12:60", "12-30", "12:3O", " 7:30", "07:30:00", "-1:00"})
    EXPECT_EQ(ParseTimeOfDay(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace hoiam::survey
