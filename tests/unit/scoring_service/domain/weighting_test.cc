#include "scoring_service/domain/weighting.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace hoiam::scoring {
namespace {

WeightedCounts Net(int64_t d, int64_t s, int64_t p) { return {{-1000, d}, {0, s}, {1000, p}}; }

TEST(PostStratifyTest, EachStratumCountsByItsPeople) {
  // 100 of 1000 people: NPS 50; 50 of 3000: NPS −20. W = ¼, ¾.
  const auto w = PostStratify({{Net(10, 30, 60), 1000}, {Net(20, 20, 10), 3000}});
  EXPECT_EQ(w->figure.value, -2.5);
  EXPECT_THAT(w->weights, ::testing::ElementsAre(0.25, 0.75));
  const double v1 = 1e4 * (0.7 - 0.25), v2 = 1e4 * (0.6 - 0.04);                            // F2
  const double se = std::sqrt(v1 / 16 / 100 * 0.9 + v2 * 9 / 16 / 50 * (1 - 50.0 / 3000));  // F11
  EXPECT_NEAR(w->figure.interval.high, -2.5 + 1.959963984540054 * se, 1e-9);
  EXPECT_NEAR(w->figure.interval.low, -2.5 - 1.959963984540054 * se, 1e-9);
  EXPECT_NEAR(w->figure.effective_n, 1 / (1 / 1600.0 + 9 / 800.0), 1e-9);
}

TEST(PostStratifyTest, StrataAskedInProportionGiveTheUnweightedScore) {
  std::mt19937 rng(3);
  for (int round = 0; round < 500; ++round) {
    std::vector<Stratum> strata;
    WeightedCounts all = Net(0, 0, 0);
    int64_t n = 0;
    for (int h = 0; h < 4; ++h) {
      const WeightedCounts said = Net(rng() % 9, rng() % 9, 1 + rng() % 9);
      int64_t answers = 0;
      for (int i = 0; i < 3; ++i) {
        all[i].count += said[i].count;
        answers += said[i].count;
      }
      n += answers;
      strata.push_back({said, answers * 50});
    }
    const auto w = PostStratify(strata);
    EXPECT_NEAR(w->figure.value, *WeightedScore(all), 0.0011);
    EXPECT_NEAR(w->figure.effective_n, static_cast<double>(n), 1e-6);
  }
}

TEST(PostStratifyTest, SilentStrataHaveNoWeightAndAllSilentNoScore) {
  const auto w = PostStratify({{Net(0, 0, 5), 10}, {Net(0, 0, 0), 1'000'000}});
  EXPECT_EQ(w->figure.value, 100);
  EXPECT_THAT(w->weights, ::testing::ElementsAre(1, 0));
  EXPECT_FALSE(PostStratify({{Net(0, 0, 0), 10}}));
  EXPECT_FALSE(PostStratify({}));
}

TEST(PostStratifyTest, WhoAskedEverybodyKnowsTheScore) {
  const auto w = PostStratify({{Net(2, 3, 5), 10}});
  EXPECT_NEAR(w->figure.interval.high - w->figure.interval.low, 0, 1e-9);
}

TEST(PostStratifyTest, AgreementOfAFewIsNotAgreementOfAll) {
  const auto w = PostStratify({{Net(0, 0, 5), 1000}});
  EXPECT_LT(w->figure.interval.low, 90);
  EXPECT_EQ(w->figure.interval.high, 100);
}

TEST(PostStratifyTest, MoreAnswersThanPeopleDoNotMakeItCertain) {
  const auto w = PostStratify({{Net(20, 30, 50), 10}});
  EXPECT_GT(w->figure.interval.high - w->figure.interval.low, 10);
}

TEST(WeighByMoneyTest, EachAnswerCountsByItsMoney) {
  const auto w = WeighByMoney({{1000, 3}, {-1000, 1}, {0, 1}}, Net(0, 0, 0));
  EXPECT_EQ(w->value, 40);
  EXPECT_NEAR(w->effective_n, 25.0 / 11, 1e-12);
  EXPECT_LT(w->interval.low, 40);
  EXPECT_EQ(w->interval.high, 100);
}

TEST(WeighByMoneyTest, EqualMoneyGivesTheUnweightedScoreAndCountsEveryAnswer) {
  std::mt19937 rng(5);
  for (int round = 0; round < 300; ++round) {
    const WeightedCounts said = Net(rng() % 20, rng() % 20, 1 + rng() % 20);
    std::vector<WeightedAnswer> answers;
    for (const WeightedCount& p : said)
      for (int64_t i = 0; i < p.count; ++i) answers.push_back({p.weight, 12.5});
    const auto w = WeighByMoney(answers, said);
    EXPECT_EQ(w->value, *WeightedScore(said));
    EXPECT_NEAR(w->effective_n, static_cast<double>(answers.size()), 1e-6);
  }
}

TEST(WeighByMoneyTest, OneBigCustomerMakesTheEffectiveNumberSmall) {
  std::vector<WeightedAnswer> answers(100, {1000, 1.0});
  answers.push_back({-1000, 1e6});
  EXPECT_LT(WeighByMoney(answers, Net(0, 0, 0))->effective_n, 1.001);
}

TEST(WeighByMoneyTest, WhenAllSayTheSameTheIntervalStillHasAWidth) {
  const auto w = WeighByMoney({{1000, 1}, {1000, 2}}, Net(0, 0, 0));
  EXPECT_EQ(w->value, 100);
  EXPECT_LT(w->interval.low, 60);
  EXPECT_EQ(w->interval.high, 100);
  EXPECT_FALSE(WeighByMoney({}, Net(0, 0, 0)));
}

}  // namespace
}  // namespace hoiam::scoring
