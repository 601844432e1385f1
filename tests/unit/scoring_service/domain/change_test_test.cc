#include "scoring_service/domain/change_test.h"

#include <gmock/gmock.h>

#include <cmath>

namespace hoiam::scoring {
namespace {

TestSide NpsSide(int64_t p, int64_t s, int64_t d) { return SideOf(FigureOf({{-1000, d}, {0, s}, {1000, p}})->test); }
TestSide PercentSide(int64_t top, int64_t n) { return SideOf(FigureOf({{0, n - top}, {1000, top}})->test); }

TEST(ChangeTest, HasTheVectorOfTheRequirements) {
  const auto change = TestChange(NpsSide(500, 300, 200), NpsSide(440, 320, 240));  // F4
  EXPECT_NEAR(change->difference, 9.970, 0.0005);
  EXPECT_NEAR(change->difference - change->interval.low, 6.918, 0.0005);
  EXPECT_NEAR(change->interval.high - change->difference, 6.918, 0.0005);
  EXPECT_NEAR(change->z, 2.8246, 0.00005);
  EXPECT_NEAR(change->p_value, 0.00473, 0.000005);
}

TEST(ChangeTest, PValueIsTwoSided) {
  EXPECT_EQ(PValue(0), 1);
  EXPECT_NEAR(PValue(1.959963984540054), 0.05, 1e-12);
  EXPECT_EQ(PValue(-2), PValue(2));
  EXPECT_GT(PValue(30), 0) << "erfc keeps what 1 - erf would lose";
}

TEST(ChangeTest, SidesTurnedTurnTheSign) {
  const auto a = TestChange(NpsSide(20, 5, 5), NpsSide(9, 8, 3)), b = TestChange(NpsSide(9, 8, 3), NpsSide(20, 5, 5));
  EXPECT_DOUBLE_EQ(a->difference, -b->difference);
  EXPECT_DOUBLE_EQ(a->interval.low, -b->interval.high);
  EXPECT_DOUBLE_EQ(a->p_value, b->p_value);
}

TEST(ChangeTest, AgainstItselfThereIsNoChange) {
  const auto same = TestChange(NpsSide(20, 5, 5), NpsSide(20, 5, 5));
  EXPECT_EQ(same->difference, 0);
  EXPECT_EQ(same->p_value, 1);
}

TEST(ChangeTest, ProportionsHaveTheIntervalOfAgrestiAndCaffo) {
  // (7+1)/(10+2) − (1+1)/(10+2) = 0.5; √(p₁q₁/12 + p₂q₂/12)
  const auto change = TestChange(PercentSide(7, 10), PercentSide(1, 10));
  const double p1 = 8.0 / 12, p2 = 2.0 / 12;
  EXPECT_NEAR(change->difference, 100 * (p1 - p2), 1e-9);
  EXPECT_NEAR(change->interval.high - change->difference,
              100 * 1.959963984540054 * std::sqrt(p1 * (1 - p1) / 12 + p2 * (1 - p2) / 12), 1e-9);
}

TEST(ChangeTest, ThatEverybodyAgreesOnBothSidesIsNoProof) {
  const auto change = TestChange(PercentSide(2, 2), PercentSide(0, 2));
  EXPECT_GT(change->p_value, 0.05);
  EXPECT_LT(TestChange(PercentSide(30, 30), PercentSide(0, 30))->p_value, 0.001);
}

TEST(ChangeTest, MoreAnswersOfTheSameMixNeverWeakenTheProof) {
  double p = 1;
  for (int64_t k : {1, 10, 100, 1000}) {
    const auto change = TestChange(NpsSide(5 * k, 3 * k, 2 * k), NpsSide(4 * k, 3 * k, 3 * k));
    EXPECT_LT(change->p_value, p);
    p = change->p_value;
  }
}

TEST(ChangeTest, WithoutRoomForChanceThereIsNothingToTest) { EXPECT_FALSE(TestChange({50, 0}, {50, 0})); }

}  // namespace
}  // namespace hoiam::scoring
