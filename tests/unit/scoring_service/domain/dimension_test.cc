#include "scoring_service/domain/dimension.h"

#include <gmock/gmock.h>

#include <set>

namespace hoiam::scoring {
namespace {

TEST(DimensionTest, NamesAreThoseOfTheApiAndOfFilters) {
  for (const char* name :
       {"survey", "touchpoint", "channel", "segment", "team", "collectedBy", "usageStatus", "icpFit", "stage"}) {
    const auto d = ParseDimension(name);
    ASSERT_TRUE(d.has_value()) << name;
    EXPECT_EQ(NameOf(*d), name);
    EXPECT_EQ(ParseDimension(FilterNameOf(*d)), d);
  }
  EXPECT_EQ(ParseDimension("usage_status"), Dimension::kUsageStatus);
  EXPECT_EQ(ParseDimension("Survey"), std::nullopt);
  EXPECT_EQ(ParseDimension(""), std::nullopt);
}

TEST(DimensionTest, KeptAreTheTotalEachDimensionStageWithTouchpointAndSurveyWithEachOther) {
  EXPECT_EQ(KeptCuts().size(), 17u);
  std::set<int> ids;
  for (const Cut& cut : KeptCuts()) ids.insert(cut.id);
  EXPECT_EQ(ids.size(), 17u);
  EXPECT_EQ(FindCut({})->id, 0);
  EXPECT_EQ(FindCut({Dimension::kTeam})->id, 5);
  EXPECT_EQ(FindCut({Dimension::kTouchpoint, Dimension::kSurvey})->id, 21);
  EXPECT_EQ(FindCut({Dimension::kSurvey, Dimension::kTouchpoint})->id, 21);
  EXPECT_EQ(FindCut({Dimension::kStage, Dimension::kTouchpoint})->id, 9);
  EXPECT_EQ(FindCut({Dimension::kTouchpoint, Dimension::kChannel}), nullptr);
  EXPECT_EQ(FindCut({Dimension::kSurvey, Dimension::kTouchpoint, Dimension::kChannel}), nullptr);
}

TEST(DimensionTest, StageAloneIsReadFromStageWithTouchpoint) {
  EXPECT_EQ(FindCut({Dimension::kStage})->id, 9);
  EXPECT_EQ(FindCut({Dimension::kSurvey})->id, 1) << "a cut of its own is better";
}

TEST(DimensionTest, PartsOfAnswersAreKeptInSingleCutsOnly) {
  EXPECT_NE(FindCut({}, true), nullptr);
  EXPECT_NE(FindCut({Dimension::kIcpFit}, true), nullptr);
  EXPECT_EQ(FindCut({Dimension::kSurvey, Dimension::kTeam}, true), nullptr);
}

TEST(DimensionTest, KeysFollowTheOrderOfTheCut) {
  const DimensionValues values = {"s", "t", "c", "g", "m", "SELF", "IN_USE", "FIT", "AFTER"};
  EXPECT_EQ(KeyIn(*FindCut({}), values), (CutKey{"", ""}));
  EXPECT_EQ(KeyIn(*FindCut({Dimension::kSegment}), values), (CutKey{"g", ""}));
  EXPECT_EQ(KeyIn(*FindCut({Dimension::kCollectedBy, Dimension::kSurvey}), values), (CutKey{"s", "SELF"}));
  EXPECT_EQ(KeyIn(*FindCut({Dimension::kStage}), values), (CutKey{"AFTER", "t"}));
}

TEST(DimensionTest, ASubtreeIsATouchpointWithAllBelowIt) {
  const auto store = [](const char* value) { return Matches(Dimension::kTouchpoint, value, "store.*"); };
  EXPECT_TRUE(store("store"));
  EXPECT_TRUE(store("store.checkout"));
  EXPECT_TRUE(store("store.checkout.till"));
  EXPECT_FALSE(store("stores"));
  EXPECT_FALSE(store("stor"));
  EXPECT_FALSE(store(""));
  EXPECT_FALSE(store("my.store"));
  EXPECT_TRUE(Matches(Dimension::kTouchpoint, "store", "store"));
  EXPECT_FALSE(Matches(Dimension::kTouchpoint, "store.checkout", "store"));
  EXPECT_TRUE(Matches(Dimension::kSegment, "vip.*", "vip.*")) << "only touchpoints are a tree";
  EXPECT_FALSE(Matches(Dimension::kSegment, "vip", "vip.*"));
}

}  // namespace
}  // namespace hoiam::scoring
