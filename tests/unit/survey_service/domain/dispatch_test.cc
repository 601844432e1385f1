#include "survey_service/domain/dispatch.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"

namespace hoiam::survey {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
constexpr absl::Duration kNano = absl::Nanoseconds(1);

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

absl::TimeZone Hanoi() { return Zone("Asia/Ho_Chi_Minh"); }
// Ten in the morning in Hanoi.
const absl::Time kNow = absl::FromCivil(absl::CivilHour(2026, 11, 22, 10), Hanoi());

class DispatchTest : public ::testing::Test {
 protected:
  DispatchTest() {
    survey_.survey_id = "nps";
    survey_.metric = "NPS";
    survey_.window = kTransactionalWindow;
    survey_.channels = {AskChannel::kLink};
    person_.customer_id = "lan";
    person_.has_address = true;
    person_.zone = rules_.zone = Hanoi();
    purchase_.id = "i-1";
    purchase_.at = kNow - absl::Hours(1);
  }

  AskDecision Decide(absl::Time now = kNow) const {
    return DecideAsk(survey_, person_, rules_, purchase_, asks_, today_, now);
  }
  SkipRule Skip(absl::Time now = kNow) const { return Decide(now).skip; }
  // Stands a nanosecond before the moment that the decision names (still refused) and on it (allowed).
  void OpensExactly(SkipRule skip, absl::Time opens) {
    const AskDecision d = Decide();
    EXPECT_EQ(d.skip, skip);
    ASSERT_EQ(d.eligible_at, opens);
    purchase_.at = opens - absl::Hours(1);
    purchase_.id = "later";
    EXPECT_EQ(Skip(opens - kNano), skip);
    EXPECT_EQ(Skip(opens), SkipRule::kNone);
  }

  AskingSurvey survey_;
  AskedPerson person_;
  AskRules rules_;
  AskOccasion purchase_;
  std::vector<Ask> asks_;
  AskedOnDay today_;
};

TEST_F(DispatchTest, SomebodyWhomNoRuleConcernsIsAskedAtOnce) {
  const AskDecision d = Decide();
  EXPECT_EQ(d.skip, SkipRule::kNone);
  EXPECT_TRUE(d.eligible);
  EXPECT_EQ(d.send_at, kNow);
  EXPECT_EQ(d.channel, AskChannel::kLink);
  EXPECT_FALSE(d.eligible_at);
}

TEST_F(DispatchTest, NobodyIsAskedWhoUnsubscribedAndWaitingCannotHelp) {
  person_.unsubscribed = true;
  asks_ = {{"nps", "NPS", AskChannel::kLink, "", kNow}};
  const AskDecision d = Decide();
  EXPECT_EQ(d.skip, SkipRule::kUnsubscribed);
  EXPECT_EQ(d.rule, "unsubscribed");
  EXPECT_FALSE(d.eligible_at);
  EXPECT_FALSE(d.eligible);
}

TEST_F(DispatchTest, ConsentIsWantedWhereThePolicyWantsIt) {
  EXPECT_EQ(Skip(), SkipRule::kNone);
  rules_.consent_required = true;
  EXPECT_EQ(Skip(), SkipRule::kNoConsent);
  EXPECT_EQ(Decide().rule, "consent");
  person_.consented = true;
  EXPECT_EQ(Skip(), SkipRule::kNone);
}

TEST_F(DispatchTest, ASurveyAsksItsKindsOfRespondents) {
  person_.kind = PersonKind::kEmployee;
  EXPECT_EQ(Skip(), SkipRule::kRespondentKind);
  survey_.trigger.kinds = {PersonKind::kEmployee};
  EXPECT_EQ(Skip(), SkipRule::kNone);
  survey_.trigger.kinds = {};
  survey_.has_trigger = false;
  EXPECT_EQ(Skip(), SkipRule::kNone) << "without a trigger whoever is named is asked";
}

TEST_F(DispatchTest, AnInteractionIsTooOldOneNanosecondAfterItsAge) {
  purchase_.at = kNow - kDefaultMaxAge;
  EXPECT_EQ(Skip(), SkipRule::kNone);
  EXPECT_EQ(Skip(kNow + kNano), SkipRule::kInteractionTooOld);
  purchase_.by_trigger = false;
  EXPECT_EQ(Skip(kNow + kNano), SkipRule::kNone) << "by hand somebody may be asked about something old";
}

TEST_F(DispatchTest, OneInteractionIsAskedAboutOnceBySurvey) {
  asks_ = {{"nps", "NPS", AskChannel::kLink, "i-1", kNow - 365 * kDay}};
  EXPECT_EQ(Skip(), SkipRule::kAlreadyAsked);
  purchase_.id = "i-2";
  EXPECT_EQ(Skip(), SkipRule::kNone);
  purchase_.id = "";
  asks_[0].occasion_id = "";
  EXPECT_EQ(Skip(), SkipRule::kNone) << "asks without an occasion have none in common";
}

TEST_F(DispatchTest, ThoseNotSampledAreSkippedBeforeFatigueIsLookedAtButAreEligibleWithoutIt) {
  survey_.trigger.sample_percent = 0;
  EXPECT_TRUE(Decide().eligible) << "only the draw is against it";
  asks_ = {{"nps", "NPS", AskChannel::kLink, "", kNow}};
  EXPECT_EQ(Skip(), SkipRule::kNotSampled);
  EXPECT_FALSE(Decide().eligible_at);
  EXPECT_FALSE(Decide().eligible);
  purchase_.by_trigger = false;
  EXPECT_EQ(Skip(), SkipRule::kFatigueWindow) << "the draw is the trigger's";
}

TEST_F(DispatchTest, TheFirstChannelThatReachesThePersonIsTaken) {
  survey_.channels = {AskChannel::kEmail, AskChannel::kLink};
  EXPECT_EQ(Decide().channel, AskChannel::kEmail);
  person_.has_address = false;
  EXPECT_EQ(Decide().channel, AskChannel::kLink);
  person_.refuses_link = true;
  EXPECT_EQ(Skip(), SkipRule::kNoChannel);
  person_.has_address = true;
  EXPECT_EQ(Decide().channel, AskChannel::kEmail);
  person_.refuses_mail = true;
  EXPECT_EQ(Skip(), SkipRule::kNoChannel);
  EXPECT_EQ(Decide().rule, "channel");
  EXPECT_FALSE(Decide().eligible_at);
}

TEST_F(DispatchTest, AChannelThatWasAskedForIsTheOnlyOne) {
  survey_.channels = {AskChannel::kLink};
  purchase_.channel = AskChannel::kEmail;
  EXPECT_EQ(Decide().channel, AskChannel::kEmail);
  person_.has_address = false;
  EXPECT_EQ(Skip(), SkipRule::kNoChannel);
}

TEST_F(DispatchTest, FloorAndWindowSayWhoFillsThemAndOpenExactly) {
  asks_ = {{"csat", "CSAT", AskChannel::kLink, "", kNow}};
  EXPECT_EQ(Decide().blocked_by, "csat");
  EXPECT_EQ(Decide().rule, "floor_24h");
  OpensExactly(SkipRule::kFloor24h, kNow + kFloor);
  asks_ = {{"nps", "NPS", AskChannel::kLink, "", kNow}};
  EXPECT_EQ(Decide().blocked_by, "nps");
  OpensExactly(SkipRule::kFatigueWindow, kNow + kTransactionalWindow);
}

TEST_F(DispatchTest, ARuleOfThePolicyIsNamedByItsIdAndOpensExactly) {
  rules_.rules = {{"nps_quarter", "NPS", {}, {}, 1, 90 * kDay}};
  asks_ = {{"web", "NPS", AskChannel::kEmail, "", kNow - 2 * kDay}};
  EXPECT_EQ(Decide().rule, "nps_quarter");
  EXPECT_EQ(Decide().blocked_by, "web");
  OpensExactly(SkipRule::kPolicyRule, kNow + 88 * kDay);
}

TEST_F(DispatchTest, OfSeveralRulesTheOneThatOpensLastIsNamed) {
  asks_ = {{"nps", "NPS", AskChannel::kLink, "", kNow - absl::Hours(1)}};
  rules_.rules = {{"year", "", {}, {}, 1, 365 * kDay}, {"week", "", {}, {}, 1, 7 * kDay}};
  EXPECT_EQ(Decide().rule, "year");
  rules_.consent_required = true;
  EXPECT_EQ(Decide().rule, "consent") << "what waiting cannot open comes before";
}

TEST_F(DispatchTest, AnExemptAskHoldsToTheFloorAndToNothingElseOfFatigue) {
  asks_ = {{"nps", "NPS", AskChannel::kLink, "", kNow - kFloor}};
  rules_.rules = {{"year", "", {}, {}, 1, 365 * kDay}};
  EXPECT_EQ(Skip(), SkipRule::kPolicyRule);
  purchase_.exempt = true;
  EXPECT_EQ(Skip(), SkipRule::kNone);
  EXPECT_EQ(Skip(kNow - kNano), SkipRule::kFloor24h);
  purchase_.exempt = false;
  survey_.recovery = true;
  EXPECT_EQ(Skip(), SkipRule::kNone);
  EXPECT_EQ(Skip(kNow - kNano), SkipRule::kFloor24h);
}

TEST_F(DispatchTest, NobodyIsAskedInABlackoutOfThePersonsOwnCalendar) {
  rules_.blackouts = {{absl::CivilDay(2026, 11, 20), absl::CivilDay(2026, 11, 22), "Tết"}};
  EXPECT_EQ(Decide().rule, "blackout");
  OpensExactly(SkipRule::kBlackout, absl::FromCivil(absl::CivilDay(2026, 11, 23), Hanoi()));
  person_.zone = Zone("Pacific/Auckland");  // six hours ahead
  EXPECT_EQ(Decide().eligible_at, absl::FromCivil(absl::CivilDay(2026, 11, 23), person_.zone));
}

TEST_F(DispatchTest, WhatOpensIntoABlackoutIsNotOpenYet) {
  asks_ = {{"csat", "CSAT", AskChannel::kLink, "", kNow}};
  rules_.blackouts = {{absl::CivilDay(2026, 11, 23), absl::CivilDay(2026, 11, 25), "Tết"}};
  OpensExactly(SkipRule::kBlackout, absl::FromCivil(absl::CivilDay(2026, 11, 26), Hanoi()));
}

TEST_F(DispatchTest, ADailyLimitOpensAtTheNextMidnightOfThePolicysZone) {
  const absl::Time midnight = absl::FromCivil(absl::CivilDay(2026, 11, 23), Hanoi());
  survey_.daily_limit = 5;
  today_ = {DayOf(kNow, Hanoi()), 4};
  EXPECT_EQ(Skip(), SkipRule::kNone);
  today_.invited = 5;
  EXPECT_EQ(Decide().rule, "daily_limit");
  OpensExactly(SkipRule::kDailyLimit, midnight);
}

TEST_F(DispatchTest, MailOfATriggerHasTheLimitOfThePolicyAndALinkHasNone) {
  EXPECT_FALSE(HasDailyLimit(survey_));
  survey_.channels = {AskChannel::kEmail, AskChannel::kLink};
  EXPECT_TRUE(HasDailyLimit(survey_));
  EXPECT_EQ(DailyLimit(survey_, rules_, AskChannel::kEmail), kDefaultConfirmAbove);
  EXPECT_EQ(DailyLimit(survey_, rules_, AskChannel::kLink), 0);
  survey_.has_trigger = false;
  EXPECT_EQ(DailyLimit(survey_, rules_, AskChannel::kEmail), 0) << "a wave is confirmed by itself";
  survey_.daily_limit = 7;
  EXPECT_EQ(DailyLimit(survey_, rules_, AskChannel::kLink), 7);
}

TEST_F(DispatchTest, ALinkIsHandedOverAtTheTillWhateverTheHourAndAMailWaitsForTheMorning) {
  const absl::Time night = absl::FromCivil(absl::CivilMinute(2026, 11, 22, 23, 30), Hanoi());
  const absl::Time morning = absl::FromCivil(absl::CivilHour(2026, 11, 23, 7), Hanoi());
  purchase_.at = night;
  EXPECT_EQ(Decide(night).send_at, night);
  survey_.channels = {AskChannel::kEmail};
  EXPECT_EQ(Decide(night).send_at, morning);
  person_.zone = Zone("Europe/Berlin");
  EXPECT_EQ(Decide(night).send_at, night) << "half past five in the afternoon there";
}

TEST_F(DispatchTest, ADelayIsCountedFromWhatHappenedAndLeavesQuietHours) {
  survey_.trigger.delay = absl::Hours(14);
  purchase_.at = kNow;  // 10:00 + 14 h = midnight
  EXPECT_EQ(Decide().send_at, absl::FromCivil(absl::CivilHour(2026, 11, 23, 7), Hanoi()));
  survey_.trigger.delay = absl::Hours(3);
  EXPECT_EQ(Decide().send_at, kNow + absl::Hours(3));
  purchase_.at = kNow - absl::Hours(4);
  EXPECT_EQ(Decide().send_at, kNow) << "its time has come already";
}

TEST_F(DispatchTest, WhatGoesOutLaterIsDecidedByTheMomentAtWhichItDoes) {
  survey_.trigger.delay = 40 * kDay;
  purchase_.at = kNow;
  asks_ = {{"nps", "NPS", AskChannel::kLink, "", kNow - kDay}};
  EXPECT_EQ(Skip(), SkipRule::kNone) << "the window will have passed";
  asks_.push_back({"csat", "CSAT", AskChannel::kLink, "", kNow + 40 * kDay - absl::Hours(3)});
  EXPECT_EQ(Skip(), SkipRule::kFloor24h) << "another will have asked three hours before";
}

TEST_F(DispatchTest, EveryRuleHasItsVerdictInOrder) {
  rules_.rules = {{"month", "", {}, {}, 4, 30 * kDay}};
  std::vector<std::string> names;
  for (const RuleVerdict& v : DecideRules(survey_, person_, rules_, purchase_, asks_, today_, kNow)) {
    names.push_back(v.rule);
    EXPECT_EQ(v.skip, SkipRule::kNone) << v.rule;
  }
  EXPECT_THAT(names,
              ::testing::ElementsAre("unsubscribed", "consent", "respondent_kind", "max_age", "once", "channel",
                                     "sample", "blackout", "daily_limit", "floor_24h", "survey_window", "month"));
}

// Over a grid of ledgers, limits and blackouts: at the time that a decision names the answer is yes.
TEST_F(DispatchTest, WaitingUntilTheTimeThatIsNamedIsEnough) {
  int refused = 0;
  for (int i = 0; i < 400; ++i) {
    rules_.rules = {{"p", "", {}, {}, 1 + i % 2, kDay * (3 + i % 11)}};
    rules_.blackouts = {{absl::CivilDay(2026, 11, 22) + i % 7, absl::CivilDay(2026, 11, 23) + i % 9, "x"}};
    today_ = {DayOf(kNow, Hanoi()), i % 3};
    survey_.daily_limit = 2;
    asks_ = {{i % 2 ? "nps" : "csat", "NPS", AskChannel::kLink, "", kNow - absl::Hours(i)},
             {i % 3 ? "nps" : "ces", "NPS", AskChannel::kLink, "", kNow - absl::Hours(2 * i)},
             {"later", "NPS", AskChannel::kLink, "", kNow + absl::Hours(i % 90)}};
    purchase_.by_trigger = false;
    const AskDecision d = Decide();
    if (d.skip == SkipRule::kNone) continue;
    ++refused;
    ASSERT_TRUE(d.eligible_at);
    EXPECT_EQ(Skip(*d.eligible_at), SkipRule::kNone) << i;
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace hoiam::survey
