#include "scoring_service/domain/compared_periods.h"

#include <gmock/gmock.h>

#include "absl/time/civil_time.h"

namespace hoiam::scoring {
namespace {

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

absl::Time At(const absl::TimeZone& zone, int y, int m, int d, int h = 0, int min = 0) {
  return absl::FromCivil(absl::CivilMinute(y, m, d, h, min), zone);
}

TEST(ComparedPeriodsTest, UpToNowEndsWithTodayWhereItBeginsWithADay) {
  const absl::TimeZone zone = Zone("Asia/Ho_Chi_Minh");
  const absl::Time now = At(zone, 2026, 11, 22, 15, 30);
  EXPECT_EQ(UpToNow(At(zone, 2026, 11, 1), now, zone), (Period{At(zone, 2026, 11, 1), At(zone, 2026, 11, 23)}));
  EXPECT_EQ(UpToNow(At(zone, 2026, 11, 1, 9), now, zone), (Period{At(zone, 2026, 11, 1, 9), now}));
  EXPECT_EQ(UpToNow(At(zone, 2027, 1, 1), now, zone), (Period{At(zone, 2027, 1, 1), At(zone, 2027, 1, 1)}));
}

TEST(ComparedPeriodsTest, ThePeriodBeforeHasAsManyDaysWhateverClocksDid) {
  const absl::TimeZone zone = Zone("Europe/Berlin");  // clocks went back on 2026-10-25
  const Period p = {At(zone, 2026, 10, 26), At(zone, 2026, 11, 2)};
  EXPECT_EQ(PeriodBefore(p, zone), (Period{At(zone, 2026, 10, 19), At(zone, 2026, 10, 26)}));
  EXPECT_EQ(p.start - PeriodBefore(p, zone).start, absl::Hours(7 * 24 + 1));
}

TEST(ComparedPeriodsTest, WhereADayBeginsAtOneTheDaysBeforeAreStillWhole) {
  const absl::TimeZone zone = Zone("America/Sao_Paulo");  // there was no midnight on 2018-11-04
  const absl::Time first = StartOfDay(DayOf(At(zone, 2018, 11, 4, 12), zone), zone);
  EXPECT_EQ(first, At(zone, 2018, 11, 4, 1));
  const Period p = {first, At(zone, 2018, 11, 6)};
  EXPECT_EQ(PeriodBefore(p, zone), (Period{At(zone, 2018, 11, 2), first}));
  EXPECT_EQ(PeriodBefore({At(zone, 2018, 11, 6), At(zone, 2018, 11, 8)}, zone).start, first);
}

TEST(ComparedPeriodsTest, PartsOfDaysAreAsLongToTheMicrosecond) {
  const absl::TimeZone zone = Zone("UTC");
  const Period p = {At(zone, 2026, 11, 1, 9), At(zone, 2026, 11, 1, 12)};
  EXPECT_EQ(PeriodBefore(p, zone), (Period{At(zone, 2026, 11, 1, 6), At(zone, 2026, 11, 1, 9)}));
}

TEST(ComparedPeriodsTest, AnImprovementIsFollowedAsFarAsTimeHasCome) {
  const absl::TimeZone zone = Zone("Asia/Ho_Chi_Minh");
  const BeforeAfter p = PeriodsAround(At(zone, 2026, 11, 1), 90, At(zone, 2026, 11, 11, 8), zone);
  EXPECT_EQ(p.after, (Period{At(zone, 2026, 11, 1), At(zone, 2026, 11, 12)}));
  EXPECT_EQ(p.before, (Period{At(zone, 2026, 8, 3), At(zone, 2026, 11, 1)}));
  const BeforeAfter old = PeriodsAround(At(zone, 2026, 1, 1), 30, At(zone, 2026, 11, 11, 8), zone);
  EXPECT_EQ(old.after.end, At(zone, 2026, 1, 31));
  const BeforeAfter future = PeriodsAround(At(zone, 2027, 1, 1), 30, At(zone, 2026, 11, 11, 8), zone);
  EXPECT_EQ(future.after.start, future.after.end);
}

}  // namespace
}  // namespace hoiam::scoring
