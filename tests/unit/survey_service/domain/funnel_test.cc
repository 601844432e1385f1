#include "survey_service/domain/funnel.h"

#include <gmock/gmock.h>

#include <random>

namespace hoiam::survey {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

std::vector<std::pair<std::string, int64_t>> Heights(const Counts& counts) {
  std::vector<std::pair<std::string, int64_t>> out;
  for (const FunnelStep& s : FunnelSteps(counts)) out.emplace_back(s.item, s.count);
  return out;
}

const FunnelStep& At(const std::vector<FunnelStep>& steps, const std::string& item) {
  for (const FunnelStep& s : steps) {
    if (s.item == item) return s;
  }
  ADD_FAILURE() << "no step " << item;
  return steps.front();
}

TEST(FunnelTest, NobodyAskedIsSixStepsOfNothingWithoutARate) {
  const auto steps = FunnelSteps({});
  EXPECT_THAT(Heights({}),
              ElementsAre(std::pair(kTriggeredItem, 0), std::pair(kEligibleItem, 0), std::pair(kSampledItem, 0),
                          std::pair(kSentItem, 0), std::pair(kStartedItem, 0), std::pair(kFinishedItem, 0)));
  for (const FunnelStep& s : steps) {
    EXPECT_FALSE(s.percent_of_previous) << s.item;
    EXPECT_FALSE(s.percent_of_sent) << s.item;
  }
  EXPECT_THAT(FunnelSkips({}), IsEmpty());
  EXPECT_THAT(DropOff({}, {}), IsEmpty());
}

TEST(FunnelTest, RatesAreOfTheStepBeforeAndOfWhatWasSent) {
  const auto steps = FunnelSteps({{kTriggeredItem, 1000},
                                  {kEligibleItem, 600},
                                  {kSampledItem, 300},
                                  {kSentItem, 240},
                                  {kDeliveredItem, 230},
                                  {kOpenedItem, 115},
                                  {kStartedItem, 60},
                                  {kFinishedItem, 40}});
  ASSERT_EQ(steps.size(), 8u);
  EXPECT_FALSE(At(steps, kTriggeredItem).percent_of_previous);
  EXPECT_THAT(At(steps, kEligibleItem).percent_of_previous, Optional(60.0));
  EXPECT_FALSE(At(steps, kSampledItem).percent_of_sent);
  EXPECT_THAT(At(steps, kSentItem).percent_of_sent, Optional(100.0));
  EXPECT_THAT(At(steps, kOpenedItem).percent_of_previous, Optional(50.0));
  EXPECT_THAT(At(steps, kOpenedItem).percent_of_sent, Optional(47.917));
  EXPECT_THAT(At(steps, kFinishedItem).percent_of_previous, Optional(66.667));
  EXPECT_THAT(At(steps, kFinishedItem).percent_of_sent, Optional(16.667));
}

TEST(FunnelTest, AStepThatNobodyReportsIsLeftOutAndTheNextOneIsMeasuredAgainstTheOneBefore) {
  const auto steps = FunnelSteps({{kSentItem, 200}, {kStartedItem, 50}});
  EXPECT_EQ(steps.size(), 6u);
  EXPECT_THAT(At(steps, kStartedItem).percent_of_previous, Optional(25.0));
}

TEST(FunnelTest, WhoAnsweredHadTheMessageWhetherOrNotAnybodyReportedIt) {
  // Three were reported as opened; twenty answered, some of them without the page's script.
  const auto steps = FunnelSteps({{kSentItem, 100}, {kDeliveredItem, 10}, {kOpenedItem, 3}, {kStartedItem, 20}});
  EXPECT_EQ(At(steps, kOpenedItem).count, 20);
  EXPECT_EQ(At(steps, kDeliveredItem).count, 20);
  EXPECT_EQ(At(steps, kSentItem).count, 100);
  EXPECT_EQ(At(steps, kTriggeredItem).count, 100) << "asked by hand: no trigger was counted";
}

TEST(FunnelTest, NoStepIsSmallerThanOneAfterItWhateverWasCounted) {
  std::mt19937 random(4);
  for (int round = 0; round < 2000; ++round) {
    Counts counts;
    for (const char* item : kFunnelSteps) {
      if (random() % 3 != 0) counts[item] = static_cast<int64_t>(random() % 12) - 2;
    }
    const auto steps = FunnelSteps(counts);
    for (size_t i = 1; i < steps.size(); ++i) {
      ASSERT_GE(steps[i - 1].count, steps[i].count);
      if (steps[i].percent_of_previous) {
        ASSERT_GE(*steps[i].percent_of_previous, 0);
        ASSERT_LE(*steps[i].percent_of_previous, 100);
      }
    }
    for (const FunnelStep& s : steps) ASSERT_GE(s.count, std::max<int64_t>(counts[s.item], 0));
  }
}

TEST(FunnelTest, TheMostFrequentReasonComesFirst) {
  const auto skips = FunnelSkips(
      {{"skip:FLOOR_24H", 3}, {"skip:NOT_SAMPLED", 9}, {"skip:BLACKOUT", 3}, {"skip:VOIDED", 0}, {kSentItem, 50}});
  ASSERT_EQ(skips.size(), 3u);
  EXPECT_EQ(skips[0].reason, "NOT_SAMPLED");
  EXPECT_EQ(skips[0].count, 9);
  EXPECT_EQ(skips[1].reason, "BLACKOUT") << "of two that are equal the first by name";
  EXPECT_EQ(skips[2].reason, "FLOOR_24H");
}

TEST(FunnelTest, DropOffIsOfThoseWhoWereShownTheQuestion) {
  const auto rows = DropOff({{"shown:nps", 40},
                             {"answered:nps", 40},
                             {"shown:why", 30},
                             {"answered:why", 10},
                             {"shown:old", 5},
                             {"answered:old", 4},
                             {"shown:gone", 0}},
                            {"nps", "why", "never"});
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_THAT(rows[0].drop_off_percent, Optional(0.0));
  EXPECT_EQ(rows[1].question_id, "why");
  EXPECT_THAT(rows[1].drop_off_percent, Optional(66.667));
  EXPECT_EQ(rows[2].question_id, "never");
  EXPECT_FALSE(rows[2].drop_off_percent) << "nobody was shown it: that is no drop-off of zero";
  EXPECT_EQ(rows[3].question_id, "old") << "what an earlier version asked is at the end";
}

TEST(FunnelTest, MoreAnswersThanWereShownIsNoNegativeDropOff) {
  const auto rows = DropOff({{"shown:q", 2}, {"answered:q", 3}}, {"q"});
  EXPECT_EQ(rows[0].answered, 2);
  EXPECT_THAT(rows[0].drop_off_percent, Optional(0.0));
}

}  // namespace
}  // namespace hoiam::survey
