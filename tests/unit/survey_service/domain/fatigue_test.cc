#include "survey_service/domain/fatigue.h"

#include <gtest/gtest.h>

namespace hoiam::survey {
namespace {

const absl::Time kAsked = absl::FromUnixSeconds(1'790'000'000);
const FatiguePolicy kPolicy;

FatigueDecision Decide(const std::vector<Ask>& asks, absl::string_view survey, absl::Time now) {
  return DecideFatigue(asks, survey, kPolicy, now);
}

TEST(FatigueTest, SomebodyNeverAskedMayBeAsked) {
  const auto d = Decide({}, "nps", kAsked);
  EXPECT_EQ(d.rule, FatigueRule::kAllowed);
  EXPECT_FALSE(d.eligible_at);
}

TEST(FatigueTest, TheFloorHoldsOverAnySurveyAndOpensExactlyAfterADay) {
  const std::vector<Ask> asks = {{"csat", "", kAsked}};
  const auto d = Decide(asks, "nps", kAsked);
  EXPECT_EQ(d.rule, FatigueRule::kFloor);
  ASSERT_EQ(d.eligible_at, kAsked + absl::Hours(24));
  EXPECT_EQ(Decide(asks, "nps", *d.eligible_at - absl::Nanoseconds(1)).rule, FatigueRule::kFloor);
  EXPECT_EQ(Decide(asks, "nps", *d.eligible_at).rule, FatigueRule::kAllowed);
}

TEST(FatigueTest, TheWindowHoldsForTheSameSurveyAndOpensExactly) {
  const std::vector<Ask> asks = {{"nps", "", kAsked}};
  const auto d = Decide(asks, "nps", kAsked + absl::Hours(25));
  EXPECT_EQ(d.rule, FatigueRule::kWindow);
  ASSERT_EQ(d.eligible_at, kAsked + kTransactionalWindow);
  EXPECT_EQ(Decide(asks, "nps", *d.eligible_at - absl::Nanoseconds(1)).rule, FatigueRule::kWindow);
  EXPECT_EQ(Decide(asks, "nps", *d.eligible_at).rule, FatigueRule::kAllowed);
  EXPECT_EQ(Decide(asks, "csat", kAsked + absl::Hours(25)).rule, FatigueRule::kAllowed);
}

TEST(FatigueTest, OfTwoRulesTheOneThatOpensLastIsNamed) {
  const std::vector<Ask> asks = {{"nps", "", kAsked - absl::Hours(24 * 29 + 12)}, {"csat", "", kAsked}};
  const auto d = Decide(asks, "nps", kAsked + absl::Hours(1));
  EXPECT_EQ(d.rule, FatigueRule::kFloor);
  EXPECT_EQ(d.eligible_at, kAsked + absl::Hours(24));
}

TEST(FatigueTest, WaitingUntilEligibleAtIsAlwaysEnough) {
  for (int i = 0; i < 200; ++i) {
    const std::vector<Ask> asks = {{i % 2 ? "nps" : "csat", "", kAsked - absl::Hours(i * 7)},
                                   {i % 3 ? "nps" : "ces", "", kAsked - absl::Hours(i * 11)}};
    const auto d = Decide(asks, "nps", kAsked);
    if (d.rule == FatigueRule::kAllowed) continue;
    EXPECT_EQ(Decide(asks, "nps", *d.eligible_at).rule, FatigueRule::kAllowed);
    EXPECT_NE(Decide(asks, "nps", *d.eligible_at - absl::Nanoseconds(1)).rule, FatigueRule::kAllowed);
  }
}

TEST(FatigueTest, AWindowOfZeroLeavesTheFloorOnly) {
  const std::vector<Ask> asks = {{"nps", "", kAsked}};
  const FatiguePolicy policy{kFloor, absl::ZeroDuration()};
  EXPECT_EQ(DecideFatigue(asks, "nps", policy, kAsked + kFloor).rule, FatigueRule::kAllowed);
}

TEST(FatigueTest, SurveysWithoutATriggerAskLessOften) {
  EXPECT_EQ(DefaultWindow(true), absl::Hours(24 * 30));
  EXPECT_EQ(DefaultWindow(false), absl::Hours(24 * 90));
}

TEST(EarliestAskTest, TheFirstSurveyThatMayAskDecides) {
  const std::vector<Ask> asks = {{"nps", "", kAsked}};
  const Candidate nps{"nps", absl::Hours(24 * 30)}, csat{"csat", absl::Hours(24 * 30)};
  EXPECT_EQ(EarliestAsk(asks, {nps}, kAsked), kAsked + absl::Hours(24 * 30));
  EXPECT_EQ(EarliestAsk(asks, {nps, csat}, kAsked), kAsked + absl::Hours(24));
  EXPECT_EQ(EarliestAsk(asks, {}, kAsked), kAsked + absl::Hours(24)) << "by hand";
  EXPECT_EQ(EarliestAsk(asks, {nps, csat}, kAsked + absl::Hours(24)), std::nullopt) << "now";
}

}  // namespace
}  // namespace hoiam::survey
