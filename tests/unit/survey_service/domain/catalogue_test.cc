#include "survey_service/domain/catalogue.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"

namespace hoiam::survey {
namespace {

TEST(CatalogueTest, WhatHoiamBringsIsATreeInOrderWithNamesInBothLanguages) {
  std::set<absl::string_view> seen;
  absl::string_view last;
  std::set<JourneyStage> stages;
  for (const BuiltInTouchpoint& t : BuiltInTouchpoints()) {
    EXPECT_TRUE(IsTreeId(t.id)) << t.id;
    EXPECT_LT(last, t.id) << "by id";
    EXPECT_TRUE(ParentOf(t.id).empty() || seen.count(ParentOf(t.id)) > 0) << t.id << " comes before what is above it";
    EXPECT_FALSE(t.vi.empty() || t.en.empty()) << t.id;
    stages.insert(t.stage);
    seen.insert(last = t.id);
  }
  EXPECT_EQ(stages, (std::set<JourneyStage>{JourneyStage::kBefore, JourneyStage::kDuring, JourneyStage::kAfter}));
}

TEST(CatalogueTest, MomentsOfTruthAndWhatNobodyControlsAreAsTheSourceSays) {
  std::set<absl::string_view> truths, beyond;
  for (const BuiltInTouchpoint& t : BuiltInTouchpoints()) {
    if (t.moment_of_truth) truths.insert(t.id);
    if (!t.controllable) beyond.insert(t.id);
  }
  EXPECT_EQ(truths, (std::set<absl::string_view>{"delivery", "store.advice", "warranty"}));
  EXPECT_EQ(beyond, std::set<absl::string_view>{"reviews"});
}

TEST(CatalogueTest, TheUsualChannelOfATouchpointIsAChannel) {
  std::set<absl::string_view> channels = {""};
  for (const BuiltInChannel& c : BuiltInChannels()) {
    EXPECT_TRUE(CouldBeId(c.id)) << c.id;
    channels.insert(c.id);
  }
  for (const BuiltInTouchpoint& t : BuiltInTouchpoints()) EXPECT_EQ(channels.count(t.channel), 1u) << t.id;
}

TEST(CatalogueTest, EveryNameThatHoiamBringsLeadsBackToItsId) {
  for (const BuiltInTouchpoint& t : BuiltInTouchpoints())
    for (absl::string_view name : {t.vi, t.en})
      EXPECT_EQ(FindBuiltIn(CatalogueKind::kTouchpoint, FoldName(name)), t.id) << name << ": two have one name";
  for (const BuiltInChannel& c : BuiltInChannels())
    for (absl::string_view name : {c.vi, c.en})
      EXPECT_EQ(FindBuiltIn(CatalogueKind::kChannel, FoldName(name)), c.id) << name << ": two have one name";
  EXPECT_EQ(FindBuiltIn(CatalogueKind::kTouchpoint, "zalo"), std::nullopt) << "that is a channel";
}

TEST(CatalogueTest, ANameIsOneWhateverItsCaseCompositionAndSpaces) {
  for (const char* name : {"Giao hàng", "GIAO HÀNG", "giao ha\xcc\x80ng", "  Giao   hàng "})
    EXPECT_EQ(FoldName(name), "giao hàng") << name;
  EXPECT_NE(FoldName("Giao hang"), "giao hàng") << "marks make another word: bán is not bàn";
  EXPECT_EQ(FoldName("\xff"), "");
  EXPECT_EQ(FoldName(" "), "");
}

TEST(CatalogueTest, IdsAreTakenAsTheyAreAndNamesAreNot) {
  for (const char* id : {"a", "store.checkout", "my-shop_2", "a..b", "x"}) EXPECT_TRUE(CouldBeId(id)) << id;
  for (const std::string& name :
       {std::string(), std::string("Store"), std::string("giao hàng"), std::string("a b"), std::string(65, 'a')})
    EXPECT_FALSE(CouldBeId(name)) << name;
}

TEST(CatalogueTest, TheTreeIsInTheIds) {
  EXPECT_EQ(ParentOf("store.advice.queue"), "store.advice");
  EXPECT_EQ(ParentOf("store"), "");
  EXPECT_TRUE(IsTreeId("store.advice"));
  for (const char* id : {"", ".a", "a.", "a..b", "A"}) EXPECT_FALSE(IsTreeId(id)) << id;
}

}  // namespace
}  // namespace hoiam::survey
