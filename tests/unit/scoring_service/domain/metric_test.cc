#include "scoring_service/domain/metric.h"

#include <gmock/gmock.h>

#include "scoring_service/domain/numbers.h"
#include "scoring_service/domain/top_box.h"

namespace hoiam::scoring {
namespace {

TEST(TopBoxTest, CsatOf45InTopBoxesOf51IsTheVectorOfTheRequirements) {
  EXPECT_EQ(TopBoxPercent(45, 51), 88.235);  // F5, F7
  const auto i = WilsonInterval(45, 51);
  EXPECT_NEAR(i->low, 76.619, 0.0005);
  EXPECT_NEAR(i->high, 94.495, 0.0005);
}

TEST(TopBoxTest, CesTopThreeOfTheVectorIs46Percent) {
  Counts counts{};
  const int64_t by_score[] = {80, 210, 140, 110, 160, 180, 120};  // F8, scores 1–7
  for (int s = 1; s <= 7; ++s) counts[s] = by_score[s - 1];
  EXPECT_EQ(ScoreOf(Metric::kCes, counts), 46.0);
  EXPECT_EQ(CountIn(counts, kCes.parts[0]), 430);
  EXPECT_EQ(CountIn(counts, kCes.parts[1]), 110);
  EXPECT_EQ(CountIn(counts, kCes.parts[2]), 460);
}

TEST(TopBoxTest, NoAnswersGiveNoScoreAndNoInterval) {
  EXPECT_EQ(TopBoxPercent(0, 0), std::nullopt);
  EXPECT_FALSE(WilsonInterval(0, 0).has_value());
}

TEST(TopBoxTest, WilsonStaysWithinTheScaleAtItsEnds) {
  for (int64_t n : {1, 2, 30, 1'000'000}) {
    EXPECT_NEAR(WilsonInterval(0, n)->low, 0, 1e-9);
    EXPECT_GT(WilsonInterval(0, n)->high, 0);
    EXPECT_NEAR(WilsonInterval(n, n)->high, 100, 1e-9);
    EXPECT_LT(WilsonInterval(n, n)->low, 100);
  }
}

TEST(MetricTest, EveryScoreOfAScaleBelongsToExactlyOnePart) {
  for (Metric m : kMetrics) {
    const MetricDef& def = DefOf(m);
    EXPECT_EQ(def.parts[0].low, def.min);
    EXPECT_EQ(def.parts[2].high, def.max);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(def.parts[i].high + 1, def.parts[i + 1].low);
    for (int s = def.min; s <= def.max; ++s) {
      EXPECT_GE(s, PartOf(m, s).low);
      EXPECT_LE(s, PartOf(m, s).high);
    }
    EXPECT_FALSE(OnScale(m, def.min - 1));
    EXPECT_FALSE(OnScale(m, def.max + 1));
    EXPECT_EQ(ParseMetric(def.name), m);
  }
  EXPECT_EQ(ParseMetric("nps"), std::nullopt);
  EXPECT_EQ(ParseMetric("CSI"), std::nullopt);
}

TEST(MetricTest, UnhappyIsNps0To6Csat1To2Ces1To3) {
  for (int s = 0; s <= 10; ++s) EXPECT_EQ(IsUnhappy(Metric::kNps, s), s <= 6) << s;
  for (int s = 1; s <= 5; ++s) EXPECT_EQ(IsUnhappy(Metric::kCsat, s), s <= 2) << s;
  for (int s = 1; s <= 7; ++s) EXPECT_EQ(IsUnhappy(Metric::kCes, s), s <= 3) << s;
}

TEST(MetricTest, ZeroIsANpsAnswer) {
  Counts counts{};
  counts[0] = 1;
  EXPECT_EQ(Total(counts), 1);
  EXPECT_EQ(ScoreOf(Metric::kNps, counts), -100);
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
