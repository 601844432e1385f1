#include "gateway/webhook/queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace hoiam::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

Queued Of(int64_t position, const std::string& subject, absl::Time due = kNow) {
  return {position, position, subject, due, ""};
}

std::vector<int64_t> Positions(const std::vector<Queued>& taken) {
  std::vector<int64_t> out;
  for (const Queued& d : taken) out.push_back(d.position);
  return out;
}

TEST(DeliveryQueueTest, OneCustomersEventsGoOneAfterTheOtherDifferentCustomersSideBySide) {
  DeliveryQueue q;
  q.Add(Of(1, "lan"));
  q.Add(Of(2, "lan"));
  q.Add(Of(3, "minh"));
  q.Add(Of(4, ""));
  q.Add(Of(5, ""));
  EXPECT_THAT(Positions(q.Take(kNow, 10)), ElementsAre(1, 3, 4, 5));
  EXPECT_THAT(Positions(q.Take(kNow, 10)), IsEmpty());
  q.Done(3);
  EXPECT_THAT(Positions(q.Take(kNow, 10)), IsEmpty());
  q.Done(1);
  EXPECT_THAT(Positions(q.Take(kNow, 10)), ElementsAre(2));
  q.Done(2);
  q.Done(4);
  q.Done(5);
  EXPECT_EQ(q.size(), 0u);
  EXPECT_EQ(q.running(), 0u);
  EXPECT_EQ(q.NextDue(), absl::InfiniteFuture());
}

TEST(DeliveryQueueTest, AFailedOneHoldsBackItsCustomerUntilItIsDueAgainAndNobodyElse) {
  DeliveryQueue q;
  q.Add(Of(1, "lan"));
  q.Add(Of(2, "lan"));
  q.Add(Of(3, "minh"));
  auto taken = q.Take(kNow, 1);
  ASSERT_THAT(Positions(taken), ElementsAre(1));
  const absl::Time again = kNow + absl::Seconds(5);
  q.Again(taken[0], again);
  EXPECT_THAT(Positions(q.Take(kNow, 10)), ElementsAre(3));
  EXPECT_EQ(q.NextDue(), again);
  EXPECT_THAT(Positions(q.Take(again - absl::Nanoseconds(1), 10)), IsEmpty());
  EXPECT_THAT(Positions(q.Take(again, 10)), ElementsAre(1));
  q.Done(1);
  EXPECT_THAT(Positions(q.Take(again, 10)), ElementsAre(2)) << "given up or delivered: the next one goes";
}

TEST(DeliveryQueueTest, OnlyAsManyAsAskedForAndTheEarliestDueFirst) {
  DeliveryQueue q;
  for (int i = 1; i <= 5; ++i) q.Add(Of(i, "c" + std::to_string(i), kNow - absl::Seconds(i)));
  EXPECT_THAT(Positions(q.Take(kNow, 2)), ElementsAre(5, 4));
  EXPECT_EQ(q.running(), 2u);
  EXPECT_THAT(Positions(q.Take(kNow, 0)), IsEmpty());
}

TEST(DeliveryQueueTest, WhatIsNotRunningCannotEnd) {
  DeliveryQueue q;
  q.Add(Of(1, "lan"));
  q.Done(1);
  q.Again(Of(1, "lan"), kNow);
  q.Done(7);
  EXPECT_EQ(q.size(), 1u);
  EXPECT_THAT(Positions(q.Take(kNow, 10)), ElementsAre(1));
}

// A law over random runs: each customer's events succeed in the order of their positions, each once, and nothing stays.
TEST(DeliveryQueueTest, WhateverFailsTheOrderOfEachCustomerIsKept) {
  for (int seed = 0; seed < 50; ++seed) {
    std::mt19937 random(seed);
    DeliveryQueue q;
    absl::Time now = kNow;
    std::map<std::string, std::vector<int64_t>> done;
    std::vector<Queued> running;
    int64_t next = 1;
    size_t ended = 0;
    while (ended < 200) {
      if (next <= 200 && random() % 2) {
        q.Add(Of(next, "c" + std::to_string(random() % 7), now));
        ++next;
      }
      for (Queued& d : q.Take(now, 8 - q.running())) running.push_back(std::move(d));
      ASSERT_LE(q.running(), 8u);
      if (!running.empty()) {
        const size_t i = random() % running.size();
        Queued d = running[i];
        running.erase(running.begin() + i);
        if (random() % 3 == 0) {
          q.Again(std::move(d), now + absl::Seconds(random() % 5));
        } else {
          done[d.subject].push_back(d.position);
          q.Done(d.position);
          ++ended;
        }
      }
      now += absl::Milliseconds(random() % 2000);
    }
    EXPECT_EQ(q.size(), 0u);
    for (const auto& [subject, positions] : done)
      EXPECT_TRUE(std::is_sorted(positions.begin(), positions.end())) << subject << " of seed " << seed;
  }
}

}  // namespace
}  // namespace hoiam::gateway
