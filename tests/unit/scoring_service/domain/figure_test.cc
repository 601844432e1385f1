#include "scoring_service/domain/figure.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace hoiam::scoring {
namespace {

WeightedCounts Net(int64_t d, int64_t s, int64_t p) { return {{-1000, d}, {0, s}, {1000, p}}; }
WeightedCounts Proportion(int64_t top, int64_t n) { return {{0, n - top}, {1000, top}}; }

TEST(FigureTest, NpsIsPromotersMinusDetractorsInPercent) {
  EXPECT_EQ(WeightedScore(Net(6, 13, 32)), 50.980);  // F1
  EXPECT_EQ(WeightedScore(Net(1, 0, 0)), -100);
}

TEST(FigureTest, NpsVarianceIsThatOfTheRequirements) {
  const auto m = RawMoments(Net(200, 300, 500));  // F2: 30 ± 4.841
  EXPECT_DOUBLE_EQ(m->mean, 30);
  EXPECT_NEAR(1.959964 * std::sqrt(m->variance / m->n), 4.841, 0.0005);
  EXPECT_EQ(RawMoments(Net(0, 0, 10))->variance, 0) << "which is why intervals are made from adjusted moments";
}

TEST(FigureTest, AdjustedWaldHasTheVectorsOfTheRequirements) {
  struct {
    int64_t p, s, d;
    double centre, low, high;
  } const vectors[] = {{32, 13, 6, 48.148, 29.295, 67.001}, {10, 0, 0, 76.923, 47.504, 100},
                       {5, 3, 2, 23.077, -19.051, 65.205},  {500, 300, 200, 29.910, 25.077, 34.743},
                       {0, 7, 0, 0, -24.005, 24.005},       {0, 0, 1, -25, -98.499, 48.499}};
  for (const auto& v : vectors) {
    const auto f = FigureOf(Net(v.d, v.s, v.p));
    EXPECT_EQ(f->method, IntervalMethod::kAdjustedWald);
    EXPECT_NEAR(f->test.mean, v.centre, 0.0005) << v.p;
    EXPECT_NEAR(f->interval.low, v.low, 0.0011) << v.p;
    EXPECT_NEAR(f->interval.high, v.high, 0.0011) << v.p;
    EXPECT_EQ(f->test.n, v.p + v.s + v.d + 3);
  }
}

TEST(FigureTest, APercentageHasWilsonsInterval) {
  const auto f = FigureOf(Proportion(45, 51));  // F5, F7
  EXPECT_EQ(f->value, 88.235);
  EXPECT_EQ(f->method, IntervalMethod::kWilson);
  EXPECT_NEAR(f->interval.low, 76.619, 0.0005);
  EXPECT_NEAR(f->interval.high, 94.495, 0.0005);
}

TEST(FigureTest, CesHasThreeVariants) {
  const int64_t n[] = {80, 210, 140, 110, 160, 180, 120};  // F8, scores 1–7
  Counts counts{};
  for (int s = 1; s <= 7; ++s) counts[s] = n[s - 1];
  EXPECT_EQ(MeanOf(counts, 1, 7)->value, 4.08);
  EXPECT_EQ(WeightedScore({{0, n[0] + n[1] + n[2]}, {0, n[3]}, {1000, n[4] + n[5] + n[6]}}), 46.0);
  EXPECT_EQ(WeightedScore({{-1000, n[0] + n[1] + n[2]}, {0, n[3] + n[4]}, {1000, n[5] + n[6]}}), -13.0);
}

TEST(FigureTest, NoAnswersAreNoFigure) {
  EXPECT_EQ(WeightedScore(Net(0, 0, 0)), std::nullopt);
  EXPECT_EQ(WeightedScore({}), std::nullopt);
  EXPECT_FALSE(RawMoments(Net(0, 0, 0)));
  EXPECT_FALSE(AdjustedMoments(Net(0, 0, 0)));
  EXPECT_FALSE(FigureOf(Proportion(0, 0)));
  EXPECT_FALSE(MeanOf(Counts{}, 1, 5));
}

TEST(FigureTest, OtherWeightsGetThreeImaginedAnswersSpreadEvenly) {
  const WeightedCounts parts = {{-500, 2}, {250, 3}, {800, 5}};
  const auto m = AdjustedMoments(parts);
  EXPECT_DOUBLE_EQ(m->n, 13);
  EXPECT_NEAR(m->mean, (-50.0 * 3 + 25 * 4 + 80 * 6) / 13, 1e-9);
  EXPECT_EQ(WeightedScore(parts), 37.5);
}

TEST(FigureTest, VersionsOfAMetricAddUpPartByPart) {
  // 4 answers by version 1 (7–8 passive), 6 by version 2, where a middle answer counts half.
  const WeightedCounts both = {{-1000, 1}, {0, 2}, {1000, 1}, {-1000, 2}, {500, 2}, {1000, 2}};
  EXPECT_EQ(WeightedScore(both), 10.0);
  WeightedCounts turned(both.rbegin(), both.rend());
  EXPECT_EQ(WeightedScore(turned), WeightedScore(both));
  EXPECT_EQ(FigureOf(turned)->interval.low, FigureOf(both)->interval.low);
}

TEST(FigureTest, AddingToTheBestPartNeverLowersAndAddingToTheWorstNeverRaisesTheScore) {
  for (const auto& weights : {std::vector<int>{-1000, 0, 1000}, {0, 0, 1000}, {-1000, -333, 0, 125, 1000}}) {
    std::mt19937 rng(7);
    for (int round = 0; round < 2000; ++round) {
      WeightedCounts parts;
      for (int w : weights) parts.push_back({w, static_cast<int64_t>(rng() % 20)});
      const auto score = WeightedScore(parts);
      if (!score) continue;
      WeightedCounts better = parts, worse = parts;
      ++better.back().count;
      ++worse.front().count;
      EXPECT_GE(*WeightedScore(better), *score);
      EXPECT_LE(*WeightedScore(worse), *score);
    }
  }
}

TEST(FigureTest, IntervalsLieWithinTheScaleAndNarrowWithMoreAnswers) {
  for (const WeightedCounts& parts : {Net(1, 0, 0), Net(0, 0, 1), Net(2, 3, 5), Proportion(0, 1), Proportion(1, 1),
                                      Proportion(3, 10), WeightedCounts{{-500, 1}, {0, 1}, {800, 0}}}) {
    double width = 1e9;
    for (int64_t k : {1, 10, 100, 1000, 1'000'000}) {
      WeightedCounts more = parts;
      for (WeightedCount& p : more) p.count *= k;
      const auto f = FigureOf(more);
      EXPECT_GE(f->interval.low, parts.front().weight / 10.0);
      EXPECT_LE(f->interval.high, parts.back().weight / 10.0);
      EXPECT_LT(f->interval.high - f->interval.low, width);
      width = f->interval.high - f->interval.low;
      EXPECT_GT(width, 0) << "also when everybody agrees";
    }
  }
}

TEST(FigureTest, FromTwoAnswersOnTheIntervalHoldsTheScore) {
  for (int64_t p = 0; p <= 15; ++p)
    for (int64_t s = 0; s <= 15; ++s)
      for (int64_t d = 0; d <= 15; ++d) {
        if (p + s + d < 2) continue;
        const auto f = FigureOf(Net(d, s, p));
        EXPECT_LE(f->interval.low, f->value + 0.0005) << p << "," << s << "," << d;
        EXPECT_GE(f->interval.high, f->value - 0.0005) << p << "," << s << "," << d;
        const auto top = FigureOf(Proportion(p, p + s + d));
        EXPECT_LE(top->interval.low, top->value + 0.0005);
        EXPECT_GE(top->interval.high, top->value - 0.0005);
      }
}

TEST(FigureTest, AMeanHasTheNormalInterval) {
  Counts counts{};
  counts[3] = 10, counts[5] = 10;
  const auto f = MeanOf(counts, 1, 5);
  EXPECT_EQ(f->value, 4);
  EXPECT_EQ(f->method, IntervalMethod::kNormal);
  const double half = 1.959964 * std::sqrt(20.0 / 19 / 20);
  EXPECT_NEAR(f->interval.low, 4 - half, 1e-6);
  EXPECT_NEAR(f->interval.high, 4 + half, 1e-6);
}

TEST(FigureTest, AMeanOfAnswersThatAllAgreeStillHasAWidthAndOfOneAnswerTheWholeScale) {
  Counts counts{};
  counts[4] = 1;
  EXPECT_EQ(MeanOf(counts, 1, 5)->interval.low, 1);
  EXPECT_EQ(MeanOf(counts, 1, 5)->interval.high, 5);
  counts[4] = 10;
  const auto ten = MeanOf(counts, 1, 5);
  EXPECT_LT(ten->interval.low, 4);
  EXPECT_GT(ten->interval.low, 3.5);
  counts[4] = 1000;
  EXPECT_GT(MeanOf(counts, 1, 5)->interval.low, ten->interval.low);
}

}  // namespace
}  // namespace hoiam::scoring
