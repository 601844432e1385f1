#include "scoring_service/domain/metric.h"

#include <gmock/gmock.h>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {
namespace {

constexpr const char* kBuiltins[] = {kNps, kCsat, kCes, kCsi, kExpectation, kIdealGap};

TEST(MetricTest, EveryScoreOfAScaleBelongsToExactlyOnePart) {
  for (const char* id : kBuiltins) {
    const MetricDef& def = *FindBuiltin(id);
    EXPECT_EQ(def.id, id);
    EXPECT_EQ(def.parts.front().low, def.min);
    EXPECT_EQ(def.parts.back().high, def.max);
    for (size_t i = 0; i + 1 < def.parts.size(); ++i) EXPECT_EQ(def.parts[i].high + 1, def.parts[i + 1].low) << id;
    for (int s = def.min; s <= def.max; ++s) {
      EXPECT_GE(s, PartOf(def, s).low);
      EXPECT_LE(s, PartOf(def, s).high);
    }
  }
  for (const char* id : {"nps", "", kCsiImportance, kCsiChosen}) EXPECT_EQ(FindBuiltin(id), nullptr) << id;
}

TEST(MetricTest, UnhappyIsNps0To6Csat1To2Ces1To3) {
  const auto unhappy = [](const char* id, int s) { return IsUnhappy(PartOf(*FindBuiltin(id), s).band); };
  for (int s = 0; s <= 10; ++s) EXPECT_EQ(unhappy(kNps, s), s <= 6) << s;
  for (int s = 1; s <= 5; ++s) EXPECT_EQ(unhappy(kCsat, s), s <= 2) << s;
  for (int s = 1; s <= 7; ++s) EXPECT_EQ(unhappy(kCes, s), s <= 3) << s;
}

TEST(MetricTest, HappyIsThePartThatRaisesTheScore) {
  for (const char* id : {kNps, kCsat, kCes})
    for (const Part& part : FindBuiltin(id)->parts) EXPECT_EQ(IsHappy(part.band), part.weight > 0) << part.name;
}

TEST(MetricTest, TheIndexOfCesCountsSixAndSevenAgainstOneToThree) {
  EXPECT_EQ(PartOf(CesIndex(), 3).weight, -1);
  EXPECT_EQ(PartOf(CesIndex(), 5).weight, 0);
  EXPECT_EQ(PartOf(CesIndex(), 6).weight, 1);
}

TEST(MetricTest, ABookHasTheVersionsOfATenantsOwnMetricsInOrderAndTheBuiltInOnesOnce) {
  MetricBook book;
  book.Add({"TASTE", 2, 1, 5, {}});
  book.Add({"TASTE", 1, 1, 5, {}});
  book.Add({"SMELL", 1, 1, 5, {}});
  ASSERT_EQ(book.Versions("TASTE").size(), 2u);
  EXPECT_EQ(book.Versions("TASTE")[0]->version, 1);
  EXPECT_EQ(book.Versions("TASTE")[1]->version, 2);
  EXPECT_EQ(book.Versions(kNps).size(), 1u);
  EXPECT_TRUE(book.Versions("SOUND").empty());
  EXPECT_THAT(book.Own(), ::testing::ElementsAre("SMELL", "TASTE"));
}

TEST(MetricTest, BandsAreNamedAsEventsNameThem) {
  EXPECT_EQ(ParseBand("DETRACTOR"), Band::kDetractor);
  EXPECT_EQ(ParseBand("UNHAPPY"), Band::kUnhappy);
  EXPECT_EQ(ParseBand("detractor"), Band::kNone);
  EXPECT_EQ(ParseBand(""), Band::kNone);
}

TEST(NumbersTest, PercentRoundsHalvesAwayFromZeroAtThreeDecimals) {
  EXPECT_EQ(Percent(1, 3), 33.333);
  EXPECT_EQ(Percent(2, 3), 66.667);
  EXPECT_EQ(Percent(-2, 3), -66.667);
  EXPECT_EQ(Percent(1, 200'000), 0.001);  // 0.0005 exactly
  EXPECT_EQ(Percent(-1, 200'000), -0.001);
  EXPECT_EQ(Percent(0, 7), 0);
  EXPECT_EQ(Percent(5, 0), 0);
  EXPECT_EQ(Round3(-0.0001), 0);
}

}  // namespace
}  // namespace hoiam::scoring
