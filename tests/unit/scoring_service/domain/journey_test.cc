#include "scoring_service/domain/journey.h"

#include <gmock/gmock.h>

#include "scoring_service/domain/repeat_issues.h"

namespace hoiam::scoring {
namespace {

LinkFigures Satisfied(int64_t link, int64_t of, int64_t others, int64_t of_others) {
  const auto figure = [](int64_t top, int64_t n) { return FigureOf(WeightedCounts{{0, n - top}, {1000, top}}); };
  return {figure(link, of), figure(others, of_others), of, of_others};
}

TEST(JourneyTest, ALinkIsWeakWhenItIsLowerThanTheOthersAndNotByChance) {
  EXPECT_TRUE(IsWeak(Satisfied(60, 100, 850, 1000)));
  EXPECT_FALSE(IsWeak(Satisfied(82, 100, 850, 1000))) << "that may be chance";
  EXPECT_FALSE(IsWeak(Satisfied(99, 100, 850, 1000))) << "it is higher";
}

TEST(JourneyTest, FewAnswersOnEitherSideMakeNothingWeak) {
  EXPECT_FALSE(IsWeak(Satisfied(0, 29, 1000, 1000)));
  EXPECT_TRUE(IsWeak(Satisfied(0, 30, 1000, 1000)));
  EXPECT_FALSE(IsWeak(Satisfied(0, 100, 29, 29)));
  EXPECT_FALSE(IsWeak(Satisfied(0, 100, 0, 0))) << "the only touchpoint is lower than nothing";
}

TEST(JourneyTest, TheWeakestLinkIsTheLowestWithEnoughAnswers) {
  EXPECT_EQ(WeakestLink({}), std::nullopt);
  EXPECT_EQ(WeakestLink({Satisfied(0, 29, 1, 1)}), std::nullopt);
  EXPECT_EQ(WeakestLink(
                {Satisfied(50, 100, 1, 1), Satisfied(0, 3, 1, 1), Satisfied(40, 100, 1, 1), Satisfied(40, 100, 1, 1)}),
            2);
}

TEST(RepeatIssuesTest, CountsCustomersWhoWereUnhappyTwiceAboutTheSameTouchpoint) {
  RepeatIssues issues;
  EXPECT_EQ(issues.Rate().of, 0);
  issues.Add("lan", "delivery");
  issues.Add("lan", "store");
  issues.Add("minh", "delivery");
  issues.Add("minh", "delivery");
  issues.Add("minh", "delivery");
  issues.Add("", "delivery");
  issues.Add("hoa", "");
  EXPECT_EQ(issues.Rate().count, 1);
  EXPECT_EQ(issues.Rate().of, 2);
}

}  // namespace
}  // namespace hoiam::scoring
