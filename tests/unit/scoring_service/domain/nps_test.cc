#include "scoring_service/domain/nps.h"

#include <gmock/gmock.h>

#include <cmath>

namespace hoiam::scoring {
namespace {

struct Vector {
  int64_t promoters, passives, detractors;
  double low, high;
};

// requirements.md §5, F3.
constexpr Vector kAdjustedWald[] = {
    {32, 13, 6, 29.295, 67.001},     {10, 0, 0, 47.504, 100},    {5, 3, 2, 23.077 - 42.128, 23.077 + 42.128},
    {500, 300, 200, 25.077, 34.743}, {0, 7, 0, -24.005, 24.005}, {0, 0, 1, -98.499, 48.499},
};

TEST(NpsTest, ScoreIsPromotersMinusDetractorsInPercent) {
  EXPECT_EQ(NpsScore(32, 6, 51), 50.980);  // F1
  EXPECT_EQ(NpsScore(500, 200, 1000), 30);
  EXPECT_EQ(NpsScore(0, 1, 1), -100);
  EXPECT_EQ(NpsScore(1, 0, 1), 100);
  EXPECT_EQ(NpsScore(1, 1, 3), 0);
}

TEST(NpsTest, NoAnswersIsNotAScoreOfZero) {
  EXPECT_EQ(NpsScore(0, 0, 0), std::nullopt);
  EXPECT_FALSE(NpsInterval(0, 0, 0).has_value());
}

TEST(NpsTest, IntervalIsTheAdjustedWaldOfRocks2016) {
  for (const Vector& v : kAdjustedWald) {
    const auto i = NpsInterval(v.promoters, v.detractors, v.promoters + v.passives + v.detractors);
    ASSERT_TRUE(i.has_value());
    EXPECT_NEAR(i->low, v.low, 0.0011) << v.promoters << "," << v.passives << "," << v.detractors;
    EXPECT_NEAR(i->high, v.high, 0.0011) << v.promoters << "," << v.passives << "," << v.detractors;
  }
}

TEST(NpsTest, TenPromotersOfTenStillHaveAnInterval) {
  const auto i = NpsInterval(10, 0, 10);
  EXPECT_LT(i->low, 50);
  EXPECT_EQ(i->high, 100);
}

TEST(NpsTest, AddingAPromoterNeverLowersAndAddingADetractorNeverRaisesTheScore) {
  for (int p = 0; p <= 12; ++p)
    for (int s = 0; s <= 12; ++s)
      for (int d = 0; d <= 12; ++d) {
        const int n = p + s + d;
        if (n == 0) continue;
        const double score = *NpsScore(p, d, n);
        EXPECT_GE(*NpsScore(p + 1, d, n + 1), score);
        EXPECT_LE(*NpsScore(p, d + 1, n + 1), score);
      }
}

TEST(NpsTest, TheIntervalLiesWithinTheScaleAndNarrowsWithMoreAnswers) {
  for (int p = 0; p <= 10; ++p)
    for (int d = 0; d + p <= 10; ++d) {
      double width = 1000;
      for (int k : {1, 10, 100, 1000}) {
        const auto i = NpsInterval(int64_t{p} * k, int64_t{d} * k, int64_t{10} * k);
        EXPECT_GE(i->low, -100);
        EXPECT_LE(i->high, 100);
        EXPECT_LT(i->low, i->high);
        EXPECT_LT(i->high - i->low, width);
        width = i->high - i->low;
      }
    }
}

TEST(NpsTest, SwappingPromotersAndDetractorsTurnsTheSign) {
  EXPECT_EQ(*NpsScore(7, 3, 20), -*NpsScore(3, 7, 20));
  const auto a = NpsInterval(7, 3, 20), b = NpsInterval(3, 7, 20);
  EXPECT_NEAR(a->low, -b->high, 1e-9);
  EXPECT_NEAR(a->high, -b->low, 1e-9);
}

}  // namespace
}  // namespace hoiam::scoring
