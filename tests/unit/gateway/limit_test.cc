// How fast a caller may go: the bucket in whole numbers, and what the limiter makes of it.
#include <gtest/gtest.h>

#include "gateway/limit/limiter.h"
#include "gateway/limit/token_bucket.h"
#include "gateway/limits.h"
#include "tests/support/fake_clock.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using ::absl::StatusCode;
using testing::FakeClock;
using testing::StatusIs;

const absl::Time kStart = absl::FromUnixSeconds(1'793'000'000);

TEST(TokenBucketTest, ABucketIsFullAtFirstAndEmptyAfterItsBurst) {
  TokenBucket bucket;
  for (int i = 0; i < 20; ++i) {
    const auto look = bucket.Take(10, 20, kStart);
    EXPECT_TRUE(look.taken) << i;
    EXPECT_EQ(look.left, 19 - i);
  }
  const auto look = bucket.Take(10, 20, kStart);
  EXPECT_FALSE(look.taken);
  EXPECT_EQ(look.left, 0);
  EXPECT_EQ(look.retry_after, absl::Milliseconds(100));
  EXPECT_EQ(look.full_after, absl::Seconds(2));
}

TEST(TokenBucketTest, ATokenIsThereExactlyWhenItWasSaidToBe) {
  for (const int64_t rate : {1, 3, 7, 10, 999, 1'000'000}) {
    TokenBucket bucket;
    while (bucket.Take(rate, rate, kStart).taken) {
    }
    const absl::Duration wait = bucket.Take(rate, rate, kStart).retry_after;
    EXPECT_FALSE(bucket.Take(rate, rate, kStart + wait - absl::Nanoseconds(1)).taken) << rate;
    EXPECT_TRUE(bucket.Take(rate, rate, kStart + wait).taken) << rate;
    EXPECT_FALSE(bucket.Take(rate, rate, kStart + wait).taken) << rate;
  }
}

TEST(TokenBucketTest, InTheLongRunTheRateHoldsToTheTokenHoweverOftenItIsAsked) {
  TokenBucket bucket;
  int64_t taken = 0;
  for (int i = 0; i < 3'000'000; ++i) taken += bucket.Take(7, 7, kStart + absl::Microseconds(7 * i)).taken;
  EXPECT_EQ(taken, 7 + 7 * 21 - 1) << "the burst, and 7 a second for a little less than 21 s";
}

TEST(TokenBucketTest, AClockThatGoesBackGivesNothingAndTheBucketFillsFromThere) {
  const absl::Time before = kStart - absl::Hours(1);
  TokenBucket bucket;
  ASSERT_TRUE(bucket.Take(1, 2, kStart).taken);
  ASSERT_TRUE(bucket.Take(1, 2, before).taken);
  EXPECT_FALSE(bucket.Take(1, 2, before).taken);
  EXPECT_FALSE(bucket.Take(1, 2, before + absl::Milliseconds(999)).taken);
  EXPECT_TRUE(bucket.Take(1, 2, before + absl::Seconds(1)).taken);
}

TEST(TokenBucketTest, AYearOfRestAndTheHighestRateDoNotOverflow) {
  TokenBucket bucket;
  ASSERT_TRUE(bucket.Take(kMaxRate, kMaxRate * kBurstSeconds, kStart).taken);
  const auto look = bucket.Take(kMaxRate, kMaxRate * kBurstSeconds, kStart + absl::Hours(24 * 365 * 100));
  EXPECT_EQ(look.left, kMaxRate * kBurstSeconds - 1);
}

TEST(TokenBucketTest, WhatIsGivenBackCanBeTakenAgainAndNeverMakesMore) {
  TokenBucket bucket;
  ASSERT_TRUE(bucket.Take(1, 1, kStart).taken);
  bucket.Return(1);
  bucket.Return(1);
  EXPECT_TRUE(bucket.Take(1, 1, kStart).taken);
  EXPECT_FALSE(bucket.Take(1, 1, kStart).taken);
  EXPECT_FALSE(bucket.FullAt(1, 1, kStart));
  EXPECT_TRUE(bucket.FullAt(1, 1, kStart + absl::Seconds(1)));
}

Caller Of(const std::string& tenant, const std::string& key) {
  Caller c;
  c.tenant = tenant;
  c.key = key;
  return c;
}

TEST(LimiterTest, WithoutLimitsEverythingIsAdmittedAndNothingIsSaid) {
  FakeClock clock(kStart);
  Limiter limiter({}, clock);
  for (int i = 0; i < 10'000; ++i) {
    const auto a = limiter.Admit(Of("t", "k"));
    ASSERT_TRUE(a.status.ok());
    ASSERT_EQ(a.policy + a.state, "");
  }
}

TEST(LimiterTest, AKeyThatIsTooFastTakesNothingFromTheOthersOfItsTenant) {
  FakeClock clock(kStart);
  Limiter limiter({.key_per_second = 2, .tenant_per_second = 4}, clock);
  for (int i = 0; i < 4; ++i) HOIAM_EXPECT_OK(limiter.Admit(Of("t", "a")).status);
  for (int i = 0; i < 100; ++i)
    EXPECT_THAT(limiter.Admit(Of("t", "a")).status, StatusIs(StatusCode::kResourceExhausted, "RATE_LIMITED"));
  for (int i = 0; i < 4; ++i) HOIAM_EXPECT_OK(limiter.Admit(Of("t", "b")).status);
  const auto tenant_is_out = limiter.Admit(Of("t", "c"));
  EXPECT_EQ(DetailOf(tenant_is_out.status)->metadata.at("limit"), "tenant");
  HOIAM_EXPECT_OK(limiter.Admit(Of("u", "d")).status) << "another tenant's are its own";
  clock.Advance(absl::Milliseconds(250));
  HOIAM_EXPECT_OK(limiter.Admit(Of("t", "c")).status) << "what the tenant refused took nothing from the key";
}

TEST(LimiterTest, TheHeadersSayTheLimitsAndWhatIsLeft) {
  FakeClock clock(kStart);
  Limiter limiter({.key_per_second = 5, .tenant_per_second = 10}, clock);
  const auto first = limiter.Admit(Of("t", "k"));
  EXPECT_EQ(first.policy, R"("key";q=10;w=2, "tenant";q=20;w=2)");
  EXPECT_EQ(first.state, R"("key";r=9;t=1, "tenant";r=19;t=1)");
  for (int i = 0; i < 9; ++i) limiter.Admit(Of("t", "k"));
  const auto refused = limiter.Admit(Of("t", "k"));
  EXPECT_EQ(refused.policy, R"("key";q=10;w=2)");
  EXPECT_EQ(refused.state, R"("key";r=0;t=2)");
  EXPECT_EQ(DetailOf(refused.status)->metadata.at("retryAfter"), "1");
}

TEST(LimiterTest, ATenantsOwnLimitsTakeThePlaceOfTheInstallations) {
  FakeClock clock(kStart);
  Limiter limiter({.tenant_per_second = 1, .tenant_concurrent = 1}, clock);
  Caller big = Of("big", "k");
  big.requests_per_second = 100;
  big.concurrent_requests = 3;
  std::vector<Limiter::Admission> held;
  for (int i = 0; i < 3; ++i) held.push_back(limiter.Admit(big));
  for (const auto& a : held) HOIAM_EXPECT_OK(a.status);
  EXPECT_THAT(limiter.Admit(big).status, StatusIs(StatusCode::kResourceExhausted, "TOO_MANY_IN_FLIGHT"));
}

TEST(LimiterTest, APlaceIsFreeAgainWhenItsRequestHasEnded) {
  FakeClock clock(kStart);
  Limiter limiter({.tenant_concurrent = 2}, clock);
  auto a = limiter.Admit(Of("t", "k"));
  auto b = limiter.Admit(Of("t", "k"));
  EXPECT_THAT(limiter.Admit(Of("t", "k")).status, StatusIs(StatusCode::kResourceExhausted, "TOO_MANY_IN_FLIGHT"));
  HOIAM_EXPECT_OK(limiter.Admit(Of("u", "k")).status);
  const auto copy = a.place;
  a.place.reset();
  EXPECT_FALSE(limiter.Admit(Of("t", "k")).status.ok()) << "a copy still holds it";
  b.place.reset();
  HOIAM_EXPECT_OK(limiter.Admit(Of("t", "k")).status);
}

TEST(LimiterTest, MoreKeysThanItRemembersDoNotMakeItGrow) {
  FakeClock clock(kStart);
  Limiter limiter({.key_per_second = 1}, clock);
  for (size_t i = 0; i < kMaxBuckets + 10; ++i) {
    HOIAM_ASSERT_OK(limiter.Admit(Of("t", std::to_string(i))).status);
  }
}

}  // namespace
}  // namespace hoiam::gateway
