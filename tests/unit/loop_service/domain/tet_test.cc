#include "loop_service/domain/tet.h"

#include <gtest/gtest.h>

namespace hoiam::loop {
namespace {

using absl::CivilDay;

TEST(TetTest, TheYearsBeginWhenTheyDidAndWillInVietnam) {
  EXPECT_EQ(TetDay(2020), CivilDay(2020, 1, 25));
  EXPECT_EQ(TetDay(2021), CivilDay(2021, 2, 12));
  EXPECT_EQ(TetDay(2022), CivilDay(2022, 2, 1));
  EXPECT_EQ(TetDay(2023), CivilDay(2023, 1, 22));
  EXPECT_EQ(TetDay(2024), CivilDay(2024, 2, 10));
  EXPECT_EQ(TetDay(2025), CivilDay(2025, 1, 29));
  EXPECT_EQ(TetDay(2026), CivilDay(2026, 2, 17));
  EXPECT_EQ(TetDay(2027), CivilDay(2027, 2, 6));
  EXPECT_EQ(TetDay(2028), CivilDay(2028, 1, 26));
  EXPECT_EQ(TetDay(2029), CivilDay(2029, 2, 13));
}

TEST(TetTest, In2030And2053ItIsOneDayBeforeTheChineseNewYear) {
  EXPECT_EQ(TetDay(2030), CivilDay(2030, 2, 2));
  EXPECT_EQ(TetDay(2053), CivilDay(2053, 2, 18));
}

TEST(TetTest, TheHungKingsAreRememberedWhenTheyWere) {
  for (const CivilDay day : {CivilDay(2020, 4, 2), CivilDay(2021, 4, 21), CivilDay(2022, 4, 10), CivilDay(2023, 4, 29),
                             CivilDay(2024, 4, 18), CivilDay(2025, 4, 7), CivilDay(2026, 4, 26)})
    EXPECT_EQ(LunarDateOf(day), (LunarDate{static_cast<int>(day.year()), 3, 10})) << day;
}

TEST(TetTest, MidAutumnIsTheFifteenthOfTheEighthMonth) {
  for (const CivilDay day : {CivilDay(2020, 10, 1), CivilDay(2021, 9, 21), CivilDay(2022, 9, 10), CivilDay(2023, 9, 29),
                             CivilDay(2024, 9, 17), CivilDay(2025, 10, 6), CivilDay(2026, 9, 25)})
    EXPECT_EQ(LunarDateOf(day), (LunarDate{static_cast<int>(day.year()), 8, 15})) << day;
}

TEST(TetTest, ALeapMonthComesAfterTheMonthOfItsNumber) {
  EXPECT_EQ(LunarDateOf(CivilDay(2023, 2, 20)), (LunarDate{2023, 2, 1, false}));
  EXPECT_EQ(LunarDateOf(CivilDay(2023, 3, 22)), (LunarDate{2023, 2, 1, true}));
  EXPECT_EQ(LunarDateOf(CivilDay(2023, 4, 20)), (LunarDate{2023, 3, 1, false}));
  EXPECT_EQ(LunarDateOf(CivilDay(2025, 7, 25)), (LunarDate{2025, 6, 1, true}));
}

// The day after `d` is the next of its month or the first of the next month; months and years follow one another.
void ExpectFollows(const LunarDate& d, const LunarDate& next) {
  if (next.day != 1) {
    EXPECT_EQ(next, (LunarDate{d.year, d.month, d.day + 1, d.leap}));
    return;
  }
  EXPECT_TRUE(d.day == 29 || d.day == 30);
  if (next.month == 1 && !next.leap) {
    EXPECT_EQ(d.month, 12);
    EXPECT_EQ(next.year, d.year + 1);
  } else {
    EXPECT_EQ(next.year, d.year);
    EXPECT_EQ(next.month, next.leap ? d.month : d.month + 1);
  }
}

TEST(TetTest, EveryDayHasItsPlaceAndYearsJoinWithoutGap) {
  const CivilDay first = TetDay(kFirstLunarYear).value();
  std::optional<LunarDate> before;
  CivilDay day = first;
  for (; day < CivilDay(kLastLunarYear + 1, 1, 20); ++day) {
    const auto lunar = LunarDateOf(day);
    ASSERT_TRUE(lunar) << day;
    EXPECT_EQ(lunar->month == 1 && lunar->day == 1 && !lunar->leap, TetDay(static_cast<int>(day.year())) == day) << day;
    if (before) ExpectFollows(*before, *lunar);
    if (testing::Test::HasFailure()) FAIL() << day;
    before = lunar;
  }
}

TEST(TetTest, OutsideOfTheTableThereIsNoneRatherThanAWrongOne) {
  EXPECT_EQ(TetDay(kFirstLunarYear - 1), std::nullopt);
  EXPECT_EQ(TetDay(kLastLunarYear + 1), std::nullopt);
  EXPECT_EQ(LunarDateOf(CivilDay(kFirstLunarYear, 1, 1)), std::nullopt);
  EXPECT_EQ(LunarDateOf(CivilDay(kLastLunarYear + 1, 4, 1)), std::nullopt);
  EXPECT_EQ(LunarDateOf(CivilDay(1900, 1, 1)), std::nullopt);
  EXPECT_EQ(LunarDateOf(CivilDay(2999, 1, 1)), std::nullopt);
}

}  // namespace
}  // namespace hoiam::loop
