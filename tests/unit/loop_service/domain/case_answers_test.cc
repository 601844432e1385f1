#include "loop_service/domain/case_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/limits.h"
#include "tests/unit/loop_service/domain/legal_history.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using testing::ExpectLegalHistory;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

Answer DetractorAnswer(std::string id, int score, std::string comment = "") {
  Answer a;
  a.response_id = std::move(id);
  a.customer_id = "c1";
  a.metric = "NPS";
  a.score = score;
  a.band = score <= 6 ? Band::kWorst : score <= 8 ? Band::kMiddle : Band::kBest;
  a.responded_at = kNow;
  a.comment = std::move(comment);
  a.touchpoint = "delivery";
  a.revision = 1;
  a.full_effects = true;
  return a;
}

Alarm Of(Priority priority) { return {"a-rule", priority, {"a reason"}}; }

Case Opened(int score = 5, Priority priority = Priority::kP3) {
  return OpenCase(std::string(16, 'x'), DetractorAnswer("r1", score), Of(priority), "cskh", "", kNow);
}

Case Resolved(Case c = Opened()) {
  c.state = CaseState::kResolved;
  c.resolved_at = kNow;
  c.verify_at = kNow + absl::Hours(28 * 24);
  return c;
}

TEST(CaseAnswersTest, ANewCaseHoldsTheAnswerThatOpenedItAndWhyItRang) {
  Answer a = DetractorAnswer("r1", 2);
  a.shop = "ha-dong";
  a.lot = "L2409";
  const Case c = OpenCase(std::string(16, 'x'), a, {"lowest", Priority::kP2, {"NPS 2", "VIP"}}, "cskh", "minh", kNow);
  EXPECT_EQ(c.state, CaseState::kNew);
  EXPECT_EQ(c.kind, CaseKind::kDetractor);
  EXPECT_EQ(c.priority, Priority::kP2);
  EXPECT_EQ(c.rule, "lowest");
  EXPECT_EQ(c.customer_id, "c1");
  EXPECT_EQ(c.team, "cskh");
  EXPECT_EQ(c.owner, "minh");
  EXPECT_EQ(c.touchpoint, "delivery");
  EXPECT_EQ(c.shop, "ha-dong");
  EXPECT_EQ(c.lot, "L2409");
  ASSERT_EQ(c.answers.size(), 1u);
  EXPECT_EQ(c.answers[0].role, AnswerRole::kOpened);
  EXPECT_EQ(c.answers[0].score, 2);
  EXPECT_EQ(c.answers[0].touchpoint, "delivery");
  EXPECT_EQ(c.answers[0].rule, "lowest");
  EXPECT_THAT(c.answers[0].reasons, ElementsAre("NPS 2", "VIP"));
  ASSERT_EQ(c.history.size(), 1u);
  EXPECT_EQ(c.history[0].actor, "system");
  EXPECT_EQ(c.history[0].action, "open");
  EXPECT_EQ(c.history[0].note, "NPS 2, VIP");
  ExpectLegalHistory(c);
}

TEST(CaseAnswersTest, TheKindOfACaseIsTheBandOfWhatOpenedIt) {
  EXPECT_EQ(KindOf(DetractorAnswer("r", 6)), CaseKind::kDetractor);
  EXPECT_EQ(KindOf(DetractorAnswer("r", 7)), CaseKind::kPassive);
  EXPECT_EQ(KindOf(DetractorAnswer("r", 10)), CaseKind::kPromoter);
  Answer words;
  words.comment = "quạt bốc khói";
  EXPECT_EQ(KindOf(words), CaseKind::kFeedback);
  const Case c = OpenCase(std::string(16, 'x'), words, Of(Priority::kP1), "cskh", "", kNow);
  EXPECT_EQ(c.history[0].note, "in words, a reason");
  EXPECT_FALSE(c.answers[0].score);
}

TEST(CaseAnswersTest, TheSubjectIsTheCustomerElseTheAnswerThatOpened) {
  EXPECT_EQ(SubjectOf(Opened()), "c1");
  Answer anonymous = DetractorAnswer("r9", 1);
  anonymous.customer_id = "";
  EXPECT_EQ(SubjectOf(OpenCase(std::string(16, 'x'), anonymous, Of(Priority::kP3), "cskh", "", kNow)), "r9");
}

TEST(CaseAnswersTest, AFurtherAnswerIsAttachedAndRaisesThePriorityOnlyWhenWorse) {
  Case c = Opened(5);
  EXPECT_TRUE(AttachAnswer(c, DetractorAnswer("r2", 6), Of(Priority::kP3), kNow));
  EXPECT_EQ(c.priority, Priority::kP3);
  EXPECT_TRUE(AttachAnswer(c, DetractorAnswer("r3", 0), Of(Priority::kP2), kNow));
  EXPECT_EQ(c.priority, Priority::kP2);
  EXPECT_TRUE(AttachAnswer(c, DetractorAnswer("r4", 6), Of(Priority::kP3), kNow));
  EXPECT_EQ(c.priority, Priority::kP2);
  ASSERT_EQ(c.answers.size(), 4u);
  EXPECT_EQ(c.answers[3].role, AnswerRole::kAttached);
  EXPECT_EQ(c.history.back().action, "attach");
  EXPECT_EQ(c.state, CaseState::kNew);
  ExpectLegalHistory(c);
}

TEST(CaseAnswersTest, AFurtherAnswerIsTheReplyThatAWaitingCaseWaitsFor) {
  for (CaseState s : kCaseStates) {
    if (!IsOpen(s)) continue;
    Case c = Opened();
    c.state = s;
    AttachAnswer(c, DetractorAnswer("r2", 6), Of(Priority::kP3), kNow);
    EXPECT_EQ(c.state, s == CaseState::kWaitingCustomer ? CaseState::kInProgress : s) << Name(s);
  }
}

TEST(CaseAnswersTest, ALaterCommentEnrichesTheSameCase) {
  Case c = Opened();
  Answer later = DetractorAnswer("r1", 5, "giao trễ");
  later.revision = 2;
  EXPECT_TRUE(AmendAnswer(c, later, {1, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.answers[0].comment, "giao trễ");
  EXPECT_EQ(c.history.back().action, "amend");
  EXPECT_EQ(c.history.back().note, "comment added");
  EXPECT_EQ(c.version, 2);
  ExpectLegalHistory(c);
}

TEST(CaseAnswersTest, ANewCommentIsAReplyAndAnotherScoreAloneIsNot) {
  Case c = Opened();
  c.state = CaseState::kWaitingCustomer;
  Answer later = DetractorAnswer("r1", 6);
  AmendAnswer(c, later, {1, false}, std::nullopt, true, kNow);
  EXPECT_EQ(c.state, CaseState::kWaitingCustomer);
  later.comment = "vẫn chưa ổn";
  AmendAnswer(c, later, {2, false}, std::nullopt, true, kNow);
  EXPECT_EQ(c.state, CaseState::kInProgress);
}

TEST(CaseAnswersTest, AClaimedAnswerGivesItsCaseToTheCustomerOnceAndForGood) {
  Answer anonymous = DetractorAnswer("r9", 1);
  anonymous.customer_id = "";
  Case c = OpenCase(std::string(16, 'x'), anonymous, Of(Priority::kP3), "cskh", "", kNow);
  Answer claimed = anonymous;
  claimed.customer_id = "lan";
  claimed.revision = 2;
  EXPECT_TRUE(AmendAnswer(c, claimed, {1, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.customer_id, "lan");
  EXPECT_EQ(SubjectOf(c), "lan");
  EXPECT_EQ(c.history.back().note, "claimed by its customer");
  EXPECT_EQ(c.state, CaseState::kNew) << "nobody has spoken";
  ExpectLegalHistory(c);
  claimed.revision = 3;
  claimed.customer_id = "minh";
  EXPECT_FALSE(AmendAnswer(c, claimed, {2, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.customer_id, "lan");
}

TEST(CaseAnswersTest, AnAmendmentThatTheCaseDoesNotShowAddsNoLine) {
  Case c = Opened();
  EXPECT_FALSE(AmendAnswer(c, DetractorAnswer("r1", 5), {1, false}, std::nullopt, true, kNow));
  EXPECT_FALSE(AmendAnswer(c, DetractorAnswer("unknown", 0, "x"), {1, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.version, 1);
}

TEST(CaseAnswersTest, AScoreAmendedOutOfTheRangeLeavesTheCaseWithALine) {
  Case c = Opened(3);
  EXPECT_TRUE(AmendAnswer(c, DetractorAnswer("r1", 9), {1, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.state, CaseState::kNew);
  EXPECT_EQ(c.answers[0].score, 9);
  EXPECT_EQ(c.history.back().note, "NPS 3 → 9, no longer a detractor");
}

TEST(CaseAnswersTest, WhatRingsLouderAfterAnAmendmentRaisesThePriorityOfAnOpenCaseOnly) {
  Answer later = DetractorAnswer("r1", 5, "ổ cắm rò điện");
  Case open = Opened(5);
  EXPECT_TRUE(AmendAnswer(open, later, {1, false}, Alarm{"safety", Priority::kP1, {"“rò điện”"}}, true, kNow));
  EXPECT_EQ(open.priority, Priority::kP1);
  EXPECT_EQ(open.answers[0].rule, "safety");
  EXPECT_EQ(open.history.back().note, "comment added; P3 → P1: “rò điện”");
  EXPECT_EQ(open.rule, "a-rule") << "that opened it";
  later.comment = "không sao";
  EXPECT_TRUE(AmendAnswer(open, later, {2, false}, Of(Priority::kP3), true, kNow));
  EXPECT_EQ(open.priority, Priority::kP1) << "a case never becomes less urgent by itself";
  Case closed = Opened(5);
  closed.state = CaseState::kClosed;
  EXPECT_TRUE(AmendAnswer(closed, DetractorAnswer("r1", 1), {1, false}, Of(Priority::kP2), true, kNow));
  EXPECT_EQ(closed.priority, Priority::kP3);
  EXPECT_EQ(closed.state, CaseState::kClosed);
}

TEST(CaseAnswersTest, AVoidedAnswerAddsOneLineAndNoMore) {
  Case c = Opened();
  Answer voided = DetractorAnswer("r1", 5);
  voided.voided = true;
  voided.void_reason = "wrong person";
  EXPECT_TRUE(AmendAnswer(c, voided, {1, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.history.back().note, "answer voided: wrong person");
  EXPECT_FALSE(AmendAnswer(c, voided, {2, true}, std::nullopt, true, kNow));
}

TEST(CaseAnswersTest, AFullCaseTakesNoFurtherAnswers) {
  Case c = Opened();
  while (c.history.size() < kMaxHistoryLines) Record(c, "a", "note", c.state, "x", kNow);
  EXPECT_TRUE(IsFull(c));
  const int64_t version = c.version;
  EXPECT_FALSE(AttachAnswer(c, DetractorAnswer("r2", 0), Of(Priority::kP2), kNow));
  EXPECT_FALSE(AmendAnswer(c, DetractorAnswer("r1", 0), {1, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.version, version);
}

TEST(CaseAnswersTest, LongTextsFillACaseToo) {
  Case c = Opened();
  EXPECT_FALSE(IsFull(c));
  Record(c, "a", "note", c.state, std::string(kMaxCaseTextBytes, 'x'), kNow);
  EXPECT_TRUE(IsFull(c));
}

TEST(CaseAnswersTest, ABetterRecoveryAnswerVerifiesByTheScore) {
  for (int score : {7, 9, 10}) {
    Case c = Resolved();
    EXPECT_TRUE(TakeRecoveryAnswer(c, DetractorAnswer("r2", score), true, kNow + absl::Hours(1)));
    EXPECT_EQ(c.state, CaseState::kVerified) << score;
    EXPECT_EQ(c.verification, Verification::kScore);
    EXPECT_EQ(c.history.back().action, "verify");
    EXPECT_EQ(c.history.back().actor, "system");
    ASSERT_EQ(c.answers.size(), 2u);
    EXPECT_TRUE(c.answers[1].recovery);
  }
}

TEST(CaseAnswersTest, AnUnhappyRecoveryAnswerReopensWithItsHistory) {
  for (CaseState s : {CaseState::kResolved, CaseState::kVerified, CaseState::kClosed}) {
    Case c = Resolved();
    c.state = s;
    c.verification = Verification::kCustomerWord;
    const size_t lines = c.history.size();
    EXPECT_TRUE(TakeRecoveryAnswer(c, DetractorAnswer("r2", 3), true, kNow + absl::Hours(1)));
    EXPECT_EQ(c.state, CaseState::kReopened) << Name(s);
    EXPECT_EQ(c.verification, Verification::kNone);
    EXPECT_EQ(c.history.size(), lines + 1);
    EXPECT_EQ(c.answers.size(), 2u);
  }
}

TEST(CaseAnswersTest, WhereAnotherCaseIsOpenAnUnhappyRecoveryAnswerReopensNothing) {
  Case c = Resolved();
  EXPECT_TRUE(TakeRecoveryAnswer(c, DetractorAnswer("r2", 3), false, kNow));
  EXPECT_EQ(c.state, CaseState::kResolved);
  Case d = Resolved();
  NoteStillUnhappy(d, DetractorAnswer("r2", 3), kNow);
  EXPECT_EQ(d.state, CaseState::kResolved);
  ASSERT_EQ(d.answers.size(), 2u);
  EXPECT_TRUE(d.answers[1].recovery) << "the person was not silent";
}

TEST(CaseAnswersTest, ARecoveryAnswerOfAnOpenCaseIsTheCustomersWord) {
  for (CaseState s : kCaseStates) {
    if (!IsOpen(s)) continue;
    for (int score : {3, 9}) {
      Case c = Opened();
      c.state = s;
      EXPECT_TRUE(TakeRecoveryAnswer(c, DetractorAnswer("r2", score), true, kNow));
      EXPECT_EQ(c.state, s == CaseState::kWaitingCustomer ? CaseState::kInProgress : s) << Name(s);
    }
  }
  Case cancelled = Opened();
  cancelled.state = CaseState::kCancelled;
  EXPECT_FALSE(TakeRecoveryAnswer(cancelled, DetractorAnswer("r2", 3), true, kNow));
}

TEST(CaseAnswersTest, AScoreThatARecoveryAnswerGetsLaterCountsAsIfItHadComeAtOnce) {
  Answer a = DetractorAnswer("r2", 9);
  a.score.reset();
  a.band = Band::kNone;
  Case c = Resolved();
  EXPECT_TRUE(TakeRecoveryAnswer(c, a, true, kNow));
  EXPECT_EQ(c.state, CaseState::kResolved) << "words alone verify nothing";
  EXPECT_TRUE(AmendAnswer(c, DetractorAnswer("r2", 9), {1, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.state, CaseState::kVerified);
  EXPECT_TRUE(AmendAnswer(c, DetractorAnswer("r2", 2), {2, false}, std::nullopt, true, kNow));
  EXPECT_EQ(c.state, CaseState::kReopened);
}

TEST(CaseAnswersTest, ALaterAnswerOfTheSameMetricInABetterBandVerifiesAResolvedCase) {
  const absl::Time later = kNow + absl::Hours(1);
  const auto verifies = [&](Case c, int score, const char* metric, absl::Time at) {
    Answer a = DetractorAnswer("r2", score);
    a.metric = metric;
    a.responded_at = at;
    const bool verified = VerifyByLaterAnswer(c, a, later);
    EXPECT_EQ(c.state == CaseState::kVerified, verified);
    EXPECT_EQ(c.answers.size(), 1u);
    return verified;
  };
  EXPECT_TRUE(verifies(Resolved(), 9, "NPS", later));
  EXPECT_TRUE(verifies(Resolved(), 7, "NPS", later));
  EXPECT_FALSE(verifies(Resolved(), 6, "NPS", later)) << "no better band";
  EXPECT_FALSE(verifies(Resolved(), 9, "CSAT", later)) << "another question";
  EXPECT_FALSE(verifies(Resolved(), 9, "NPS", kNow - absl::Hours(1))) << "said before it was resolved";
  EXPECT_FALSE(verifies(Opened(), 9, "NPS", later)) << "not resolved";
  Case passive = OpenCase(std::string(16, 'x'), DetractorAnswer("r1", 7), Of(Priority::kP3), "cskh", "", kNow);
  EXPECT_TRUE(verifies(Resolved(passive), 9, "NPS", later));
  EXPECT_FALSE(verifies(Resolved(passive), 8, "NPS", later));
}

}  // namespace
}  // namespace hoiam::loop
