#include "scoring_service/domain/periods.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace hoiam::scoring {
namespace {

absl::TimeZone Zone(const std::string& name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

const absl::TimeZone kUtc = absl::UTCTimeZone();
const absl::TimeZone kSaigon = Zone("Asia/Ho_Chi_Minh");
const absl::TimeZone kBerlin = Zone("Europe/Berlin");

absl::Time At(const char* text) {
  absl::Time t;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &t, &error)) << error;
  return t;
}

std::vector<std::string> Starts(const std::vector<Period>& periods, const absl::TimeZone& zone) {
  std::vector<std::string> out;
  for (const Period& p : periods) out.push_back(absl::FormatTime("%Y-%m-%d %H:%M", p.start, zone));
  return out;
}

using ::testing::ElementsAre;

TEST(PeriodsTest, WeeksAreIsoWeeksAlsoOverTheTurnOfTheYear) {
  // ISO week 53 of 2026 is 28 December 2026 – 3 January 2027.
  const Period week = PeriodOf(At("2027-01-01T12:00:00Z"), Interval::kWeek, kUtc);
  EXPECT_EQ(week.start, At("2026-12-28T00:00:00Z"));
  EXPECT_EQ(week.end, At("2027-01-04T00:00:00Z"));
  EXPECT_EQ(PeriodOf(At("2026-12-28T00:00:00Z"), Interval::kWeek, kUtc), week);
  EXPECT_EQ(PeriodOf(At("2027-01-03T23:59:59.999999Z"), Interval::kWeek, kUtc), week);
  EXPECT_EQ(PeriodOf(At("2027-01-04T00:00:00Z"), Interval::kWeek, kUtc).start, week.end);
}

TEST(PeriodsTest, MonthsQuartersAndYearsBeginWhereTheCalendarSays) {
  const absl::Time t = At("2028-02-29T10:00:00Z");
  EXPECT_EQ(PeriodOf(t, Interval::kMonth, kUtc), (Period{At("2028-02-01T00:00:00Z"), At("2028-03-01T00:00:00Z")}));
  EXPECT_EQ(PeriodOf(t, Interval::kQuarter, kUtc), (Period{At("2028-01-01T00:00:00Z"), At("2028-04-01T00:00:00Z")}));
  EXPECT_EQ(PeriodOf(t, Interval::kYear, kUtc), (Period{At("2028-01-01T00:00:00Z"), At("2029-01-01T00:00:00Z")}));
  EXPECT_EQ(PeriodOf(At("2027-12-31T23:00:00Z"), Interval::kQuarter, kUtc).start, At("2027-10-01T00:00:00Z"));
}

TEST(PeriodsTest, DaysAreThoseOfTheZone) {
  // 17:30 UTC is half past midnight in Vietnam.
  EXPECT_EQ(PeriodOf(At("2026-11-20T17:30:00Z"), Interval::kDay, kSaigon).start, At("2026-11-20T17:00:00Z"));
  EXPECT_EQ(PeriodOf(At("2026-11-20T16:59:59Z"), Interval::kDay, kSaigon).start, At("2026-11-19T17:00:00Z"));
}

TEST(PeriodsTest, DaysOfAClockChangeHave23And25Hours) {
  const Period spring = PeriodOf(At("2026-03-29T10:00:00Z"), Interval::kDay, kBerlin);
  EXPECT_EQ(spring.end - spring.start, absl::Hours(23));
  const Period autumn = PeriodOf(At("2026-10-25T10:00:00Z"), Interval::kDay, kBerlin);
  EXPECT_EQ(autumn.end - autumn.start, absl::Hours(25));
}

TEST(PeriodsTest, ADayThatHasNoMidnightBeginsWhenTheClocksJump) {
  const absl::TimeZone beirut = Zone("Asia/Beirut");  // 27 March 2022, 00:00 → 01:00
  const Period day = PeriodOf(At("2022-03-27T10:00:00Z"), Interval::kDay, beirut);
  EXPECT_EQ(day.start, At("2022-03-26T22:00:00Z"));
  EXPECT_EQ(day.end - day.start, absl::Hours(23));
  EXPECT_TRUE(IsStartOfDay(day.start, beirut));
}

TEST(PeriodsTest, TheDayNeverGoesBackWhereClocksGoBackOverMidnight) {
  const absl::TimeZone st_johns = Zone("America/St_Johns");  // until 2011 at 00:01 → 23:01 of the day before
  absl::Time t = At("2010-11-06T12:00:00Z");
  int64_t day = DayOf(t, st_johns);
  for (int i = 0; i < 48 * 60; ++i, t += absl::Minutes(1)) {
    const int64_t next = DayOf(t, st_johns);
    ASSERT_GE(next, day);
    ASSERT_LE(StartOfDay(next, st_johns), t);
    ASSERT_GT(StartOfDay(next + 1, st_johns), t);
    day = next;
  }
}

TEST(PeriodsTest, CutsWithoutGapsAndClipsTheEnds) {
  const auto months =
      CutIntoPeriods(At("2026-01-15T06:00:00Z"), At("2026-04-02T00:00:00Z"), Interval::kMonth, kUtc, 100);
  EXPECT_THAT(Starts(*months, kUtc),
              ElementsAre("2026-01-15 06:00", "2026-02-01 00:00", "2026-03-01 00:00", "2026-04-01 00:00"));
  EXPECT_EQ(months->back().end, At("2026-04-02T00:00:00Z"));
  for (size_t i = 1; i < months->size(); ++i) EXPECT_EQ((*months)[i].start, (*months)[i - 1].end);
}

TEST(PeriodsTest, EveryMomentLiesInThePeriodThatBeginsItForAllIntervalsAndZones) {
  for (const absl::TimeZone& zone : {kUtc, kSaigon, kBerlin, Zone("America/Sao_Paulo"), Zone("Pacific/Apia")})
    for (Interval interval : {Interval::kDay, Interval::kWeek, Interval::kMonth, Interval::kQuarter, Interval::kYear}) {
      const auto periods =
          CutIntoPeriods(At("2010-06-01T00:00:00Z"), At("2013-01-10T00:00:00Z"), interval, zone, 10'000);
      ASSERT_TRUE(periods.has_value());
      for (size_t i = 1; i + 1 < periods->size(); ++i) {
        const Period& p = (*periods)[i];
        ASSERT_LT(p.start, p.end);
        ASSERT_EQ(PeriodOf(p.start, interval, zone), p);
        ASSERT_EQ(PeriodOf(p.end - absl::Microseconds(1), interval, zone), p);
        ASSERT_TRUE(IsStartOfDay(p.start, zone));
      }
    }
}

TEST(PeriodsTest, AllIsAlwaysOnePeriodAlsoWhenItIsOpenOrEmpty) {
  const auto open = CutIntoPeriods(absl::InfinitePast(), absl::InfiniteFuture(), Interval::kAll, kUtc, 1);
  ASSERT_TRUE(open.has_value());
  EXPECT_THAT(*open, ElementsAre(Period{absl::InfinitePast(), absl::InfiniteFuture()}));
  const absl::Time t = At("2026-01-01T00:00:00Z");
  EXPECT_EQ(CutIntoPeriods(t, t, Interval::kAll, kUtc, 1)->size(), 1);
  EXPECT_EQ(CutIntoPeriods(t, t, Interval::kDay, kUtc, 1)->size(), 0);
}

TEST(PeriodsTest, MoreThanTheLimitIsRefusedAndExactlyTheLimitIsNot) {
  const absl::Time start = At("2026-01-01T00:00:00Z");
  EXPECT_EQ(CutIntoPeriods(start, start + absl::Hours(24 * 10), Interval::kDay, kUtc, 10)->size(), 10);
  EXPECT_FALSE(CutIntoPeriods(start, start + absl::Hours(24 * 10) + absl::Microseconds(1), Interval::kDay, kUtc, 10));
}

TEST(PeriodsTest, OpenEndsAreStartsOfDaysAndMomentsWithinADayAreNot) {
  EXPECT_TRUE(IsStartOfDay(absl::InfinitePast(), kSaigon));
  EXPECT_TRUE(IsStartOfDay(absl::InfiniteFuture(), kSaigon));
  EXPECT_TRUE(IsStartOfDay(At("2026-11-20T17:00:00Z"), kSaigon));
  EXPECT_FALSE(IsStartOfDay(At("2026-11-20T17:00:00.000001Z"), kSaigon));
  EXPECT_FALSE(IsStartOfDay(At("2026-11-20T00:00:00Z"), kSaigon));
}

}  // namespace
}  // namespace hoiam::scoring
