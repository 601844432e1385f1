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

Happening Interaction(absl::string_view type, absl::string_view touchpoint) {
  Happening h;
  h.type = type;
  h.touchpoint = touchpoint;
  return h;
}

TEST(TriggerTest, EmptyListsMatchAnything) {
  EXPECT_TRUE(Matches(Trigger{}, Interaction("PURCHASE", "")));
  Trigger t;
  t.interaction_types = {"PURCHASE", "DELIVERY"};
  t.touchpoints = {"store", "delivery"};
  EXPECT_TRUE(Matches(t, Interaction("DELIVERY", "delivery")));
  EXPECT_TRUE(Matches(t, Interaction("PURCHASE", "store.checkout")));
  EXPECT_FALSE(Matches(t, Interaction("PURCHASE", "web")));
  EXPECT_FALSE(Matches(t, Interaction("SUPPORT", "store")));
  EXPECT_FALSE(Matches(t, Interaction("PURCHASE", "")));
}

TEST(TriggerTest, AmountsAreComparedExactlyAndInTheirCurrency) {
  Trigger t;
  t.min_amount = Decimal::ParseAmount("100000.000001");
  t.max_amount = Decimal::ParseAmount("999999999999999.99");
  t.currency = "VND";
  const auto matches = [&](absl::string_view amount, absl::string_view currency) {
    Happening h = Interaction("PURCHASE", "");
    h.amount = Decimal::ParseAmount(amount);
    h.currency = currency;
    return Matches(t, h);
  };
  EXPECT_FALSE(matches("100000", "VND"));
  EXPECT_TRUE(matches("100000.000001", "VND"));
  EXPECT_TRUE(matches("999999999999999.99", "VND"));
  EXPECT_FALSE(matches("999999999999999.991", "VND"));
  EXPECT_FALSE(matches("200000", "USD"));
  EXPECT_FALSE(matches("", "")) << "no money was involved";
}

TEST(TriggerTest, AMissingPropertyIsOnlyNotEqual) {
  for (Operator op : {Operator::kEq, Operator::kLt, Operator::kLe, Operator::kGt, Operator::kGe})
    EXPECT_FALSE(Holds({"k", op, 1.0}, std::nullopt));
  EXPECT_TRUE(Holds({"k", Operator::kNe, 1.0}, std::nullopt));
}

TEST(TriggerTest, PropertiesOfEveryKindAreComparedWithTheirOwnKind) {
  EXPECT_TRUE(Holds({"k", Operator::kEq, std::string("vàng")}, PropertyValue(std::string("vàng"))));
  EXPECT_FALSE(Holds({"k", Operator::kEq, std::string("1")}, PropertyValue(1.0)));
  EXPECT_TRUE(Holds({"k", Operator::kNe, std::string("1")}, PropertyValue(1.0)));
  EXPECT_TRUE(Holds({"k", Operator::kEq, true}, PropertyValue(true)));
  EXPECT_TRUE(Holds({"k", Operator::kNe, true}, PropertyValue(false)));
  for (double left = -2; left <= 2; left += 0.5) {
    for (double right = -2; right <= 2; right += 0.5) {
      const PropertyValue value = left;
      EXPECT_EQ(Holds({"k", Operator::kEq, right}, value), left == right);
      EXPECT_EQ(Holds({"k", Operator::kNe, right}, value), left != right);
      EXPECT_EQ(Holds({"k", Operator::kLt, right}, value), left < right);
      EXPECT_EQ(Holds({"k", Operator::kLe, right}, value), left <= right);
      EXPECT_EQ(Holds({"k", Operator::kGt, right}, value), left > right);
      EXPECT_EQ(Holds({"k", Operator::kGe, right}, value), left >= right);
    }
  }
}

TEST(TriggerTest, AllPropertiesMustHold) {
  Trigger t;
  t.properties = {{"tier", Operator::kEq, std::string("gold")}, {"items", Operator::kGe, 3.0}};
  const auto matches = [&](absl::string_view tier, double items) {
    Happening h = Interaction("PURCHASE", "");
    h.property = [&](const std::string& key) -> std::optional<PropertyValue> {
      if (key == "tier") return PropertyValue(std::string(tier));
      return key == "items" ? std::optional<PropertyValue>(items) : std::nullopt;
    };
    return Matches(t, h);
  };
  EXPECT_TRUE(matches("gold", 3));
  EXPECT_FALSE(matches("gold", 2));
  EXPECT_FALSE(matches("silver", 3));
  EXPECT_FALSE(Matches(t, Interaction("PURCHASE", ""))) << "an interaction without properties";
}

TEST(TriggerTest, WhatHappensMatchesItsOwnKindOnly) {
  const TriggerOn kinds[] = {TriggerOn::kInteraction, TriggerOn::kUsageChanged, TriggerOn::kLifecycleChanged,
                             TriggerOn::kCaseResolved};
  for (TriggerOn wanted : kinds) {
    for (TriggerOn happened : kinds) {
      Trigger t;
      t.on = wanted;
      Happening h;
      h.on = happened;
      EXPECT_EQ(Matches(t, h), wanted == happened);
    }
  }
  Trigger usage;
  usage.on = TriggerOn::kUsageChanged;
  usage.usage_statuses = {"PROBLEM", "REPLACED"};
  Happening h;
  h.on = TriggerOn::kUsageChanged;
  h.usage_status = "REPLACED";
  EXPECT_TRUE(Matches(usage, h));
  h.usage_status = "DELIVERED";
  EXPECT_FALSE(Matches(usage, h));
  Trigger lifecycle;
  lifecycle.on = TriggerOn::kLifecycleChanged;
  lifecycle.lifecycles = {LifecycleStage::kLapsed};
  h = {};
  h.on = TriggerOn::kLifecycleChanged;
  h.lifecycle = LifecycleStage::kLapsed;
  EXPECT_TRUE(Matches(lifecycle, h));
  h.lifecycle = LifecycleStage::kNew;
  EXPECT_FALSE(Matches(lifecycle, h));
  Trigger resolved;
  resolved.on = TriggerOn::kCaseResolved;
  resolved.touchpoints = {"store"};
  h = {};
  h.on = TriggerOn::kCaseResolved;
  h.touchpoint = "store.checkout";
  EXPECT_TRUE(Matches(resolved, h));
  h.touchpoint = "web";
  EXPECT_FALSE(Matches(resolved, h));
}

TEST(TriggerTest, CustomersAndProspectsAreAskedUnlessKindsAreSaid) {
  EXPECT_TRUE(Concerns({}, PersonKind::kCustomer));
  EXPECT_TRUE(Concerns({}, PersonKind::kProspect));
  EXPECT_FALSE(Concerns({}, PersonKind::kEmployee));
  EXPECT_FALSE(Concerns({}, PersonKind::kPartner));
  EXPECT_TRUE(Concerns({PersonKind::kEmployee}, PersonKind::kEmployee));
  EXPECT_FALSE(Concerns({PersonKind::kEmployee}, PersonKind::kCustomer));
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
