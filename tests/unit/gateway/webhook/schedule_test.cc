#include "gateway/webhook/schedule.h"

#include <gtest/gtest.h>

#include "gateway/limits.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

// To the millisecond.
absl::Duration Rounded(absl::Duration d) { return absl::Trunc(d + absl::Microseconds(500), absl::Milliseconds(1)); }

TEST(ScheduleTest, TenAttemptsInALittleOverThreeDays) {
  const Schedule& s = DefaultSchedule();
  ASSERT_EQ(s.size(), 10u);
  absl::Duration all;
  for (absl::Duration d : s) all += d;
  EXPECT_EQ(all, absl::Hours(75) + absl::Minutes(35) + absl::Seconds(5));
  absl::Time at = kNow;
  for (int made = 1; made < 10; ++made) {
    const auto next = NextAttempt(s, made, at, 0.5);
    ASSERT_TRUE(next);
    EXPECT_EQ(Rounded(*next - at), s[made]);
    at = *next;
  }
  EXPECT_FALSE(NextAttempt(s, 10, at, 0.5)) << "given up after the tenth";
}

TEST(ScheduleTest, WhatFailedTogetherComesAgainWithinTenPercentToEitherSide) {
  const auto wait = [](double random) { return *NextAttempt(DefaultSchedule(), 2, kNow, random) - kNow; };
  EXPECT_EQ(Rounded(wait(0)), absl::Seconds(270));
  EXPECT_LT(wait(0.999999), absl::Seconds(330));
  for (double r = 0; r < 0.95; r += 0.05) EXPECT_LT(wait(r), wait(r + 0.05));
}

TEST(ScheduleTest, AReceiverMayAskForMoreTimeButNotForLessAndNotForSilence) {
  const auto wait = [](absl::Duration asked) { return *NextAttempt(DefaultSchedule(), 1, kNow, 0.5, asked) - kNow; };
  EXPECT_EQ(Rounded(wait(absl::Seconds(1))), absl::Seconds(5));
  EXPECT_EQ(wait(absl::Minutes(2)), absl::Minutes(2));
  EXPECT_EQ(wait(absl::Hours(24 * 365)), kMaxRetryAfter);
}

TEST(ScheduleTest, AShorterOneMayBeSaidAndMistakesAreNamed) {
  const auto s = ParseSchedule("0s, 100ms,2s");
  HOIAM_ASSERT_OK(s);
  EXPECT_EQ(*s, (Schedule{absl::ZeroDuration(), absl::Milliseconds(100), absl::Seconds(2)}));
  for (const char* bad :
       {"", "5", "-1s", "25h", "1s,,2s", "soon", "1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s"})
    EXPECT_FALSE(ParseSchedule(bad).ok()) << bad;
}

}  // namespace
}  // namespace hoiam::gateway
