#include "survey_service/domain/fatigue.h"

#include <gmock/gmock.h>

namespace hoiam::survey {
namespace {

const absl::Time kAsked = absl::FromUnixSeconds(1'790'000'000);
constexpr absl::Duration kDay = absl::Hours(24);
constexpr absl::Duration kNano = absl::Nanoseconds(1);

Ask Link(const std::string& survey, absl::Time at, const std::string& metric = "NPS") {
  return {survey, metric, AskChannel::kLink, "", at};
}

Asker AskerOf(const std::string& survey, const std::string& metric = "NPS") {
  return {survey, metric, AskChannel::kLink, kTransactionalWindow};
}

std::optional<FatigueVerdict> Closed(const std::vector<Ask>& asks, const Asker& asker, absl::Time at,
                                     const std::vector<PolicyRule>& policy = {}) {
  const auto verdicts = DecideFatigue(asks, asker, policy, at);
  const FatigueVerdict* v = Strictest(verdicts);
  return v ? std::optional(*v) : std::nullopt;
}

TEST(FatigueTest, SomebodyNeverAskedMayBeAskedByEveryRule) {
  const auto verdicts = DecideFatigue({}, AskerOf("nps"), {{"week", "", {}, {}, 1, 7 * kDay}}, kAsked);
  ASSERT_EQ(verdicts.size(), 3u);
  EXPECT_EQ(verdicts[0].rule, "floor_24h");
  EXPECT_EQ(verdicts[1].rule, "survey_window");
  EXPECT_EQ(verdicts[2].rule, "week");
  EXPECT_EQ(Strictest(verdicts), nullptr);
}

TEST(FatigueTest, TheFloorHoldsOverAnySurveyAndOpensExactlyAfterADay) {
  const std::vector<Ask> asks = {Link("csat", kAsked)};
  const auto v = Closed(asks, AskerOf("nps"), kAsked);
  ASSERT_TRUE(v);
  EXPECT_EQ(v->rule, "floor_24h");
  EXPECT_EQ(v->blocked_by, "csat");
  ASSERT_EQ(v->opens_at, kAsked + kDay);
  EXPECT_TRUE(Closed(asks, AskerOf("nps"), *v->opens_at - kNano));
  EXPECT_FALSE(Closed(asks, AskerOf("nps"), *v->opens_at));
}

TEST(FatigueTest, TheWindowHoldsForTheSameSurveyAndOpensExactly) {
  const std::vector<Ask> asks = {Link("nps", kAsked)};
  const auto v = Closed(asks, AskerOf("nps"), kAsked + absl::Hours(25));
  ASSERT_TRUE(v);
  EXPECT_EQ(v->rule, "survey_window");
  ASSERT_EQ(v->opens_at, kAsked + kTransactionalWindow);
  EXPECT_TRUE(Closed(asks, AskerOf("nps"), *v->opens_at - kNano));
  EXPECT_FALSE(Closed(asks, AskerOf("nps"), *v->opens_at));
  EXPECT_FALSE(Closed(asks, AskerOf("csat"), kAsked + absl::Hours(25)));
}

TEST(FatigueTest, OfTwoRulesTheOneThatOpensLastIsNamed) {
  const std::vector<Ask> asks = {Link("nps", kAsked - absl::Hours(24 * 29 + 12)), Link("csat", kAsked)};
  const auto v = Closed(asks, AskerOf("nps"), kAsked + absl::Hours(1));
  ASSERT_TRUE(v);
  EXPECT_EQ(v->rule, "floor_24h");
  EXPECT_EQ(v->opens_at, kAsked + kDay);
}

TEST(FatigueTest, ARuleOfThePolicyCountsInARollingWindowAndOpensWhenTheOldestLeavesIt) {
  const std::vector<PolicyRule> policy = {{"two_a_week", "", {}, {}, 2, 7 * kDay}};
  const std::vector<Ask> asks = {Link("a", kAsked), Link("b", kAsked + 2 * kDay)};
  const auto v = Closed(asks, AskerOf("c"), kAsked + 4 * kDay, policy);
  ASSERT_TRUE(v);
  EXPECT_EQ(v->rule, "two_a_week");
  EXPECT_EQ(v->blocked_by, "a");
  ASSERT_EQ(v->opens_at, kAsked + 7 * kDay);
  EXPECT_TRUE(Closed(asks, AskerOf("c"), *v->opens_at - kNano, policy));
  EXPECT_FALSE(Closed(asks, AskerOf("c"), *v->opens_at, policy));
}

TEST(FatigueTest, ARuleOfOneMetricCountsAndHoldsBackThatMetricOnly) {
  const std::vector<PolicyRule> policy = {{"nps_quarter", "NPS", {}, {}, 1, 90 * kDay}};
  const std::vector<Ask> asks = {Link("shop_nps", kAsked, "NPS"), Link("csat", kAsked + kDay, "CSAT")};
  const absl::Time at = kAsked + 10 * kDay;
  const auto v = Closed(asks, AskerOf("web_nps", "NPS"), at, policy);
  ASSERT_TRUE(v);
  EXPECT_EQ(v->rule, "nps_quarter");
  EXPECT_EQ(v->blocked_by, "shop_nps");
  EXPECT_EQ(v->opens_at, kAsked + 90 * kDay);
  EXPECT_FALSE(Closed(asks, AskerOf("other_csat", "CSAT"), at, policy));
}

TEST(FatigueTest, ARuleOfAChannelOrOfSurveysCountsThoseOnly) {
  const absl::Time at = kAsked + 2 * kDay;
  Ask mail = Link("a", kAsked);
  mail.channel = AskChannel::kEmail;
  Asker by_mail = AskerOf("b");
  by_mail.channel = AskChannel::kEmail;
  const std::vector<PolicyRule> mails = {{"mails", "", AskChannel::kEmail, {}, 1, 7 * kDay}};
  EXPECT_TRUE(Closed({mail}, by_mail, at, mails));
  EXPECT_FALSE(Closed({mail}, AskerOf("b"), at, mails)) << "a link is no mail";
  EXPECT_FALSE(Closed({Link("a", kAsked)}, by_mail, at, mails));
  const std::vector<PolicyRule> two = {{"two", "", {}, {"a", "b"}, 1, 7 * kDay}};
  EXPECT_TRUE(Closed({Link("a", kAsked)}, AskerOf("b"), at, two));
  EXPECT_FALSE(Closed({Link("a", kAsked)}, AskerOf("c"), at, two));
  EXPECT_FALSE(Closed({Link("c", kAsked)}, AskerOf("b"), at, two));
}

TEST(FatigueTest, AnExemptAskerHasTheFloorOnly) {
  Asker asker = AskerOf("nps");
  asker.exempt = true;
  const std::vector<PolicyRule> policy = {{"week", "", {}, {}, 1, 7 * kDay}};
  const auto verdicts = DecideFatigue({Link("nps", kAsked)}, asker, policy, kAsked + kDay);
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_FALSE(verdicts[0].opens_at);
  EXPECT_TRUE(Closed({Link("nps", kAsked)}, asker, kAsked + kDay - kNano, policy));
}

TEST(FatigueTest, AnAskToComeCountsWhenItComes) {
  const std::vector<Ask> asks = {Link("csat", kAsked + 3 * kDay)};
  EXPECT_FALSE(Closed(asks, AskerOf("nps"), kAsked)) << "three days before it";
  EXPECT_FALSE(Closed(asks, AskerOf("nps"), kAsked + 2 * kDay)) << "exactly a day before it";
  const auto v = Closed(asks, AskerOf("nps"), kAsked + 2 * kDay + kNano);
  ASSERT_TRUE(v);
  EXPECT_EQ(v->opens_at, kAsked + 4 * kDay);
}

TEST(FatigueTest, WaitingUntilItOpensIsAlwaysEnoughAndNeverTooLong) {
  const std::vector<PolicyRule> policy = {{"p", "", {}, {}, 2, absl::Hours(100)},
                                          {"q", "NPS", {}, {}, 1, absl::Hours(60)}};
  const Asker asker = AskerOf("nps");
  int closed = 0;
  for (int i = 0; i < 300; ++i) {
    const std::vector<Ask> asks = {
        Link(i % 2 ? "nps" : "csat", kAsked - absl::Hours(i * 7 % 900), i % 5 ? "NPS" : "CSAT"),
        Link(i % 3 ? "nps" : "ces", kAsked - absl::Hours(i * 11 % 700)), Link("late", kAsked + absl::Hours(i % 50))};
    for (const FatigueVerdict& v : DecideFatigue(asks, asker, policy, kAsked)) {
      if (!v.opens_at) continue;
      ++closed;
      const auto at = [&](absl::Time t) {
        for (const FatigueVerdict& again : DecideFatigue(asks, asker, policy, t))
          if (again.rule == v.rule) return again.opens_at.has_value();
        return true;
      };
      EXPECT_TRUE(at(*v.opens_at - kNano)) << i << v.rule;
      EXPECT_FALSE(at(*v.opens_at)) << i << v.rule;
    }
  }
  EXPECT_GT(closed, 300);
}

TEST(FatigueTest, OneMoreAskNeverOpensARuleEarlier) {
  const std::vector<PolicyRule> policy = {{"p", "", {}, {}, 2, 7 * kDay}};
  for (int i = 0; i < 200; ++i) {
    std::vector<Ask> asks = {Link("a", kAsked - absl::Hours(i)), Link("nps", kAsked - absl::Hours(2 * i))};
    const auto before = Closed(asks, AskerOf("nps"), kAsked, policy);
    asks.push_back(Link("b", kAsked - absl::Hours(3 * i)));
    const auto after = Closed(asks, AskerOf("nps"), kAsked, policy);
    if (!before) continue;
    ASSERT_TRUE(after);
    EXPECT_GE(*after->opens_at, *before->opens_at);
  }
}

TEST(FatigueTest, AWindowOfZeroLeavesTheFloorOnly) {
  Asker asker = AskerOf("nps");
  asker.window = absl::ZeroDuration();
  EXPECT_FALSE(Closed({Link("nps", kAsked)}, asker, kAsked + kFloor));
}

TEST(FatigueTest, SurveysWithoutATriggerAskLessOften) {
  EXPECT_EQ(DefaultWindow(true), 30 * kDay);
  EXPECT_EQ(DefaultWindow(false), 90 * kDay);
}

TEST(EarliestAskTest, TheFirstSurveyThatMayAskDecides) {
  const std::vector<Ask> asks = {Link("nps", kAsked)};
  const Asker nps = AskerOf("nps"), csat = AskerOf("csat");
  EXPECT_EQ(EarliestAsk(asks, {nps}, {}, kAsked), kAsked + 30 * kDay);
  EXPECT_EQ(EarliestAsk(asks, {nps, csat}, {}, kAsked), kAsked + kDay);
  EXPECT_EQ(EarliestAsk(asks, {nps, csat}, {}, kAsked + kDay), std::nullopt) << "now";
  EXPECT_EQ(EarliestAsk(asks, {}, {}, kAsked), std::nullopt) << "nobody asks";
}

TEST(EarliestAskTest, WhatOpensIntoAnotherRuleIsNotYetOpen) {
  // The floor after the ask at 0 opens at a day, which lies within a day of the ask to come.
  const std::vector<Ask> asks = {Link("a", kAsked), Link("b", kAsked + absl::Hours(36))};
  EXPECT_EQ(EarliestAsk(asks, {AskerOf("c")}, {}, kAsked), kAsked + absl::Hours(60));
}

}  // namespace
}  // namespace hoiam::survey
