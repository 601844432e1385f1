#include "loop_service/domain/case_command.h"

#include <gtest/gtest.h>

#include <vector>

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
  a.full_effects = true;
  return OpenCase(std::string(16, 'x'), a, "cskh", kNow);
}

Resolve Solved(std::string reply = "cảm ơn") {
  return {"delivery_late_partner", "delivery-partner", "refunded", std::move(reply), std::nullopt};
}

std::vector<CaseCommand> EveryCommand() {
  return {Acknowledge{},
          Assign{"hoa", "cx", ""},
          AddNote{"n1", "text"},
          Contact{"phone", "", ContactOutcome::kReached},
          Contact{"phone", "", ContactOutcome::kNotReached},
          Contact{"phone", "", ContactOutcome::kAwaitingReply},
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

TEST(CaseCommandTest, ReopeningTakesBackTheProofAndStartsTheDeadlinesAgain) {
  Case c = In(CaseState::kClosed);
  EXPECT_EQ(c.verification, Verification::kScore);
  const absl::Time later = kNow + absl::Hours(1000);
  Apply(c, Reopen{"again"}, "lan", later);
  EXPECT_EQ(c.verification, Verification::kNone);
  EXPECT_EQ(c.acknowledge_by, later + kAcknowledgeWithin);
  EXPECT_EQ(c.resolve_by, later + kResolveWithin);
}

TEST(CaseCommandTest, AFullCaseCanOnlyBeBroughtToItsEnd) {
  for (CaseState s : kCaseStates) {
    for (const CaseCommand& command : EveryCommand()) {
      Case c = In(s);
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
