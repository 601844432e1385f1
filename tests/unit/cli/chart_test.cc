#include "cli/term/chart.h"

#include <gmock/gmock.h>

#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

TEST(IntervalBarTest, ShowsScoreBoundsAndTargetWhereTheyAre) {
  EXPECT_EQ(IntervalBar({0, 100}, 40, 50, 60, std::nullopt, 11), "····├●┤····");
  EXPECT_EQ(IntervalBar({-100, 100}, -100, 0, 100, std::nullopt, 11), "├────●────┤");
  EXPECT_EQ(IntervalBar({0, 100}, 20, 40, 60, 80, 11), "··├─●─┤·¦··");
  EXPECT_EQ(IntervalBar({0, 100}, 20, 40, 60, 40, 11), "··├─●─┤····") << "the score is seen where the target is too";
}

TEST(IntervalBarTest, WhatLiesBeyondTheAxisIsShownAtItsEnd) {
  EXPECT_EQ(IntervalBar({0, 100}, -20, 0, 130, 200, 5), "●───¦");
  for (double low = -150; low <= 150; low += 25)
    for (double high = low; high <= 150; high += 25)
      EXPECT_EQ(DisplayWidth(IntervalBar({-100, 100}, low, (low + high) / 2, high, std::nullopt, 27)), 27u);
}

TEST(SparklineTest, GoesFromTheLeastToTheLargestAndShowsWhatIsMissing) {
  EXPECT_EQ(Sparkline({}), "");
  EXPECT_EQ(Sparkline({0, 100}), "▁█");
  EXPECT_EQ(Sparkline({-10, std::nullopt, 0, 10}), "▁·▅█");
  EXPECT_EQ(Sparkline({5, 5}), "▄▄") << "what does not move is no bottom";
  EXPECT_EQ(Sparkline({std::nullopt}), "·");
}

TEST(SignedBarTest, GoesLeftForWhatDragsDown) {
  EXPECT_EQ(SignedBar(-10, 10, 4), "████│    ");
  EXPECT_EQ(SignedBar(5, 10, 4), "    │██  ");
  EXPECT_EQ(SignedBar(0, 10, 4), "    │    ");
  EXPECT_EQ(SignedBar(99, 10, 4), "    │████");
}

TEST(ShadeTest, TheWorseTheDarker) {
  std::string shades;
  for (double score : {0, 25, 45, 65, 85, 100}) shades += Shade({0, 100}, score);
  EXPECT_EQ(shades, "█▓▒░  ");
  EXPECT_EQ(Shade({-100, 100}, -90), "█");
}

}  // namespace
}  // namespace hoiam::cli
