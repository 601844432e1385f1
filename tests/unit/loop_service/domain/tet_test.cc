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
  EXPECT_EQ(HungKingsDay(2020), CivilDay(2020, 4, 2));
  EXPECT_EQ(HungKingsDay(2021), CivilDay(2021, 4, 21));
  EXPECT_EQ(HungKingsDay(2022), CivilDay(2022, 4, 10));
  EXPECT_EQ(HungKingsDay(2023), CivilDay(2023, 4, 29)) << "after a leap month";
  EXPECT_EQ(HungKingsDay(2024), CivilDay(2024, 4, 18));
  EXPECT_EQ(HungKingsDay(2025), CivilDay(2025, 4, 7));
  EXPECT_EQ(HungKingsDay(2026), CivilDay(2026, 4, 26));
}

TEST(TetTest, EveryYearOfTheTableIsALunarYear) {
  for (int year = kFirstTetYear; year <= kLastTetYear; ++year) {
    const CivilDay tet = TetDay(year).value();
    EXPECT_GE(tet, CivilDay(year, 1, 21)) << year;
    EXPECT_LE(tet, CivilDay(year, 2, 20)) << year;
    // Two months of 29 or 30 days and nine days; one more after a leap month.
    const auto since = HungKingsDay(year).value() - tet;
    EXPECT_TRUE((since >= 67 && since <= 69) || (since >= 97 && since <= 98)) << year << ": " << since;
    if (year == kFirstTetYear) continue;
    const auto length = tet - TetDay(year - 1).value();  // twelve months or thirteen
    EXPECT_TRUE((length >= 353 && length <= 355) || (length >= 383 && length <= 385)) << year << ": " << length;
  }
}

TEST(TetTest, OutsideOfTheTableThereIsNoneRatherThanAWrongOne) {
  EXPECT_EQ(TetDay(kFirstTetYear - 1), std::nullopt);
  EXPECT_EQ(TetDay(kLastTetYear + 1), std::nullopt);
  EXPECT_EQ(HungKingsDay(kFirstTetYear - 1), std::nullopt);
  EXPECT_EQ(HungKingsDay(kLastTetYear + 1), std::nullopt);
}

}  // namespace
}  // namespace hoiam::loop
