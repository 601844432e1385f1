#include "scoring_service/domain/dimension.h"

#include <gmock/gmock.h>

#include <set>

namespace hoiam::scoring {
namespace {

TEST(DimensionTest, NamesAreThoseOfTheApi) {
  for (const char* name : {"survey", "touchpoint", "channel", "segment", "team", "collectedBy"}) {
    const auto d = ParseDimension(name);
    ASSERT_TRUE(d.has_value()) << name;
    EXPECT_EQ(NameOf(*d), name);
  }
  EXPECT_EQ(ParseDimension("Survey"), std::nullopt);
  EXPECT_EQ(ParseDimension(""), std::nullopt);
}

TEST(DimensionTest, KeptAreTheTotalEachDimensionAndSurveyWithEachOther) {
  EXPECT_EQ(KeptCuts().size(), 12);
  std::set<int> ids;
  for (const Cut& cut : KeptCuts()) ids.insert(cut.id);
  EXPECT_EQ(ids.size(), 12);
  EXPECT_EQ(FindCut({})->id, 0);
  EXPECT_EQ(FindCut({Dimension::kTeam})->id, 5);
  EXPECT_EQ(FindCut({Dimension::kTouchpoint, Dimension::kSurvey})->id, 21);
  EXPECT_EQ(FindCut({Dimension::kSurvey, Dimension::kTouchpoint})->id, 21);
  EXPECT_EQ(FindCut({Dimension::kTouchpoint, Dimension::kChannel}), nullptr);
  EXPECT_EQ(FindCut({Dimension::kSurvey, Dimension::kTouchpoint, Dimension::kChannel}), nullptr);
}

TEST(DimensionTest, KeysFollowTheOrderOfTheCut) {
  const DimensionValues values = {"s", "t", "c", "g", "m", "SELF"};
  EXPECT_EQ(KeyIn(*FindCut({}), values), (CutKey{"", ""}));
  EXPECT_EQ(KeyIn(*FindCut({Dimension::kSegment}), values), (CutKey{"g", ""}));
  EXPECT_EQ(KeyIn(*FindCut({Dimension::kCollectedBy, Dimension::kSurvey}), values), (CutKey{"s", "SELF"}));
}

}  // namespace
}  // namespace hoiam::scoring
