#include "loop_service/domain/loop_rate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/domain/case_command.h"
#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kOpened = absl::FromUnixSeconds(1'793'000'000);
const absl::Time kNow = kOpened + absl::Hours(72);

// Contacted after an hour, 48 allowed.
CaseFact Fact(int answers = 1) {
  CaseFact f;
  f.create_time = f.start_time = kOpened;
  f.state = CaseState::kInProgress;
  f.origin = "REACTIVE";
  f.owned = true;
  f.team = "cskh";
  f.answers = answers;
  f.contact_time = kOpened + absl::Hours(1);
  f.contact_by = kOpened + absl::Hours(48);
  return f;
}

CaseFact Silent(int answers, absl::Time contact_by) {
  CaseFact f = Fact(answers);
  f.contact_time.reset();
  f.contact_by = contact_by;
  return f;
}

LoopRate RateOf(const std::vector<CaseFact>& facts) {
  LoopCounter counter(kNow);
  for (const CaseFact& f : facts) counter.Add(f, "");
  const auto rates = counter.Rates();
  return rates.empty() ? LoopRate() : rates.front();
}

TEST(LoopRateTest, AnswersAreInTimeWhenTheCustomerWasContactedOrTheCaseResolvedByThen) {
  CaseFact on_time = Fact(), late = Fact(), resolved = Silent(1, kOpened + absl::Hours(48));
  on_time.contact_time = on_time.contact_by;
  late.contact_time = late.contact_by + absl::Microseconds(1);
  resolved.resolve_time = kOpened + absl::Hours(2);
  resolved.state = CaseState::kResolved;
  const LoopRate r = RateOf({on_time, late, resolved});
  EXPECT_EQ(r.needed, 3);
  EXPECT_EQ(r.in_time, 2);
  EXPECT_EQ(r.pending, 0);
  EXPECT_EQ(r.rate, 66.667);
}

TEST(LoopRateTest, WhatIsNotDoneAndNotLateYetIsLeftOutOfTheRate) {
  const LoopRate r = RateOf({Fact(2), Silent(3, kNow), Silent(5, kNow - absl::Microseconds(1))});
  EXPECT_EQ(r.needed, 10);
  EXPECT_EQ(r.pending, 3);
  EXPECT_EQ(r.rate, 28.571);  // 2 of 7
}

TEST(LoopRateTest, ThereIsNoRateOfNothing) {
  const LoopRate r = RateOf({Silent(4, kNow)});
  EXPECT_EQ(r.needed, 4);
  EXPECT_EQ(r.rate, std::nullopt);
  EXPECT_EQ(r.rate_low, std::nullopt);
}

// Wilson, L. D. Brown et al. 2001: 8 of 10 is [49.0, 94.3]; the ends are never outside of 0 to 100.
TEST(LoopRateTest, TheIntervalIsWilsons) {
  const LoopRate r = RateOf({Fact(8), Silent(2, kOpened)});
  EXPECT_EQ(r.rate, 80.0);
  EXPECT_NEAR(*r.rate_low, 49.016, 0.001);
  EXPECT_NEAR(*r.rate_high, 94.332, 0.001);
  EXPECT_EQ(RateOf({Fact(5)}).rate_high, 100.0);
  EXPECT_EQ(RateOf({Silent(5, kOpened)}).rate_low, 0.0);
}

TEST(LoopRateTest, CancelledCasesCountNowhere) {
  CaseFact cancelled = Fact(7);
  cancelled.state = CaseState::kCancelled;
  LoopCounter counter(kNow);
  counter.Add(cancelled, "");
  EXPECT_THAT(counter.Rates(), IsEmpty());
}

TEST(LoopRateTest, OrphansAreAnswersInOpenCasesOfNobody) {
  CaseFact orphan = Fact(3), ended = Fact(4);
  orphan.owned = ended.owned = false;
  ended.state = CaseState::kResolved;
  EXPECT_EQ(RateOf({orphan, ended, Fact(9)}).orphans, 3);
}

TEST(LoopRateTest, CasesAreCountedByHowTheyBeganAndEnded) {
  CaseFact by_hand = Fact(0), twice = Fact(), score = Fact(), word = Fact(), silence = Fact();
  by_hand.origin = "PROACTIVE";
  twice.said_twice = true;
  score.verification = Verification::kScore;
  word.verification = Verification::kCustomerWord;
  silence.verification = Verification::kSilence;
  score.state = word.state = silence.state = CaseState::kVerified;
  const LoopRate r = RateOf({by_hand, twice, score, word, silence});
  EXPECT_EQ(r.cases, 5);
  EXPECT_EQ(r.open, 2);
  EXPECT_EQ(r.proactive, 1);
  EXPECT_EQ(r.reactive, 4);
  EXPECT_EQ(r.said_twice, 1);
  EXPECT_EQ(r.recovered, 2);
  EXPECT_EQ(r.silent, 1);
}

TEST(LoopRateTest, PercentilesAreTheNearestRank) {
  std::vector<CaseFact> facts;
  for (int i = 1; i <= 20; ++i) {
    facts.push_back(Fact());
    facts.back().contact_time = kOpened + absl::Seconds(i * 10);
    facts.back().handoff_waits = {i, 100 + i};
  }
  const LoopRate r = RateOf(facts);
  EXPECT_EQ(r.contact.count, 20);
  EXPECT_EQ(r.contact.p50_seconds, 100);
  EXPECT_EQ(r.contact.p90_seconds, 180);
  EXPECT_EQ(r.contact.p95_seconds, 190);
  EXPECT_EQ(r.handoff.count, 40);
  EXPECT_EQ(r.handoff.p50_seconds, 20);
  EXPECT_EQ(r.resolve.count, 0);
  EXPECT_EQ(r.resolve.p50_seconds, std::nullopt);
  EXPECT_EQ(RateOf({Fact()}).contact.p95_seconds, 3600) << "of one, that one";
}

TEST(LoopRateTest, TheGroupOfTheMostCasesComesFirst) {
  LoopCounter counter(kNow);
  for (const char* team : {"b", "c", "a", "c"}) counter.Add(Fact(), team);
  std::vector<std::string> groups;
  for (const LoopRate& r : counter.Rates()) groups.push_back(r.group);
  EXPECT_THAT(groups, ElementsAre("c", "a", "b"));
}

TEST(LoopRateTest, ThirtyAnswersAreEnough) {
  EXPECT_FALSE(RateOf({Fact(kEnoughAnswers - 1)}).enough_data);
  EXPECT_TRUE(RateOf({Fact(kEnoughAnswers)}).enough_data);
}

TEST(LoopRateTest, AFactCountsFromTheLastTimeTheCaseWasOpened) {
  OpenByHand call;
  call.case_id = std::string(16, 'x');
  call.customer_id = "c1";
  call.reason = "late";
  call.team = "cskh";
  Case c = OpenCase(call, "lan", kOpened);
  c.answers.resize(3);
  c.answers[2].recovery = true;
  Apply(c, Assign{"hoa", "", ""}, "boss", kOpened + absl::Minutes(1));
  Apply(c, Contact{"phone", "", ContactOutcome::kReached}, "hoa", kOpened + absl::Minutes(3));
  Resolve solved;
  solved.customer_reply = "ok";
  Apply(c, solved, "hoa", kOpened + absl::Minutes(4));
  Apply(c, Reopen{"again"}, "lan", kOpened + absl::Hours(9));
  Apply(c, Assign{"minh", "", ""}, "boss", kOpened + absl::Hours(10));
  const CaseFact f = FactOf(c);
  EXPECT_EQ(f.start_time, kOpened + absl::Hours(9));
  EXPECT_EQ(f.answers, 2) << "the answer to the recovery survey asked for nothing";
  EXPECT_THAT(f.handoff_waits, ElementsAre(120)) << "the last one still waits";
  EXPECT_TRUE(f.owned);
}

}  // namespace
}  // namespace hoiam::loop
