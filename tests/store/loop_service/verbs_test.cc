// The verbs over gRPC: the path to the end, every refusal, versions, notes, races.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/store/loop_service/suite.h"

namespace hoiam::loop::testing {
namespace {

using absl::StatusCode;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::map<std::string, std::string> MetadataOf(const absl::Status& s) {
  const auto detail = DetailOf(s);
  return detail ? detail->metadata : std::map<std::string, std::string>();
}

TEST_F(LoopTest, ACaseIsWalkedFromNewToClosedAndItsHistoryTellsWhoDidWhat) {
  pb::Case c = OpenCaseOf("c1");
  c = Acknowledge(c);
  EXPECT_EQ(c.owner(), "lan");
  pb::AssignCaseRequest assign;
  assign.set_case_id(c.case_id());
  assign.set_version(c.version());
  assign.set_owner("minh");
  assign.set_team("delivery");
  auto changed = loop_.Call(&Stub::AssignCase, assign, {.principal = "boss"});
  ASSERT_THAT(changed, IsOk());
  EXPECT_FALSE(changed->consistency_token().empty());
  c = Resolve(Contact(c));
  pb::VerifyCaseRequest verify;
  verify.set_case_id(c.case_id());
  verify.set_version(c.version());
  verify.set_evidence(pb::Verification::CUSTOMER_WORD);
  ASSERT_THAT(loop_.Call(&Stub::VerifyCase, verify), IsOk());
  pb::CloseCaseRequest close;
  close.set_case_id(c.case_id());
  ASSERT_THAT(loop_.Call(&Stub::CloseCase, close), IsOk());

  c = Get(c.case_id());
  EXPECT_EQ(c.state(), pb::CaseState::CLOSED);
  EXPECT_EQ(c.owner(), "minh");
  EXPECT_EQ(c.team(), "delivery");
  EXPECT_EQ(c.originator_team(), "delivery-partner");
  EXPECT_EQ(c.root_cause(), "delivery_late_partner");
  EXPECT_EQ(c.verification(), pb::Verification::CUSTOMER_WORD);
  std::vector<std::string> lines;
  for (const auto& h : c.history()) lines.push_back(h.actor() + " " + h.action());
  EXPECT_EQ(lines, (std::vector<std::string>{"system open", "lan acknowledge", "boss assign", "lan contact",
                                             "lan resolve", "lan verify", "lan close"}));
  ExpectGapFree(c);
}

TEST_F(LoopTest, AMoveTheTableDoesNotListIsRefusedWithStateAndVerb) {
  const pb::Case c = OpenCaseOf("c1");
  pb::CloseCaseRequest close;
  close.set_case_id(c.case_id());
  const auto refused = loop_.Call(&Stub::CloseCase, close);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED"));
  EXPECT_THAT(MetadataOf(refused.status()), UnorderedElementsAre(Pair("state", "NEW"), Pair("verb", "close")));
  EXPECT_EQ(Get(c.case_id()).version(), 1);
}

TEST_F(LoopTest, AStaleVersionIsRefusedWithTheCaseAsItIs) {
  const pb::Case c = OpenCaseOf("c1");
  Acknowledge(c);
  pb::ContactCustomerRequest contact;
  contact.set_case_id(c.case_id());
  contact.set_channel("phone");
  contact.set_version(1);
  const auto refused = loop_.Call(&Stub::ContactCustomer, contact);
  EXPECT_THAT(refused, StatusIs(StatusCode::kAborted, "VERSION_MISMATCH"));
  EXPECT_THAT(MetadataOf(refused.status()),
              UnorderedElementsAre(Pair("currentVersion", "2"), Pair("state", "ACKNOWLEDGED"), Pair("owner", "lan"),
                                   Pair("team", "cskh"), Pair("priority", "P3"), Pair("lastActor", "lan"),
                                   Pair("lastAction", "acknowledge"), Pair("updateTime", ::testing::_)));
  contact.set_version(2);
  EXPECT_THAT(loop_.Call(&Stub::ContactCustomer, contact), IsOk());
}

TEST_F(LoopTest, AnUnknownCaseIsNotFoundByEveryCall) {
  const std::string id = "01931f7e-0000-7000-8000-000000000001";
  const auto check = [&](auto method, auto request) {
    request.set_case_id(id);
    EXPECT_THAT(loop_.Call(method, request), StatusIs(StatusCode::kNotFound, "CASE_NOT_FOUND"));
  };
  check(&Stub::GetCase, pb::GetCaseRequest());
  check(&Stub::AcknowledgeCase, pb::AcknowledgeCaseRequest());
  check(&Stub::CloseCase, pb::CloseCaseRequest());
  pb::CreateNoteRequest note;
  note.set_note_id("n");
  note.set_text("x");
  check(&Stub::CreateNote, note);
}

TEST_F(LoopTest, BadFieldsAreToldAtOnceAndChangeNothing) {
  const pb::Case c = Contact(OpenCaseOf("c1"));
  auto q = ResolveRequest(c);
  q.set_root_cause("delivery");
  q.set_originator_team("nobody");
  const auto refused = loop_.Call(&Stub::ResolveCase, q);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_ROOT_CAUSE"));
  EXPECT_EQ(DetailOf(refused.status())->violations.size(), 2u);
  EXPECT_EQ(Get(c.case_id()).version(), c.version());
}

TEST_F(LoopTest, ResolvingWithoutTheCustomersReplyNeedsTwoContacts) {
  pb::Case c = Contact(OpenCaseOf("c1"));
  auto q = ResolveRequest(c);
  q.clear_customer_reply();
  const auto refused = loop_.Call(&Stub::ResolveCase, q);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "NEEDS_CUSTOMER_REPLY"));
  EXPECT_THAT(MetadataOf(refused.status()), UnorderedElementsAre(Pair("contacts", "1"), Pair("contactsNeeded", "2")));
  Contact(c);
  EXPECT_THAT(loop_.Call(&Stub::ResolveCase, q), IsOk());
}

TEST_F(LoopTest, AwaitingAReplyWaitsForTheCustomerAndAFurtherAnswerIsOne) {
  const pb::Case c = OpenCaseOf("c1");
  pb::ContactCustomerRequest q;
  q.set_case_id(c.case_id());
  q.set_channel("zalo");
  q.set_outcome(pb::ContactOutcome::AWAITING_REPLY);
  ASSERT_THAT(loop_.Call(&Stub::ContactCustomer, q), IsOk());
  EXPECT_EQ(Get(c.case_id()).state(), pb::CaseState::WAITING_CUSTOMER);
  Answer({DetractorAnswer("r2", "c1")});
  EXPECT_EQ(Get(c.case_id()).state(), pb::CaseState::IN_PROGRESS);
  ExpectGapFree(Get(c.case_id()));
}

TEST_F(LoopTest, TheSameNoteAgainChangesNothingAndAnotherTextUnderItsIdIsRefused) {
  pb::Case c = OpenCaseOf("c1");
  pb::CreateNoteRequest q;
  q.set_case_id(c.case_id());
  q.set_note_id("n1");
  q.set_text("gọi lại lúc 9h");
  for (int i = 0; i < 3; ++i) {
    const auto r = loop_.Call(&Stub::CreateNote, q);
    ASSERT_THAT(r, IsOk());
    EXPECT_EQ(r->case_().version(), 2);
  }
  q.set_text("another");
  EXPECT_THAT(loop_.Call(&Stub::CreateNote, q), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  q.set_note_id("n2");
  ASSERT_THAT(loop_.Call(&Stub::CreateNote, q), IsOk());
  c = Get(c.case_id());
  EXPECT_EQ(c.version(), 3);
  EXPECT_EQ(c.history(1).note(), "gọi lại lúc 9h");
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_note"), 2);

  Resolve(Contact(c));
  EXPECT_THAT(loop_.Call(&Stub::CreateNote, q), IsOk()) << "a repeated call is the same success, whatever came after";
  q.set_note_id("n3");
  EXPECT_THAT(loop_.Call(&Stub::CreateNote, q), StatusIs(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED"));
}

TEST_F(LoopTest, AnIdempotencyKeyReplaysAVerbInsteadOfRefusingIt) {
  const pb::Case c = OpenCaseOf("c1");
  pb::AcknowledgeCaseRequest q;
  q.set_case_id(c.case_id());
  const auto first = loop_.Call(&Stub::AcknowledgeCase, q, {.idempotency_key = "k1"});
  const auto again = loop_.Call(&Stub::AcknowledgeCase, q, {.idempotency_key = "k1"});
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->case_().version(), first->case_().version());
  EXPECT_THAT(loop_.Call(&Stub::AcknowledgeCase, q),
              StatusIs(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED"));
  pb::CancelCaseRequest cancel;  // the same key of another method is another key
  cancel.set_case_id(c.case_id());
  cancel.set_reason("spam");
  EXPECT_THAT(loop_.Call(&Stub::CancelCase, cancel, {.idempotency_key = "k1"}), IsOk());
}

TEST_F(LoopTest, ReopeningIsRefusedWhileAnotherCaseOfThePersonIsOpen) {
  const pb::Case first = Resolve(Contact(OpenCaseOf("c1")));
  Answer({DetractorAnswer("r2", "c1")});
  const auto open = Cases("open = true");
  ASSERT_EQ(open.size(), 1u);
  pb::ReopenCaseRequest q;
  q.set_case_id(first.case_id());
  q.set_reason("hỏng lại");
  const auto refused = loop_.Call(&Stub::ReopenCase, q);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "CASE_ALREADY_OPEN"));
  EXPECT_THAT(MetadataOf(refused.status()), UnorderedElementsAre(Pair("caseId", open[0].case_id())));

  pb::CancelCaseRequest cancel;
  cancel.set_case_id(open[0].case_id());
  cancel.set_reason("the same matter");
  ASSERT_THAT(loop_.Call(&Stub::CancelCase, cancel), IsOk());
  const auto reopened = loop_.Call(&Stub::ReopenCase, q);
  ASSERT_THAT(reopened, IsOk());
  EXPECT_EQ(reopened->case_().state(), pb::CaseState::REOPENED);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 1);
  Answer({DetractorAnswer("r3", "c1")});
  EXPECT_EQ(Get(first.case_id()).answers_size(), 2) << "the next answer joins the reopened case";
}

TEST_F(LoopTest, ACancelledCaseIsFinal) {
  const pb::Case c = OpenCaseOf("c1");
  pb::CancelCaseRequest cancel;
  cancel.set_case_id(c.case_id());
  cancel.set_reason("spam");
  ASSERT_THAT(loop_.Call(&Stub::CancelCase, cancel), IsOk());
  EXPECT_THAT(loop_.Call(&Stub::CancelCase, cancel),
              StatusIs(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED"));
  pb::ReopenCaseRequest reopen;
  reopen.set_case_id(c.case_id());
  reopen.set_reason("x");
  EXPECT_THAT(loop_.Call(&Stub::ReopenCase, reopen),
              StatusIs(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED"));
}

TEST_F(LoopTest, EveryChangeIsToldWithTheWholeCase) {
  pb::Case c = Contact(Acknowledge(OpenCaseOf("c1")));
  EXPECT_EQ(c.status_link().rfind("https://hoiam.test/c/", 0), 0u);
  EXPECT_EQ(Get(c.case_id()).status_link(), c.status_link());
  c.clear_status_link();  // whoever has it may speak for the customer: it is not told on
  std::vector<pb::Case> told;
  const auto session = db_.Session();
  HOIAM_ASSERT_OK(
      session->Query("SELECT envelope FROM event_log ORDER BY partition_id, seq", {}, [&](const db::Row& r) {
        feed::v1::Batch batch;
        ASSERT_TRUE(batch.ParseFromString(r.Bytes(0)));
        for (const std::string& raw : batch.events()) {
          event::v1::Event e;
          ASSERT_TRUE(e.ParseFromString(raw));
          EXPECT_EQ(e.tenant_id(), "t");
          EXPECT_EQ(e.subject(), "c1");
          EXPECT_EQ(e.event_id().size(), 16u);
          told.push_back(e.case_().case_());
        }
      }));
  ASSERT_EQ(told.size(), 3u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(told[i].version(), i + 1);
    ExpectGapFree(told[i]);
  }
  EXPECT_EQ(told[2].SerializeAsString(), c.SerializeAsString());
}

TEST_F(LoopTest, TheDialogueIsWrittenDownAndEndsInASolution) {
  const pb::Case c = Contact(OpenCaseOf("c1"));
  pb::CreateNeedRequest need;
  need.set_case_id(c.case_id());
  need.set_need_id("n1");
  need.set_text("giao trước 18 giờ");
  for (int i = 0; i < 2; ++i) {
    const auto r = loop_.Call(&Stub::CreateNeed, need);
    ASSERT_THAT(r, IsOk());
    EXPECT_EQ(r->case_().version(), c.version() + 1) << "the same need again changes nothing";
    EXPECT_EQ(r->case_().needs_size(), 1);
  }
  need.set_kind(pb::NeedKind::WISH);
  EXPECT_THAT(loop_.Call(&Stub::CreateNeed, need), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));

  pb::AnswerSolutionRequest answer;
  answer.set_case_id(c.case_id());
  answer.set_accepted(true);
  EXPECT_THAT(loop_.Call(&Stub::AnswerSolution, answer),
              StatusIs(StatusCode::kFailedPrecondition, "NO_SOLUTION_PROPOSED"));
  pb::ProposeSolutionRequest propose;
  propose.set_case_id(c.case_id());
  propose.set_text("giao lại hôm nay");
  ASSERT_THAT(loop_.Call(&Stub::ProposeSolution, propose), IsOk());
  const auto agreed = loop_.Call(&Stub::AnswerSolution, answer);
  ASSERT_THAT(agreed, IsOk());
  EXPECT_EQ(agreed->case_().solution().state(), pb::SolutionState::ACCEPTED);
  EXPECT_EQ(agreed->case_().solution().proposed_by(), "lan");

  pb::CompensateCaseRequest compensate;
  compensate.set_case_id(c.case_id());
  compensate.mutable_compensation()->set_type("VOUCHER");
  compensate.mutable_compensation()->set_amount("50000");
  compensate.mutable_compensation()->set_currency("VND");
  ASSERT_THAT(loop_.Call(&Stub::CompensateCase, compensate), IsOk());
  auto resolve = ResolveRequest(c);
  resolve.clear_customer_reply();
  const auto resolved = loop_.Call(&Stub::ResolveCase, resolve);
  ASSERT_THAT(resolved, IsOk()) << "the customer has agreed";
  EXPECT_EQ(resolved->case_().compensation().amount(), "50000");
  EXPECT_TRUE(resolved->case_().cause_removed());
  EXPECT_EQ(resolved->case_().resolved_by(), "lan");
  ExpectGapFree(Get(c.case_id()));
}

TEST_F(LoopTest, ADiagnosisNamesTheCauseAndTellsWhenItWasFixedBefore) {
  const pb::Case first = Resolve(Contact(OpenCaseOf("c1")));
  Answer({DetractorAnswer("r2", "c2")});
  const pb::Case second = Cases("customer = c2").at(0);
  pb::DiagnoseCaseRequest q;
  q.set_case_id(second.case_id());
  q.set_root_cause("nothing");
  EXPECT_THAT(loop_.Call(&Stub::DiagnoseCase, q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_ROOT_CAUSE"));
  q.set_root_cause("delivery_late_partner");
  q.set_originator_team("delivery-partner");
  const auto r = loop_.Call(&Stub::DiagnoseCase, q);
  ASSERT_THAT(r, IsOk());
  EXPECT_EQ(r->case_().root_cause(), "delivery_late_partner");
  EXPECT_EQ(r->case_().state(), pb::CaseState::NEW);
  EXPECT_EQ(r->case_().said_twice().case_id(), first.case_id());
  EXPECT_EQ(r->case_().priority(), pb::Priority::P2) << "one more urgent";
  EXPECT_EQ(Get(first.case_id()).fix_failed().case_id(), second.case_id());
  EXPECT_THAT(Cases("cause = delivery_late_partner"), ::testing::SizeIs(2));
}

TEST_F(LoopTest, ACaseIsOpenedByHandOnceWhateverIsRepeated) {
  pb::CreateCaseRequest q;
  q.set_case_id("01931f7e-0000-7000-8000-000000000001");
  q.set_customer_id("c1");
  q.set_reason("kiện hàng sẽ trễ, báo trước");
  q.set_touchpoint("delivery");
  q.set_owner("hoa");
  pb::Case c;
  for (int i = 0; i < 2; ++i) {
    const auto r = loop_.Call(&Stub::CreateCase, q);
    ASSERT_THAT(r, IsOk());
    c = r->case_();
    EXPECT_EQ(c.version(), 1);
  }
  EXPECT_EQ(c.case_id(), q.case_id());
  EXPECT_EQ(c.origin(), pb::CaseOrigin::PROACTIVE);
  EXPECT_EQ(c.team(), "cskh") << "the policy's";
  EXPECT_EQ(c.owner(), "hoa");
  EXPECT_GT(c.contact_by().seconds(), c.create_time().seconds());
  EXPECT_EQ(c.history(0).actor(), "lan");
  ExpectGapFree(c);

  auto other = q;
  other.set_reason("something else");
  EXPECT_THAT(loop_.Call(&Stub::CreateCase, other), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  other.clear_case_id();
  const auto refused = loop_.Call(&Stub::CreateCase, other);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "CASE_ALREADY_OPEN"));
  EXPECT_THAT(MetadataOf(refused.status()), UnorderedElementsAre(Pair("caseId", c.case_id())));
  other.set_kind(pb::CaseKind::FEEDBACK);
  EXPECT_THAT(loop_.Call(&Stub::CreateCase, other), IsOk()) << "one of each kind";
  Answer({DetractorAnswer("r1", "c1")});
  EXPECT_EQ(Get(c.case_id()).answers_size(), 1) << "what the customer says now joins it";
  EXPECT_EQ(Cases("origin = PROACTIVE").size(), 2u);
}

TEST_F(LoopTest, WhatIsKeptBesideACaseStaysInStepWithIt) {
  const auto load = [&](const char* owner) {
    return db_.Count(absl::StrCat("SELECT COALESCE(SUM(open_cases), 0) FROM owner_load WHERE owner = '", owner, "'"));
  };
  const pb::Case c = Acknowledge(OpenCaseOf("c1"));
  EXPECT_EQ(load("lan"), 1);
  pb::AssignCaseRequest assign;
  assign.set_case_id(c.case_id());
  assign.set_owner("minh");
  ASSERT_THAT(loop_.Call(&Stub::AssignCase, assign), IsOk());
  EXPECT_EQ(load("lan"), 0);
  EXPECT_EQ(load("minh"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_fact WHERE owned = 1 AND state = 'ACKNOWLEDGED'"), 1);
  Resolve(Contact(c));
  EXPECT_EQ(load("minh"), 0);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM resolved_case"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 0);
  pb::ReopenCaseRequest reopen;
  reopen.set_case_id(c.case_id());
  reopen.set_reason("hỏng lại");
  ASSERT_THAT(loop_.Call(&Stub::ReopenCase, reopen), IsOk());
  EXPECT_EQ(load("minh"), 1) << "the owner is never lost";
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM resolved_case"), 0);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_fact WHERE state = 'REOPENED' AND start_time > create_time"), 1);
}

// Many callers who all saw the same version, over two replicas.
TEST_F(LoopTest, OfManyMovesAtOnceExactlyOneWinsAndTheOthersLearnThatTheyAreLate) {
  Replica second(db_, survey_.Channel());
  pb::Case c = OpenCaseOf("c1");
  constexpr int kRounds = 5, kCallers = 12;
  for (int round = 0; round < kRounds; ++round) {
    std::atomic<int> won = 0, late = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&, i] {
        Replica& replica = i % 2 ? second : loop_;
        pb::ContactCustomerRequest q;
        q.set_case_id(c.case_id());
        q.set_version(c.version());
        q.set_channel("phone");
        const auto r = replica.Call(&Stub::ContactCustomer, q, {.principal = "p" + std::to_string(i)});
        won += r.ok();
        late += r.status().code() == StatusCode::kAborted && ReasonOf(r.status()) == "VERSION_MISMATCH";
      });
    }
    for (auto& t : callers) t.join();
    EXPECT_EQ(won, 1);
    EXPECT_EQ(late, kCallers - 1);
    c = Get(c.case_id());
    EXPECT_EQ(c.version(), round + 2);
    ExpectGapFree(c);
  }
}

// Callers and answers of the customer race for one case; nothing is lost and no version is given twice.
TEST_F(LoopTest, NotesAndAnswersAtOnceAllEnterTheHistoryOnce) {
  Replica second(db_, survey_.Channel());
  const pb::Case c = OpenCaseOf("c1");
  constexpr int kThreads = 6, kEach = 10;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string id = std::to_string(t) + "." + std::to_string(i);
        if (t == 0) {
          survey_.Tell({DetractorAnswer("more-" + id, "c1")});
          continue;
        }
        pb::CreateNoteRequest q;
        q.set_case_id(c.case_id());
        q.set_note_id(id);
        q.set_text("note " + id);
        EXPECT_THAT((t % 2 ? second : loop_).Call(&Stub::CreateNote, q), IsOk());
      }
    });
  }
  for (auto& t : threads) t.join();
  Answer({DetractorAnswer("r-last", "c-last")});
  const pb::Case after = Get(c.case_id());
  EXPECT_EQ(after.version(), 1 + kThreads * kEach);
  EXPECT_EQ(after.answers_size(), 1 + kEach);
  ExpectGapFree(after);
}

}  // namespace
}  // namespace hoiam::loop::testing
