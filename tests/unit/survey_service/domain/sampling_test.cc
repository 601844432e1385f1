#include "survey_service/domain/sampling.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam::survey {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using Kind = SampleProblem::Kind;

// F12.
const std::vector<StratumWeight> kVector = {{5000, .9}, {3000, .7}, {2000, .5}};

TEST(SamplingTest, SharesAreThoseOfTheVector) {
  EXPECT_THAT(Quotas(AllocationRule::kNeyman, kVector, 60),
              ElementsAre(DoubleNear(35.53, .005), DoubleNear(16.58, .005), DoubleNear(7.89, .005)));
  EXPECT_THAT(Quotas(AllocationRule::kProportional, kVector, 60),
              ElementsAre(DoubleNear(30, 1e-9), DoubleNear(18, 1e-9), DoubleNear(12, 1e-9)));
  EXPECT_THAT(Places(AllocationRule::kNeyman, kVector, 60), ElementsAre(35, 17, 8));
  EXPECT_THAT(Places(AllocationRule::kProportional, kVector, 60), ElementsAre(30, 18, 12));
}

TEST(SamplingTest, WhatAStratumCannotHoldIsDealtOutToTheOthers) {
  // 10 of 12 by deviation would come from the first, which has 4 people.
  EXPECT_THAT(Places(AllocationRule::kNeyman, {{4, 100}, {40, 1}, {20, 1}}, 12), ElementsAre(4, 5, 3));
  EXPECT_THAT(Places(AllocationRule::kProportional, {{1, 1}, {1, 1}, {10'000, 1}}, 10), ElementsAre(1, 1, 8));
}

TEST(SamplingTest, TheSmallestAndTheLargestSampleFit) {
  EXPECT_THAT(Places(AllocationRule::kProportional, kVector, 3), ElementsAre(1, 1, 1));
  EXPECT_THAT(Places(AllocationRule::kNeyman, kVector, 10'000), ElementsAre(5000, 3000, 2000));
  EXPECT_THAT(Places(AllocationRule::kNeyman, {{7, 3}}, 5), ElementsAre(5));
}

TEST(SamplingTest, EqualRemaindersGoToTheFirstStratum) {
  EXPECT_THAT(Places(AllocationRule::kProportional, {{10, 1}, {10, 1}, {10, 1}}, 4), ElementsAre(2, 1, 1));
}

std::vector<StratumWeight> RandomStrata(std::mt19937& random) {
  std::vector<StratumWeight> out(1 + random() % 12);
  for (auto& s : out)
    s = {1 + static_cast<int64_t>(random() % (random() % 4 ? 2000 : 3)), .01 + (random() % 1000) / 100.};
  return out;
}

int64_t Everybody(const std::vector<StratumWeight>& strata) {
  return std::accumulate(strata.begin(), strata.end(), int64_t{0}, [](int64_t n, auto& s) { return n + s.population; });
}

TEST(SamplingTest, PlacesSumToTheSizeWithinTheBoundsOfEveryStratumAndLieBesideTheirShare) {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    const auto strata = RandomStrata(random);
    const int64_t least = static_cast<int64_t>(strata.size()), all = Everybody(strata);
    const int64_t size = least + static_cast<int64_t>(random() % (all - least + 1));
    for (const auto rule : {AllocationRule::kProportional, AllocationRule::kNeyman}) {
      const auto quotas = Quotas(rule, strata, size);
      const auto places = Places(rule, strata, size);
      ASSERT_EQ(std::accumulate(places.begin(), places.end(), int64_t{0}), size);
      for (size_t h = 0; h < strata.size(); ++h) {
        ASSERT_GE(places[h], 1);
        ASSERT_LE(places[h], strata[h].population);
        ASSERT_LT(std::abs(static_cast<double>(places[h]) - quotas[h]), 1);
      }
    }
  }
}

TEST(SamplingTest, ALargerSampleNeverTakesAShareFromAStratum) {
  std::mt19937 random(8);
  for (int i = 0; i < 100; ++i) {
    const auto strata = RandomStrata(random);
    const int64_t all = Everybody(strata), step = 1 + all / 50;
    auto before = Quotas(AllocationRule::kNeyman, strata, static_cast<int64_t>(strata.size()));
    for (int64_t size = static_cast<int64_t>(strata.size()) + step; size <= all; size += step) {
      const auto quotas = Quotas(AllocationRule::kNeyman, strata, size);
      for (size_t h = 0; h < strata.size(); ++h) ASSERT_GE(quotas[h], before[h] - 1e-6);
      before = quotas;
    }
  }
}

TEST(SamplingTest, AMoreVariedStratumNeverGetsFewerPlaces) {
  for (int64_t size = 3; size < 5000; size += 41) {
    double before = 0;
    for (double deviation = .1; deviation < 5; deviation += .1) {
      const double now = Quotas(AllocationRule::kNeyman, {{5000, deviation}, {3000, .7}, {2000, .5}}, size)[0];
      ASSERT_GE(now, before - 1e-6);
      before = now;
    }
  }
}

SamplePlan PlanOf(int64_t size, uint64_t seed = 42) {
  SamplePlan plan;
  plan.size = size;
  plan.seed = seed;
  return plan;
}

TEST(SamplingTest, WhatCannotBeDealtOutIsSaidWithItsStratum) {
  std::vector<DrawnStratum> out;
  const std::map<std::string, int64_t> people = {{"", 3}, {"VIP", 10}, {"Mới", 20}};
  EXPECT_EQ(Deal(PlanOf(5), {}, out).kind, Kind::kEmptyPopulation);
  EXPECT_EQ(Deal(PlanOf(33), people, out).kind, Kind::kNone);
  const SampleProblem larger = Deal(PlanOf(34), people, out);
  EXPECT_EQ(larger.kind, Kind::kLargerThanPopulation);
  EXPECT_EQ(larger.population, 33);
  EXPECT_EQ(Deal(PlanOf(3), people, out).kind, Kind::kNone);
  EXPECT_EQ(Deal(PlanOf(2), people, out).kind, Kind::kFewerPlacesThanStrata);

  SamplePlan fixed = PlanOf(15);
  fixed.rule = AllocationRule::kFixed;
  fixed.fixed = {{"VIP", 10}, {"Mới", 5}};
  EXPECT_EQ(Deal(fixed, people, out).kind, Kind::kNone);
  EXPECT_EQ(out.at(0).places, 0);  // not named: nobody of it is asked
  fixed.fixed["VIP"] = 11;
  const SampleProblem full = Deal(fixed, people, out);
  EXPECT_EQ(full.kind, Kind::kLargerThanStratum);
  EXPECT_EQ(full.stratum, "VIP");
  EXPECT_EQ(full.population, 10);
  fixed.fixed["Vang"] = 1;
  EXPECT_EQ(Deal(fixed, people, out).stratum, "VIP");
  fixed.fixed["VIP"] = 1;
  EXPECT_EQ(Deal(fixed, people, out).kind, Kind::kUnknownStratum);

  SamplePlan neyman = PlanOf(15);
  neyman.rule = AllocationRule::kNeyman;
  neyman.deviation = {{"Nobody", 2}};
  EXPECT_EQ(Deal(neyman, people, out).kind, Kind::kUnknownStratum);
}

TEST(SamplingTest, ReplacementsAreAShareOfThePlacesRoundedUpAndNeverMoreThanThereAre) {
  std::vector<DrawnStratum> out;
  SamplePlan plan = PlanOf(11);
  plan.rule = AllocationRule::kFixed;
  plan.fixed = {{"a", 6}, {"b", 4}, {"c", 1}};
  ASSERT_EQ(Deal(plan, {{"a", 100}, {"b", 4}, {"c", 3}}, out).kind, Kind::kNone);
  EXPECT_EQ(out[0].replacements, 2);  // 1.2
  EXPECT_EQ(out[1].replacements, 0);
  EXPECT_EQ(out[2].replacements, 1);
  plan.replacement_percent = 0;
  ASSERT_EQ(Deal(plan, {{"a", 100}, {"b", 4}, {"c", 3}}, out).kind, Kind::kNone);
  EXPECT_EQ(out[0].replacements, 0);
}

TEST(SamplingTest, ARankIsWhatAShellComputes) {
  // printf '42\0C1' | sha256sum
  EXPECT_EQ(Rank(42, "C1"), 0xc7a06c901bff7d33ULL);
  EXPECT_NE(Rank(42, "C1"), Rank(43, "C1"));
}

struct Somebody {
  std::string id, stratum;
};

std::vector<Somebody> People(int n) {
  std::vector<Somebody> out;
  for (int i = 0; i < n; ++i) out.push_back({absl::StrCat("C", i), i % 10 == 0 ? "VIP" : i % 3 ? "Mới" : "Cũ"});
  return out;
}

std::vector<std::string> Drawn(const Draw& draw) {
  std::vector<std::string> out;
  for (size_t i = 0; i < draw.strata().size(); ++i)
    for (const DrawnPerson& p : draw.people(i))
      out.push_back(absl::StrCat(draw.strata()[i].stratum, ":", p.customer_id));
  return out;
}

std::vector<std::string> DrawFrom(const std::vector<Somebody>& people, const SamplePlan& plan, double keep = 2) {
  Draw draw(plan, keep);
  for (const Somebody& p : people) draw.Offer(p.stratum, p.id);
  EXPECT_EQ(draw.Finish().kind, Kind::kNone);
  EXPECT_TRUE(draw.complete());
  return Drawn(draw);
}

// The definition, without any economy.
std::vector<std::string> ByDefinition(const std::vector<Somebody>& people, const SamplePlan& plan) {
  std::map<std::string, std::vector<std::pair<uint64_t, std::string>>> by_stratum;
  std::map<std::string, int64_t> populations;
  for (const Somebody& p : people) {
    by_stratum[p.stratum].emplace_back(Rank(plan.seed, p.id), p.id);
    ++populations[p.stratum];
  }
  std::vector<DrawnStratum> strata;
  EXPECT_EQ(Deal(plan, populations, strata).kind, Kind::kNone);
  std::vector<std::string> out;
  for (const DrawnStratum& s : strata) {
    auto& all = by_stratum[s.stratum];
    std::sort(all.begin(), all.end());
    for (int64_t i = 0; i < s.places + s.replacements; ++i)
      out.push_back(absl::StrCat(s.stratum, ":", all[static_cast<size_t>(i)].second));
  }
  return out;
}

TEST(SamplingTest, TheSameSeedDrawsTheSamePeopleInWhateverOrderTheyCome) {
  auto people = People(60'000);
  const SamplePlan plan = PlanOf(200);
  const auto drawn = ByDefinition(people, plan);
  EXPECT_EQ(DrawFrom(people, plan), drawn);
  std::reverse(people.begin(), people.end());
  EXPECT_EQ(DrawFrom(people, plan), drawn);
  std::mt19937 random(1);
  std::shuffle(people.begin(), people.end(), random);
  EXPECT_EQ(DrawFrom(people, plan), drawn);
  // One stratum after the other: shares fall while the later ones come.
  std::stable_sort(people.begin(), people.end(), [](auto& a, auto& b) { return a.stratum < b.stratum; });
  EXPECT_EQ(DrawFrom(people, plan), drawn);
  EXPECT_NE(DrawFrom(people, PlanOf(200, 43)), drawn);
}

TEST(SamplingTest, EveryRuleDrawsByTheDefinitionInBoundedMemory) {
  const auto people = People(120'000);
  SamplePlan fixed = PlanOf(510);
  fixed.rule = AllocationRule::kFixed;
  fixed.fixed = {{"VIP", 500}, {"Cũ", 10}};
  SamplePlan neyman = PlanOf(500);
  neyman.rule = AllocationRule::kNeyman;
  neyman.deviation = {{"VIP", 9}, {"Mới", .1}};
  neyman.replacement_percent = 100;
  for (const SamplePlan& plan : {PlanOf(500), fixed, neyman}) {
    Draw draw(plan);
    size_t most = 0;
    for (const Somebody& p : people) {
      draw.Offer(p.stratum, p.id);
      most = std::max(most, draw.kept());
    }
    ASSERT_EQ(draw.Finish().kind, Kind::kNone);
    EXPECT_TRUE(draw.complete());
    EXPECT_EQ(Drawn(draw), ByDefinition(people, plan));
    EXPECT_LT(most, 20 * 510u);  // not 120,000
  }
}

TEST(SamplingTest, ADrawThatKeptTooFewSaysSoAndOneThatKeepsMoreMakesItGood) {
  const auto people = People(60'000);
  const SamplePlan plan = PlanOf(1000);
  Draw stingy(plan, .1);
  for (const Somebody& p : people) stingy.Offer(p.stratum, p.id);
  ASSERT_EQ(stingy.Finish().kind, Kind::kNone);
  EXPECT_FALSE(stingy.complete());
  EXPECT_EQ(DrawFrom(people, plan, 4), ByDefinition(people, plan));
}

TEST(SamplingTest, EverybodyOfAStratumIsDrawnEquallyOften) {
  // 400 draws of 20 out of 100: each person is expected 80 times, σ = 8.
  std::map<std::string, int> times;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SamplePlan plan = PlanOf(20, seed);
    plan.replacement_percent = 0;
    Draw draw(plan);
    for (int i = 0; i < 100; ++i) draw.Offer("", absl::StrCat("C", i));
    ASSERT_EQ(draw.Finish().kind, Kind::kNone);
    for (const DrawnPerson& p : draw.people(0)) ++times[p.customer_id];
  }
  double chi = 0;
  for (int i = 0; i < 100; ++i) chi += std::pow(times[absl::StrCat("C", i)] - 80., 2) / 80;
  EXPECT_LT(chi, 0.8 * 149);  // 99.9 % of χ² with 99 degrees of freedom, times the share of those not drawn
}

}  // namespace
}  // namespace hoiam::survey
