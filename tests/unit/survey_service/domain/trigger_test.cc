#include "survey_service/domain/trigger.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace hoiam::survey {
namespace {

TEST(TriggerTest, ATouchpointHasItsDottedChildrenBelowIt) {
  EXPECT_TRUE(IsUnder("store", "store"));
  EXPECT_TRUE(IsUnder("store.checkout", "store"));
  EXPECT_TRUE(IsUnder("store.checkout.self", "store"));
  EXPECT_FALSE(IsUnder("storefront", "store"));
  EXPECT_FALSE(IsUnder("store", "store.checkout"));
  EXPECT_FALSE(IsUnder("", "store"));
}

TEST(TriggerTest, EmptyListsMatchAnything) {
  EXPECT_TRUE(Matches(Trigger{}, "PURCHASE", ""));
  Trigger t;
  t.interaction_types = {"PURCHASE", "DELIVERY"};
  t.touchpoints = {"store", "delivery"};
  EXPECT_TRUE(Matches(t, "DELIVERY", "delivery"));
  EXPECT_TRUE(Matches(t, "PURCHASE", "store.checkout"));
  EXPECT_FALSE(Matches(t, "PURCHASE", "web"));
  EXPECT_FALSE(Matches(t, "SUPPORT", "store"));
  EXPECT_FALSE(Matches(t, "PURCHASE", ""));
}

TEST(SamplingTest, NobodyAtZeroAndEverybodyAtAHundred) {
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(IsSampled(0, "nps", absl::StrCat(i)));
    EXPECT_TRUE(IsSampled(100, "nps", absl::StrCat(i)));
  }
}

TEST(SamplingTest, TheShareIsMetAndAHigherOneKeepsThoseDrawn) {
  int drawn = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string customer = absl::StrCat("customer-", i);
    const bool at10 = IsSampled(10, "nps", customer);
    drawn += at10;
    if (at10) EXPECT_TRUE(IsSampled(11, "nps", customer));
  }
  EXPECT_NEAR(drawn, 2000, 130);  // three standard deviations
}

TEST(SamplingTest, TheDrawIsFixedForEverAndDiffersBySurvey) {
  // First 8 bytes of SHA-256("nps" 00 "lan"), over 2^64: 55.2533…; of "csat" 82.3568…
  EXPECT_FALSE(IsSampled(55.25, "nps", "lan"));
  EXPECT_TRUE(IsSampled(55.26, "nps", "lan"));
  EXPECT_FALSE(IsSampled(82.35, "csat", "lan"));
  EXPECT_TRUE(IsSampled(82.36, "csat", "lan"));
  int differ = 0;
  for (int i = 0; i < 100; ++i)
    differ += IsSampled(50, "nps", absl::StrCat(i)) != IsSampled(50, "csat", absl::StrCat(i));
  EXPECT_GT(differ, 25);
}

}  // namespace
}  // namespace hoiam::survey
