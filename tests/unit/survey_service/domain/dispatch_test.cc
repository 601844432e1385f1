#include "survey_service/domain/dispatch.h"

#include <gtest/gtest.h>

namespace hoiam::survey {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const AskedInteraction kPurchase{"i-1", "lan", kNow - absl::Hours(1)};

AskingSurvey Survey() { return {"nps", Trigger{}, kTransactionalWindow}; }

TEST(DispatchTest, NobodyIsAskedWhoUnsubscribedAndWaitingCannotHelp) {
  const auto d = DecideAsk(Survey(), kPurchase, true, {{"nps", "", kNow}}, kNow);
  EXPECT_EQ(d.skip, SkipRule::kUnsubscribed);
  EXPECT_FALSE(d.eligible_at);
}

TEST(DispatchTest, AnInteractionIsTooOldOneNanosecondAfterItsAge) {
  AskedInteraction old = kPurchase;
  old.occurred_at = kNow - kDefaultMaxAge;
  EXPECT_EQ(DecideAsk(Survey(), old, false, {}, kNow).skip, SkipRule::kNone);
  EXPECT_EQ(DecideAsk(Survey(), old, false, {}, kNow + absl::Nanoseconds(1)).skip, SkipRule::kInteractionTooOld);
}

TEST(DispatchTest, OneInteractionIsAskedAboutOnceBySurvey) {
  const std::vector<Ask> asks = {{"nps", "i-1", kNow - absl::Hours(24 * 365)}};
  EXPECT_EQ(DecideAsk(Survey(), kPurchase, false, asks, kNow).skip, SkipRule::kAlreadyAsked);
  AskedInteraction other = kPurchase;
  other.interaction_id = "i-2";
  EXPECT_EQ(DecideAsk(Survey(), other, false, asks, kNow).skip, SkipRule::kNone);
}

TEST(DispatchTest, ThoseNotSampledAreSkippedBeforeFatigueIsLookedAt) {
  AskingSurvey survey = Survey();
  survey.trigger.sample_percent = 0;
  EXPECT_EQ(DecideAsk(survey, kPurchase, false, {{"nps", "", kNow}}, kNow).skip, SkipRule::kNotSampled);
}

TEST(DispatchTest, FatigueSaysWhenItOpens) {
  const auto floor = DecideAsk(Survey(), kPurchase, false, {{"csat", "", kNow}}, kNow);
  EXPECT_EQ(floor.skip, SkipRule::kFloor24h);
  EXPECT_EQ(floor.eligible_at, kNow + kFloor);
  const auto window = DecideAsk(Survey(), kPurchase, false, {{"nps", "", kNow}}, kNow);
  EXPECT_EQ(window.skip, SkipRule::kFatigueWindow);
  EXPECT_EQ(window.eligible_at, kNow + kTransactionalWindow);
}

TEST(DispatchTest, ByHandOnlyConsentAndTheFloorHold) {
  EXPECT_EQ(DecideAskByHand(true, {}, kNow).skip, SkipRule::kUnsubscribed);
  const std::vector<Ask> asks = {{"nps", "i-1", kNow - kFloor}};
  EXPECT_EQ(DecideAskByHand(false, asks, kNow).skip, SkipRule::kNone);
  const auto d = DecideAskByHand(false, asks, kNow - absl::Nanoseconds(1));
  EXPECT_EQ(d.skip, SkipRule::kFloor24h);
  EXPECT_EQ(d.eligible_at, kNow);
}

}  // namespace
}  // namespace hoiam::survey
