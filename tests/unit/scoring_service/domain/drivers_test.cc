#include "scoring_service/domain/drivers.h"

#include <gmock/gmock.h>

#include <random>

#include "scoring_service/domain/tallies.h"

namespace hoiam::scoring {
namespace {

const MetricView kNpsView = {{FindBuiltin(kNps)}, Formula::kNet};

TallyByVersion Scores(const std::vector<std::pair<int, int64_t>>& counts) {
  Tally tally;
  for (const auto& [score, count] : counts) tally.counts[score] += count;
  return {{1, tally}};
}

std::vector<RankedDriver> Ranked(const TallyByVersion& all, const std::vector<DriverCounts>& drivers,
                                 ParetoBy by = ParetoBy::kCount, const std::string& currency = "") {
  return RankDrivers(kNpsView, all, drivers, by, currency);
}

TEST(DriversTest, ImpactIsTheScoreOfAllLessTheScoreWithoutTheDriver) {
  // 10 promoters, 5 detractors: NPS 33.333. Without the 4 detractors that waited: 10 and 1 of 11: 81.818.
  const auto ranked = Ranked(Scores({{9, 10}, {2, 5}}), {{"late", Scores({{2, 4}})}});
  ASSERT_EQ(ranked.size(), 1);
  EXPECT_EQ(ranked[0].impact, -48.485);
  EXPECT_EQ(ranked[0].unhappy, 4);
}

TEST(DriversTest, ADriverThatEverybodyHasSaysNothingOfItsImpact) {
  EXPECT_EQ(Ranked(Scores({{9, 2}}), {{"price", Scores({{9, 2}})}})[0].impact, std::nullopt);
}

TEST(DriversTest, TheVitalFewAreTheFewestThatReachEightyPercent) {
  const TallyByVersion all = Scores({{0, 100}, {10, 50}});
  const auto ranked = Ranked(all, {{"c", Scores({{0, 10}})},
                                   {"a", Scores({{0, 50}})},
                                   {"d", Scores({{0, 10}})},
                                   {"b", Scores({{0, 30}})},
                                   {"happy", Scores({{10, 50}})}});
  std::vector<std::string> order;
  for (const RankedDriver& r : ranked) order.push_back(r.driver);
  EXPECT_THAT(order, ::testing::ElementsAre("a", "b", "c", "d", "happy"));
  EXPECT_EQ(ranked[0].percent, 50);
  EXPECT_EQ(ranked[1].cumulative, 80);
  EXPECT_TRUE(ranked[0].vital);
  EXPECT_TRUE(ranked[1].vital);
  EXPECT_FALSE(ranked[2].vital) << "two reach 80 % already";
  EXPECT_EQ(ranked[3].cumulative, 100);
  EXPECT_FALSE(ranked[4].vital);
  EXPECT_GT(*ranked[4].impact, 0);
}

TEST(DriversTest, OrdersByTheMoneyOfUnhappyAnswersOfOneCurrency) {
  TallyByVersion many = Scores({{0, 9}}), few = Scores({{0, 1}, {10, 1}});
  many[1].money["VND"][0].revenue = *Decimal::ParseAmount("100");
  many[1].money["USD"][0].revenue = *Decimal::ParseAmount("999");
  few[1].money["VND"][0].revenue = *Decimal::ParseAmount("300");
  few[1].money["VND"][0].cost = *Decimal::ParseAmount("1");
  few[1].money["VND"][10].revenue = *Decimal::ParseAmount("5000");  // of a promoter
  TallyByVersion all;
  MergeInto(all, many);
  MergeInto(all, few);
  const std::vector<DriverCounts> drivers = {{"many", many}, {"few", few}};
  auto ranked = Ranked(all, drivers, ParetoBy::kRevenue, "VND");
  EXPECT_EQ(ranked[0].driver, "few");
  EXPECT_EQ(ranked[0].percent, 75);
  EXPECT_EQ(ranked[1].cumulative, 100);
  ranked = Ranked(all, drivers, ParetoBy::kCost, "VND");
  EXPECT_EQ(ranked[0].percent, 100);
  EXPECT_FALSE(ranked[1].vital) << "it cost nothing";
  EXPECT_EQ(Ranked(all, drivers, ParetoBy::kRevenue, "EUR")[0].percent, 0) << "nothing of that currency";
}

TEST(DriversTest, WhatIsWithheldComesLastAndTellsNothing) {
  const auto ranked = Ranked(Scores({{0, 20}, {10, 20}}), {{"team-a", Scores({{0, 4}}), /*withheld=*/true},
                                                           {"team-b", Scores({{0, 16}, {10, 20}})}});
  EXPECT_EQ(ranked[0].driver, "team-b");
  EXPECT_EQ(ranked[0].percent, 100);
  EXPECT_EQ(ranked[1].driver, "team-a");
  EXPECT_EQ(ranked[1].unhappy, 0);
  EXPECT_EQ(ranked[1].impact, std::nullopt);
  EXPECT_EQ(ranked[1].percent, 0);
  EXPECT_EQ(ranked[1].cumulative, 0);
}

TEST(DriversTest, SharesNeverFallFromTheLargestOnAndEndAtAHundred) {
  std::mt19937 random(11);
  for (int round = 0; round < 50; ++round) {
    TallyByVersion all;
    std::vector<DriverCounts> drivers;
    for (int d = 0; d < 8; ++d) {
      TallyByVersion one = Scores({{static_cast<int>(random() % 7), 1 + random() % 30}, {9, random() % 30}});
      MergeInto(all, one);
      drivers.push_back({std::string(1, static_cast<char>('a' + d)), std::move(one)});
    }
    double before = 0, last_percent = 100;
    bool vital = true;
    for (const RankedDriver& r : Ranked(all, drivers)) {
      EXPECT_GE(r.cumulative, before);
      EXPECT_LE(r.percent, last_percent);
      EXPECT_TRUE(vital || !r.vital) << "the vital ones are the first";
      EXPECT_EQ(r.vital, before < 80) << before;
      before = r.cumulative;
      last_percent = r.percent;
      vital = r.vital;
    }
    EXPECT_EQ(before, 100);
  }
}

TEST(TalliesTest, TakingApartUndoesPuttingTogether) {
  TallyByVersion all = Scores({{1, 3}, {9, 4}});
  MergeInto(all, Scores({{1, 2}, {5, 1}}));
  const TallyByVersion rest = Without(all, Scores({{1, 2}, {5, 1}}));
  EXPECT_EQ(rest.at(1).counts, Scores({{1, 3}, {9, 4}}).at(1).counts);
}

}  // namespace
}  // namespace hoiam::scoring
