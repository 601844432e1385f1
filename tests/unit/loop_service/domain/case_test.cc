#include "loop_service/domain/case.h"

#include <gtest/gtest.h>

#include "loop_service/limits.h"
#include "tests/unit/loop_service/domain/legal_history.h"

namespace hoiam::loop {
namespace {

using testing::ExpectLegalHistory;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

Answer DetractorAnswer(std::string id, int score, std::string comment = "") {
  Answer a;
  a.response_id = std::move(id);
  a.customer_id = "c1";
  a.metric = "NPS";
  a.score = score;
  a.detractor = score <= 6;
  a.comment = std::move(comment);
  a.touchpoint = "delivery";
  a.revision = 1;
  a.full_effects = true;
  return a;
}

Case Opened(int score = 5) { return OpenCase(std::string(16, 'x'), DetractorAnswer("r1", score), "cskh", kNow); }

TEST(CaseTest, ANewCaseHoldsTheAnswerThatOpenedItAndItsDeadlines) {
  const Case c = Opened(2);
  EXPECT_EQ(c.state, CaseState::kNew);
  EXPECT_EQ(c.priority, Priority::kP2);
  EXPECT_EQ(c.customer_id, "c1");
  EXPECT_EQ(c.team, "cskh");
  EXPECT_EQ(c.owner, "");
  ASSERT_EQ(c.answers.size(), 1u);
  EXPECT_EQ(c.answers[0].role, AnswerRole::kOpened);
  EXPECT_EQ(c.answers[0].score, 2);
  EXPECT_EQ(c.answers[0].touchpoint, "delivery");
  EXPECT_EQ(c.acknowledge_by, kNow + absl::Hours(24));
  EXPECT_EQ(c.contact_by, kNow + absl::Hours(48));
  EXPECT_EQ(c.resolve_by, kNow + absl::Hours(168));
  ASSERT_EQ(c.history.size(), 1u);
  EXPECT_EQ(c.history[0].actor, "system");
  EXPECT_EQ(c.history[0].action, "open");
  ExpectLegalHistory(c);
}

TEST(CaseTest, TheSubjectIsTheCustomerElseTheAnswerThatOpened) {
  EXPECT_EQ(SubjectOf(Opened()), "c1");
  Answer anonymous = DetractorAnswer("r9", 1);
  anonymous.customer_id = "";
  EXPECT_EQ(SubjectOf(OpenCase(std::string(16, 'x'), anonymous, "cskh", kNow)), "r9");
}

TEST(CaseTest, AFurtherAnswerIsAttachedAndRaisesThePriorityOnlyWhenWorse) {
  Case c = Opened(5);
  EXPECT_TRUE(AttachAnswer(c, DetractorAnswer("r2", 6), kNow));
  EXPECT_EQ(c.priority, Priority::kP3);
  EXPECT_TRUE(AttachAnswer(c, DetractorAnswer("r3", 0), kNow));
  EXPECT_EQ(c.priority, Priority::kP2);
  EXPECT_TRUE(AttachAnswer(c, DetractorAnswer("r4", 6), kNow));
  EXPECT_EQ(c.priority, Priority::kP2);
  ASSERT_EQ(c.answers.size(), 4u);
  EXPECT_EQ(c.answers[3].role, AnswerRole::kAttached);
  EXPECT_EQ(c.history.back().action, "attach");
  EXPECT_EQ(c.state, CaseState::kNew);
  ExpectLegalHistory(c);
}

TEST(CaseTest, AFurtherAnswerIsTheReplyThatAWaitingCaseWaitsFor) {
  for (CaseState s : kCaseStates) {
    if (!IsOpen(s)) continue;
    Case c = Opened();
    c.state = s;
    AttachAnswer(c, DetractorAnswer("r2", 6), kNow);
    EXPECT_EQ(c.state, s == CaseState::kWaitingCustomer ? CaseState::kInProgress : s) << Name(s);
  }
}

TEST(CaseTest, ALaterCommentEnrichesTheSameCase) {
  Case c = Opened();
  Answer later = DetractorAnswer("r1", 5, "giao trễ");
  later.revision = 2;
  EXPECT_TRUE(AmendAnswer(c, later, {1, false}, kNow));
  EXPECT_EQ(c.answers[0].comment, "giao trễ");
  EXPECT_EQ(c.history.back().action, "amend");
  EXPECT_EQ(c.history.back().note, "comment added");
  EXPECT_EQ(c.version, 2);
  ExpectLegalHistory(c);
}

TEST(CaseTest, ANewCommentIsAReplyAndAnotherScoreAloneIsNot) {
  Case c = Opened();
  c.state = CaseState::kWaitingCustomer;
  Answer later = DetractorAnswer("r1", 6);
  AmendAnswer(c, later, {1, false}, kNow);
  EXPECT_EQ(c.state, CaseState::kWaitingCustomer);
  later.comment = "vẫn chưa ổn";
  AmendAnswer(c, later, {2, false}, kNow);
  EXPECT_EQ(c.state, CaseState::kInProgress);
}

TEST(CaseTest, AClaimedAnswerGivesItsCaseToTheCustomerOnceAndForGood) {
  Answer anonymous = DetractorAnswer("r9", 1);
  anonymous.customer_id = "";
  Case c = OpenCase(std::string(16, 'x'), anonymous, "cskh", kNow);
  Answer claimed = anonymous;
  claimed.customer_id = "lan";
  claimed.revision = 2;
  EXPECT_TRUE(AmendAnswer(c, claimed, {1, false}, kNow));
  EXPECT_EQ(c.customer_id, "lan");
  EXPECT_EQ(SubjectOf(c), "lan");
  EXPECT_EQ(c.history.back().note, "claimed by its customer");
  EXPECT_EQ(c.state, CaseState::kNew) << "nobody has spoken";
  ExpectLegalHistory(c);
  claimed.revision = 3;
  claimed.customer_id = "minh";
  EXPECT_FALSE(AmendAnswer(c, claimed, {2, false}, kNow));
  EXPECT_EQ(c.customer_id, "lan");
}

TEST(CaseTest, AnAmendmentThatTheCaseDoesNotShowAddsNoLine) {
  Case c = Opened();
  EXPECT_FALSE(AmendAnswer(c, DetractorAnswer("r1", 5), {1, false}, kNow));
  EXPECT_FALSE(AmendAnswer(c, DetractorAnswer("unknown", 0, "x"), {1, false}, kNow));
  EXPECT_EQ(c.version, 1);
}

TEST(CaseTest, AScoreAmendedOutOfTheRangeLeavesTheCaseWithALine) {
  Case c = Opened(3);
  EXPECT_TRUE(AmendAnswer(c, DetractorAnswer("r1", 9), {1, false}, kNow));
  EXPECT_EQ(c.state, CaseState::kNew);
  EXPECT_EQ(c.answers[0].score, 9);
  EXPECT_EQ(c.history.back().note, "NPS 3 → 9, no longer a detractor");
}

TEST(CaseTest, AScoreAmendedForTheWorseRaisesThePriorityOfAnOpenCaseOnly) {
  Case open = Opened(5);
  AmendAnswer(open, DetractorAnswer("r1", 1), {1, false}, kNow);
  EXPECT_EQ(open.priority, Priority::kP2);
  Case closed = Opened(5);
  closed.state = CaseState::kClosed;
  EXPECT_TRUE(AmendAnswer(closed, DetractorAnswer("r1", 1), {1, false}, kNow));
  EXPECT_EQ(closed.priority, Priority::kP3);
  EXPECT_EQ(closed.state, CaseState::kClosed);
}

TEST(CaseTest, AVoidedAnswerAddsOneLineAndNoMore) {
  Case c = Opened();
  Answer voided = DetractorAnswer("r1", 5);
  voided.voided = true;
  voided.void_reason = "wrong person";
  EXPECT_TRUE(AmendAnswer(c, voided, {1, false}, kNow));
  EXPECT_EQ(c.history.back().note, "answer voided: wrong person");
  EXPECT_FALSE(AmendAnswer(c, voided, {2, true}, kNow));
}

TEST(CaseTest, AFullCaseTakesNoFurtherAnswers) {
  Case c = Opened();
  while (c.history.size() < kMaxHistoryLines) Record(c, "a", "note", c.state, "x", kNow);
  EXPECT_TRUE(IsFull(c));
  const int64_t version = c.version;
  EXPECT_FALSE(AttachAnswer(c, DetractorAnswer("r2", 0), kNow));
  EXPECT_FALSE(AmendAnswer(c, DetractorAnswer("r1", 0), {1, false}, kNow));
  EXPECT_EQ(c.version, version);
}

TEST(CaseTest, LongTextsFillACaseToo) {
  Case c = Opened();
  EXPECT_FALSE(IsFull(c));
  Record(c, "a", "note", c.state, std::string(kMaxCaseTextBytes, 'x'), kNow);
  EXPECT_TRUE(IsFull(c));
}

}  // namespace
}  // namespace hoiam::loop
