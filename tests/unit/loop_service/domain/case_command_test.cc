#include "loop_service/domain/case_command.h"

#include <gtest/gtest.h>

#include <vector>

#include "loop_service/domain/case_answers.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/limits.h"
#include "tests/unit/loop_service/domain/legal_history.h"

namespace hoiam::loop {
namespace {

using testing::ExpectLegalHistory;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

Case Opened() {
  Answer a;
  a.response_id = "r1";
  a.customer_id = "c1";
  a.metric = "CSAT";
  a.score = 2;
  a.band = Band::kWorst;
  a.full_effects = true;
  return OpenCase(std::string(16, 'x'), a, {.rule = "detractor", .reasons = {"CSAT 2"}}, "cskh", "", kNow);
}

Resolve Solved(std::string reply = "cảm ơn") {
  Resolve r;
  r.root_cause = "delivery_late_partner";
  r.originator_team = "delivery-partner";
  r.resolution = "refunded";
  r.customer_reply = std::move(reply);
  return r;
}

std::vector<CaseCommand> EveryCommand() {
  return {Acknowledge{},
          Assign{"hoa", "cx", ""},
          AddNote{"n1", "text"},
          Contact{"phone", "", ContactOutcome::kReached},
          Contact{"phone", "", ContactOutcome::kNotReached},
          Contact{"phone", "", ContactOutcome::kAwaitingReply},
          Diagnose{"delivery_late_partner", "", "", ""},
          AddNeed{"need", NeedKind::kWish, "a sturdier box"},
          Propose{"a new one by Friday"},
          AnswerSolution{true, ""},
          Compensate{{"VOUCHER", "50000", "VND", ""}, ""},
          Solved(),
          Verify{Verification::kCustomerWord, ""},
          Close{},
          Reopen{"again"},
          Cancel{"spam"}};
}

// A case in each state, reached by verbs alone.
Case In(CaseState s) {
  Case c = Opened();
  const auto apply = [&](CaseCommand command) { ASSERT_EQ(Apply(c, command, "lan", kNow), Refusal::kNone); };
  if (s == CaseState::kNew) return c;
  if (s == CaseState::kCancelled) return apply(Cancel{"x"}), c;
  apply(Acknowledge{});
  if (s == CaseState::kAcknowledged) return c;
  if (s == CaseState::kWaitingCustomer) return apply(Contact{"zalo", "", ContactOutcome::kAwaitingReply}), c;
  apply(Contact{"phone", "", ContactOutcome::kReached});
  if (s == CaseState::kInProgress) return c;
  apply(Solved());
  if (s == CaseState::kResolved) return c;
  if (s == CaseState::kReopened) return apply(Reopen{"x"}), c;
  apply(Verify{Verification::kScore, ""});
  if (s == CaseState::kVerified) return c;
  apply(Close{});
  return c;
}

TEST(CaseCommandTest, EveryStateCanBeReachedByVerbs) {
  for (CaseState s : kCaseStates) {
    const Case c = In(s);
    EXPECT_EQ(c.state, s) << Name(s);
    ExpectLegalHistory(c);
  }
}

TEST(CaseCommandTest, EveryCommandInEveryStateFollowsTheTableAndARefusalChangesNothing) {
  for (CaseState s : kCaseStates) {
    for (const CaseCommand& command : EveryCommand()) {
      Case c = In(s);
      if (std::holds_alternative<AnswerSolution>(command)) c.solution = Solution{};
      const Case before = c;
      const auto to = NextState(s, VerbOf(command));
      const Refusal refusal = Apply(c, command, "minh", kNow + absl::Seconds(1));
      if (!to) {
        EXPECT_EQ(refusal, Refusal::kTransition);
        EXPECT_EQ(c.state, s);
        EXPECT_EQ(c.version, before.version);
        EXPECT_EQ(c.history.size(), before.history.size());
        EXPECT_EQ(c.owner, before.owner);
        continue;
      }
      EXPECT_EQ(refusal, Refusal::kNone) << Name(s) << Name(VerbOf(command));
      EXPECT_EQ(c.state, *to);
      EXPECT_EQ(c.version, before.version + 1);
      EXPECT_EQ(c.history.back().actor, "minh");
      EXPECT_EQ(c.history.back().action, Name(VerbOf(command)));
      EXPECT_EQ(c.history.back().from, s);
      ExpectLegalHistory(c);
    }
  }
}

TEST(CaseCommandTest, AcknowledgeMakesTheCallerOwnerOnlyWhereThereIsNone) {
  Case nobody = Opened();
  Apply(nobody, Acknowledge{"mine"}, "lan", kNow);
  EXPECT_EQ(nobody.owner, "lan");
  EXPECT_EQ(nobody.history.back().note, "mine");
  Case somebody = Opened();
  Apply(somebody, Assign{"hoa", "", ""}, "boss", kNow);
  Apply(somebody, Acknowledge{}, "lan", kNow);
  EXPECT_EQ(somebody.owner, "hoa");
}

TEST(CaseCommandTest, AssignWithATeamAloneLeavesTheOwnerOpenAndWithAnOwnerAloneKeepsTheTeam) {
  Case c = Opened();
  Apply(c, Assign{"hoa", "", ""}, "boss", kNow);
  EXPECT_EQ(c.owner, "hoa");
  EXPECT_EQ(c.team, "cskh");
  EXPECT_EQ(c.history.back().note, "owner hoa, team cskh");
  Apply(c, Assign{"", "cx", "takes over"}, "boss", kNow);
  EXPECT_EQ(c.owner, "");
  EXPECT_EQ(c.team, "cx");
  EXPECT_EQ(c.history.back().note, "owner nobody, team cx: takes over");
}

TEST(CaseCommandTest, ContactsAreCountedWhateverCameOfThem) {
  Case c = Opened();
  EXPECT_EQ(Contacts(c), 0);
  Apply(c, Contact{"phone", "", ContactOutcome::kNotReached}, "lan", kNow);
  Apply(c, Contact{"zalo", "asked for the order", ContactOutcome::kAwaitingReply}, "lan", kNow);
  EXPECT_EQ(Contacts(c), 2);
  EXPECT_EQ(c.history.back().note, "zalo AWAITING_REPLY: asked for the order");
}

TEST(CaseCommandTest, ResolvingNeedsTheCustomersReplyOrTwoContacts) {
  for (int contacts = 1; contacts <= 3; ++contacts) {
    for (const char* reply : {"", "ok rồi"}) {
      Case c = Opened();
      for (int i = 0; i < contacts; ++i) Apply(c, Contact{"phone", "", ContactOutcome::kNotReached}, "lan", kNow);
      const bool enough = *reply || contacts >= kContactsInsteadOfReply;
      EXPECT_EQ(Apply(c, Solved(reply), "lan", kNow), enough ? Refusal::kNone : Refusal::kNeedsCustomerReply);
      EXPECT_EQ(c.state, enough ? CaseState::kResolved : CaseState::kInProgress);
    }
  }
}

TEST(CaseCommandTest, ResolveKeepsCauseTeamWordsAndCompensation) {
  Case c = In(CaseState::kInProgress);
  Resolve r = Solved("vâng");
  r.compensation = Compensation{"VOUCHER", "50000", "VND", "boss"};
  Apply(c, r, "lan", kNow);
  EXPECT_EQ(c.root_cause, "delivery_late_partner");
  EXPECT_EQ(c.originator_team, "delivery-partner");
  EXPECT_EQ(c.resolution, "refunded");
  EXPECT_EQ(c.customer_reply, "vâng");
  ASSERT_TRUE(c.compensation);
  EXPECT_EQ(c.compensation->amount, "50000");
}

TEST(CaseCommandTest, WhatTheCustomerGotIsKeptWhenACaseIsResolvedAgain) {
  Case c = In(CaseState::kInProgress);
  Resolve r = Solved();
  r.compensation = Compensation{"VOUCHER", "50000", "VND", ""};
  Apply(c, r, "lan", kNow);
  Apply(c, Reopen{"broken again"}, "lan", kNow);
  Apply(c, Contact{"phone", "", ContactOutcome::kReached}, "lan", kNow);
  Apply(c, Solved(), "lan", kNow);
  ASSERT_TRUE(c.compensation);
  EXPECT_EQ(c.compensation->type, "VOUCHER");
}

TEST(CaseCommandTest, ReopeningTakesBackTheProof) {
  Case c = In(CaseState::kClosed);
  EXPECT_EQ(c.verification, Verification::kScore);
  Apply(c, Reopen{"again"}, "lan", kNow + absl::Hours(1000));
  EXPECT_EQ(c.verification, Verification::kNone);
  EXPECT_EQ(c.resolved_by, "lan") << "who resolved it stays";
}

TEST(CaseCommandTest, WhatCountsForResolvingIsSaidSinceTheCaseCameBack) {
  Case c = Opened();
  for (int i = 0; i < 2; ++i) Apply(c, Contact{"phone", "", ContactOutcome::kNotReached}, "lan", kNow);
  ASSERT_EQ(Apply(c, Solved(""), "lan", kNow), Refusal::kNone);
  Apply(c, Reopen{"again"}, "lan", kNow);
  Apply(c, Contact{"phone", "", ContactOutcome::kReached}, "lan", kNow);
  EXPECT_EQ(Contacts(c), 1);
  EXPECT_EQ(Apply(c, Solved(""), "lan", kNow), Refusal::kNeedsCustomerReply);
  HearCustomer(c, kCustomerActor, "email", kNow);
  EXPECT_EQ(Apply(c, Solved(""), "lan", kNow), Refusal::kNone) << "a message of the customer is a reply";
}

TEST(CaseCommandTest, AMessageToTheCustomerIsAnAttemptToo) {
  Case c = Opened();
  TellCustomer(c, "lan", "email", false, kNow);
  EXPECT_EQ(Apply(c, Solved(""), "lan", kNow), Refusal::kNeedsCustomerReply);
  Apply(c, Contact{"phone", "", ContactOutcome::kNotReached}, "lan", kNow);
  EXPECT_EQ(Apply(c, Solved(""), "lan", kNow), Refusal::kNone);
}

TEST(CaseCommandTest, WhoeverResolvesACaseOfNobodyOwnsItAndAnOwnerIsNeverLost) {
  Case nobody = In(CaseState::kInProgress);
  nobody.owner.clear();
  Apply(nobody, Solved(), "minh", kNow);
  EXPECT_EQ(nobody.owner, "minh");
  EXPECT_EQ(nobody.resolved_by, "minh");
  Case owned = In(CaseState::kInProgress);
  Apply(owned, Solved(), "minh", kNow);
  EXPECT_EQ(owned.owner, "lan");
  EXPECT_EQ(owned.resolved_by, "lan");
}

TEST(CaseCommandTest, ResolvingSaysWhetherTheCauseWasRemoved) {
  Case c = In(CaseState::kInProgress);
  Resolve helped_only = Solved();
  helped_only.cause_removed = false;
  Apply(c, helped_only, "lan", kNow);
  EXPECT_FALSE(c.cause_removed);
  EXPECT_TRUE(In(CaseState::kResolved).cause_removed);
}

TEST(CaseCommandTest, ADiagnosisKeepsWhatItDoesNotSay) {
  Case c = Opened();
  c.lot = "L1";
  c.originator_team = "delivery";
  Apply(c, Diagnose{"delivery_late_partner", "", "", "the rider says so"}, "lan", kNow);
  EXPECT_EQ(c.root_cause, "delivery_late_partner");
  EXPECT_EQ(c.originator_team, "delivery");
  EXPECT_EQ(c.lot, "L1");
  EXPECT_EQ(c.history.back().note, "delivery_late_partner: the rider says so");
  Apply(c, Diagnose{"delivery_late_partner", "delivery-partner", "L2", ""}, "lan", kNow);
  EXPECT_EQ(c.originator_team, "delivery-partner");
  EXPECT_EQ(c.lot, "L2");
}

TEST(CaseCommandTest, ACaseHoldsTwentyNeeds) {
  Case c = Opened();
  for (size_t i = 0; i < kMaxNeeds; ++i)
    ASSERT_EQ(Apply(c, AddNeed{std::to_string(i), NeedKind::kNeed, "quiet"}, "lan", kNow), Refusal::kNone);
  EXPECT_EQ(Apply(c, AddNeed{"one more", NeedKind::kNeed, "x"}, "lan", kNow), Refusal::kNeedsFull);
  EXPECT_EQ(c.needs.size(), kMaxNeeds);
  EXPECT_EQ(c.needs[0].actor, "lan");
}

TEST(CaseCommandTest, AProposalIsAnsweredOnceAndANewOneReplacesIt) {
  Case c = In(CaseState::kWaitingCustomer);
  EXPECT_EQ(Apply(c, AnswerSolution{true, ""}, "lan", kNow), Refusal::kNoSolutionProposed);
  Apply(c, Propose{"10 % off"}, "lan", kNow);
  EXPECT_EQ(c.state, CaseState::kWaitingCustomer);
  EXPECT_EQ(Apply(c, AnswerSolution{false, "wants it repaired"}, "lan", kNow), Refusal::kNone);
  EXPECT_EQ(c.state, CaseState::kInProgress) << "the customer has spoken";
  EXPECT_EQ(c.history.back().note, "DECLINED: wants it repaired");
  EXPECT_EQ(Apply(c, AnswerSolution{true, ""}, "lan", kNow), Refusal::kNoSolutionProposed);
  Apply(c, Propose{"repaired by Friday"}, "lan", kNow);
  Apply(c, AnswerSolution{true, ""}, "lan", kNow);
  EXPECT_EQ(c.solution->text, "repaired by Friday");
  EXPECT_EQ(c.solution->state, SolutionState::kAccepted);
  EXPECT_EQ(Apply(c, Solved(""), "lan", kNow), Refusal::kNone) << "an answer to a proposal is a reply";
}

TEST(CaseCommandTest, AChangeOfHandsWaitsUntilTheNewOnesDoSomething) {
  Case c = Opened();
  const auto at = [](int minutes) { return kNow + absl::Minutes(minutes); };
  Apply(c, Assign{"hoa", "delivery", ""}, "boss", at(10));
  ASSERT_EQ(c.handoffs.size(), 1u);
  EXPECT_EQ(c.handoffs[0].from_team, "cskh");
  EXPECT_EQ(c.handoffs[0].to_owner, "hoa");
  Apply(c, AddNote{"n1", "hurry"}, "boss", at(20));
  EXPECT_EQ(WaitOf(c, 0, at(25)), absl::Minutes(15)) << "not hers yet";
  Apply(c, Acknowledge{}, "hoa", at(30));
  EXPECT_EQ(WaitOf(c, 0, at(99)), absl::Minutes(20));
  Apply(c, Assign{"hoa", "delivery", "as it is"}, "boss", at(35));
  EXPECT_EQ(c.handoffs.size(), 1u) << "nothing changed hands";
  Apply(c, Assign{"", "cx", ""}, "hoa", at(40));
  Apply(c, AddNote{"n2", "sorry"}, "hoa", at(41));
  EXPECT_FALSE(c.handoffs[1].taken_at) << "who gave it away has not taken it";
  Apply(c, Assign{"minh", "", ""}, "boss", at(50));
  EXPECT_EQ(WaitOf(c, 1, at(99)), absl::Minutes(10)) << "handed on by somebody of the team";
  Apply(c, Assign{"lan", "", ""}, "boss", at(60));
  EXPECT_EQ(WaitOf(c, 2, at(99)), absl::Minutes(10)) << "handed on untouched";
  Apply(c, Cancel{"spam"}, "boss", at(75));
  EXPECT_EQ(WaitOf(c, 3, at(99)), absl::Minutes(15)) << "no longer than the case";
}

TEST(CaseCommandTest, WhoTakesACaseForThemselvesDoesNotWait) {
  Case c = Opened();
  Apply(c, Assign{"lan", "", ""}, "lan", kNow);
  EXPECT_EQ(WaitOf(c, 0, kNow + absl::Hours(5)), absl::ZeroDuration());
}

TEST(CaseCommandTest, OnlyTheLastHandoffsAreKept) {
  Case c = Opened();
  for (size_t i = 0; i < kMaxHandoffs + 5; ++i) Apply(c, Assign{std::to_string(i), "", ""}, "boss", kNow);
  EXPECT_EQ(c.handoffs.size(), kMaxHandoffs);
  EXPECT_EQ(c.handoffs.back().to_owner, std::to_string(kMaxHandoffs + 4));
}

TEST(CaseCommandTest, ACaseOpenedByHandSaysWhyAndKnowsItsCallAgain) {
  OpenByHand call;
  call.case_id = std::string(16, 'x');
  call.customer_id = "c1";
  call.reason = "the parcel is late, tell them first";
  call.touchpoint = "delivery";
  call.team = "cskh";
  Case c = OpenCase(call, "lan", kNow);
  ExpectLegalHistory(c);
  EXPECT_EQ(c.origin, CaseOrigin::kProactive);
  EXPECT_EQ(c.history.front().actor, "lan");
  EXPECT_EQ(c.history.front().note, call.reason);
  EXPECT_EQ(c.owner, "") << "opening is not taking";
  Apply(c, Assign{"hoa", "cx", ""}, "boss", kNow);
  EXPECT_TRUE(WasOpenedBy(c, call)) << "whatever became of it";
  OpenByHand other = call;
  other.reason = "something else";
  EXPECT_FALSE(WasOpenedBy(c, other));
}

TEST(CaseCommandTest, AFullCaseCanOnlyBeBroughtToItsEnd) {
  for (CaseState s : kCaseStates) {
    for (const CaseCommand& command : EveryCommand()) {
      Case c = In(s);
      if (std::holds_alternative<AnswerSolution>(command)) c.solution = Solution{};
      while (!IsFull(c)) Record(c, "a", "note", c.state, "x", kNow);
      const CaseVerb verb = VerbOf(command);
      const bool ends = verb == CaseVerb::kResolve || verb == CaseVerb::kVerify || verb == CaseVerb::kClose ||
                        verb == CaseVerb::kCancel;
      const Refusal expected = !NextState(s, verb) ? Refusal::kTransition : ends ? Refusal::kNone : Refusal::kFull;
      EXPECT_EQ(Apply(c, command, "lan", kNow), expected) << Name(s) << " " << Name(verb);
    }
  }
}

}  // namespace
}  // namespace hoiam::loop
