// The clock of cases, on a real server, beside a loop that opens and changes them.
#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "loop_service/app/clock.h"
#include "loop_service/app/due_kinds.h"
#include "loop_service/limits.h"
#include "platform/due/reader.h"
#include "tests/store/loop_service/suite.h"
#include "tests/support/fake_clock.h"

namespace hoiam::loop::testing {
namespace {

using hoiam::testing::FakeClock;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A replica's clock that tells the time it is told.
class ClockReplica {
 public:
  ClockReplica(db::Pool& pool, const Clock& clock) : combiner_(pool, clock, {}), scheduler_(pool, writer_, clock) {
    scheduler_.Handle(DueKind::kCase, case_clock_, kClockTaking);
  }
  // How many cases were looked at.
  int Look() {
    const auto looked = scheduler_.RunDue();
    EXPECT_THAT(looked, IsOk());
    return looked.value_or(-1);
  }
  CaseClock& case_clock() { return case_clock_; }
  rpc::Writer& writer() { return writer_; }
  due::Scheduler& scheduler() { return scheduler_; }

 private:
  db::WriteCombiner combiner_;
  rpc::Writer writer_{combiner_, "loop"};
  PlaybookCache playbooks_;
  CaseClock case_clock_{writer_, playbooks_};
  due::Scheduler scheduler_;
};

// Takes what is due and dies.
class Dying final : public due::Handler {
 public:
  absl::Status Run(const std::vector<due::Work>& taken, absl::Time) override {
    held.insert(held.end(), taken.begin(), taken.end());
    return absl::OkStatus();
  }
  std::vector<due::Work> held;
};

bool IsClocks(const std::string& action) {
  return action == "due" || action == "overdue" || action == "escalate" || action == "resume";
}

class DeadlineTest : public LoopTest {
 protected:
  // What the clock did to a case: "overdue ACKNOWLEDGE".
  std::vector<std::string> Rang(const pb::Case& c) {
    std::vector<std::string> out;
    for (const auto& line : c.history())
      if (IsClocks(line.action()))
        out.push_back(absl::StrCat(line.action(), line.note().empty() ? "" : " ", line.note()));
    return out;
  }
  // The same of the events that told of it, in the order of the log.
  std::vector<std::string> Told() {
    std::vector<std::string> out;
    const auto session = db_.Session();
    EXPECT_THAT(
        session->Query("SELECT envelope FROM event_log ORDER BY partition_id, seq", {},
                       [&](const db::Row& r) {
                         feed::v1::Batch batch;
                         ASSERT_TRUE(batch.ParseFromString(r.Bytes(0)));
                         for (const std::string& raw : batch.events()) {
                           event::v1::Event e;
                           ASSERT_TRUE(e.ParseFromString(raw));
                           const auto& last = *e.case_().case_().history().rbegin();
                           if (!IsClocks(last.action())) continue;
                           out.push_back(absl::StrCat(last.action(), last.note().empty() ? "" : " ", last.note()));
                           if (last.action() == "overdue") EXPECT_GT(e.case_().case_().overdue_size(), 0);
                         }
                       }),
        IsOk());
    return out;
  }
  int64_t Clocks() { return db_.Count("SELECT COUNT(*) FROM due_work WHERE kind = 1"); }
  pb::Case Assign(const pb::Case& c, const std::string& team) {
    pb::AssignCaseRequest q;
    q.set_case_id(c.case_id());
    q.set_team(team);
    const auto r = loop_.Call(&Stub::AssignCase, q);
    EXPECT_THAT(r, IsOk());
    return r.ok() ? r->case_() : pb::Case();
  }
  pb::Case Ask(const pb::Case& c) {
    pb::ContactCustomerRequest q;
    q.set_case_id(c.case_id());
    q.set_channel("phone");
    q.set_outcome(pb::ContactOutcome::AWAITING_REPLY);
    const auto r = loop_.Call(&Stub::ContactCustomer, q);
    EXPECT_THAT(r, IsOk());
    return r.ok() ? r->case_() : pb::Case();
  }
  FakeClock clock_{SystemClock().Now()};
  ClockReplica replica_{db_.pool(), clock_};
};

TEST_F(DeadlineTest, EachDeadlineIsWarnedOfAndToldOverdueOnce) {
  const pb::Case c = OpenCaseOf("c1");
  EXPECT_EQ(replica_.Look(), 0);
  EXPECT_EQ(Clocks(), 1);
  clock_.Advance(kAcknowledgeWithin * 3 / 4 + absl::Seconds(30));
  EXPECT_EQ(replica_.Look(), 1);
  EXPECT_EQ(replica_.Look(), 0);
  EXPECT_THAT(Rang(Get(c.case_id())), ElementsAre("due ACKNOWLEDGE"));
  clock_.Advance(kAcknowledgeWithin / 4);
  EXPECT_EQ(replica_.Look(), 1);
  EXPECT_EQ(replica_.Look(), 0);
  clock_.Advance(kResolveWithin);
  EXPECT_EQ(replica_.Look(), 1);
  EXPECT_EQ(replica_.Look(), 0);
  const pb::Case after = Get(c.case_id());
  EXPECT_THAT(Rang(after), ElementsAre("due ACKNOWLEDGE", "overdue ACKNOWLEDGE", "overdue CONTACT", "overdue RESOLVE"));
  EXPECT_EQ(after.state(), pb::CaseState::NEW);
  ExpectGapFree(after);
  EXPECT_EQ(Told(), Rang(after)) << "an event each";
  EXPECT_EQ(Clocks(), 0) << "nothing more can ring";
}

TEST_F(DeadlineTest, ManyReplicasRingEachThingOnce) {
  for (int i = 0; i < 30; ++i) OpenCaseOf("c" + std::to_string(i));
  clock_.Advance(kContactWithin + absl::Seconds(30));
  std::vector<std::unique_ptr<ClockReplica>> replicas;
  for (int i = 0; i < 3; ++i) replicas.push_back(std::make_unique<ClockReplica>(db_.pool(), clock_));
  std::vector<std::thread> threads;
  for (auto& r : replicas)
    threads.emplace_back([&r] {
      while (r->Look() > 0) {
      }
    });
  for (auto& t : threads) t.join();
  while (replica_.Look() > 0) {  // what two of them found at once, and one of them took
  }
  for (const pb::Case& c : Cases()) EXPECT_THAT(Rang(c), ElementsAre("overdue ACKNOWLEDGE", "overdue CONTACT"));
  EXPECT_EQ(Told().size(), 60u);
}

TEST_F(DeadlineTest, WhatAReplicaHeldWhenItDiedRingsWhenItsLeaseEndsAndOnce) {
  for (int i = 0; i < 5; ++i) OpenCaseOf("c" + std::to_string(i));
  clock_.Advance(kAcknowledgeWithin + absl::Seconds(30));
  Dying dying;
  due::Scheduler dead(db_.pool(), replica_.writer(), clock_);
  dead.Handle(DueKind::kCase, dying, kClockTaking);
  EXPECT_THAT(dead.RunDue(), IsOk());
  ASSERT_THAT(dying.held, SizeIs(5));
  EXPECT_EQ(replica_.Look(), 0) << "somebody has them";
  clock_.Advance(kClockLease);
  EXPECT_EQ(replica_.Look(), 5);
  EXPECT_THAT(Told(), SizeIs(5));
  EXPECT_THAT(replica_.case_clock().Run(dying.held, clock_.Now() + absl::Seconds(10)), IsOk()) << "it was only slow";
  EXPECT_THAT(Told(), SizeIs(5));
}

TEST_F(DeadlineTest, WhatPeopleDoWhileAReplicaHoldsTheClockWins) {
  const pb::Case c = OpenCaseOf("c1");
  clock_.Advance(kAcknowledgeWithin + absl::Seconds(30));
  Dying slow;
  due::Scheduler first(db_.pool(), replica_.writer(), clock_);
  first.Handle(DueKind::kCase, slow, kClockTaking);
  EXPECT_THAT(first.RunDue(), IsOk());
  ASSERT_THAT(slow.held, SizeIs(1));
  Contact(c);  // by the machine's clock: in time
  EXPECT_THAT(replica_.case_clock().Run(slow.held, clock_.Now() + absl::Seconds(10)), IsOk());
  EXPECT_THAT(Told(), IsEmpty());
  EXPECT_EQ(Clocks(), 1) << "for what comes next";
}

TEST_F(DeadlineTest, WhatIsDoneInTimeIsNotMarkedAndAnEndedCaseIsNotLookedAt) {
  const pb::Case called = OpenCaseOf("c1");
  Contact(called);
  const pb::Case cancelled = OpenCaseOf("c2");
  pb::CancelCaseRequest q;
  q.set_case_id(cancelled.case_id());
  q.set_reason("spam");
  EXPECT_THAT(loop_.Call(&Stub::CancelCase, q), IsOk());
  EXPECT_EQ(Clocks(), 1);
  clock_.Advance(kContactWithin + absl::Seconds(30));
  EXPECT_EQ(replica_.Look(), 0);
  clock_.Advance(kResolveWithin);
  EXPECT_EQ(replica_.Look(), 1);
  EXPECT_THAT(Rang(Get(called.case_id())), ElementsAre("overdue RESOLVE"));
  EXPECT_THAT(Rang(Get(cancelled.case_id())), IsEmpty());
}

TEST_F(DeadlineTest, AnAlarmThatNobodyAcknowledgesGoesUpTheTeamsOncePerTeam) {
  const pb::Case c = Assign(OpenCaseOf("c1"), "cau-giay");
  EXPECT_TRUE(c.has_escalate_at());
  clock_.Advance(kAcknowledgeWithin + absl::Seconds(30));
  EXPECT_EQ(replica_.Look(), 1);
  clock_.Advance(kEscalateEvery + absl::Seconds(1));
  replica_.Look();
  const pb::Case after = Get(c.case_id());
  EXPECT_THAT(Rang(after), ElementsAre("overdue ACKNOWLEDGE", "escalate region-north"));
  EXPECT_THAT(after.escalated_to(), ElementsAre("region-north"));
  EXPECT_FALSE(after.has_escalate_at()) << "nobody is above a region";
  EXPECT_EQ(Told(), Rang(after));
}

TEST_F(DeadlineTest, ACaseThatWaitsForItsCustomerGoesOnByItself) {
  const pb::Case c = Ask(OpenCaseOf("c1"));
  EXPECT_EQ(c.state(), pb::CaseState::WAITING_CUSTOMER);
  EXPECT_TRUE(c.has_wait_until());
  clock_.Advance(kMaxWait - absl::Minutes(10));
  EXPECT_EQ(replica_.Look(), 0) << "deadlines stand still";
  clock_.Advance(absl::Minutes(20));
  EXPECT_EQ(replica_.Look(), 1);
  const pb::Case after = Get(c.case_id());
  EXPECT_EQ(after.state(), pb::CaseState::IN_PROGRESS);
  EXPECT_THAT(Rang(after), ElementsAre("resume"));
  EXPECT_GE(after.resolve_by().seconds() - c.resolve_by().seconds(), absl::ToInt64Seconds(kMaxWait));
  EXPECT_FALSE(after.has_wait_until());
  ExpectGapFree(after);
}

TEST_F(DeadlineTest, AResolvedCaseIsVerifiedBySilence) {
  const pb::Case opened = OpenCaseOf("c1");
  Contact(opened);
  const pb::Case c = Resolve(opened);
  EXPECT_TRUE(c.has_verify_at());
  EXPECT_EQ(Clocks(), 1);
  clock_.Advance(kVerifyAfter - absl::Minutes(10));
  EXPECT_EQ(replica_.Look(), 0);
  clock_.Advance(absl::Minutes(20));
  EXPECT_EQ(replica_.Look(), 1);
  const pb::Case after = Get(c.case_id());
  EXPECT_EQ(after.state(), pb::CaseState::VERIFIED);
  EXPECT_EQ(after.verification(), pb::Verification::SILENCE);
  EXPECT_EQ(Clocks(), 0);
  ExpectGapFree(after);
}

TEST_F(DeadlineTest, TheClockGoesWithTheCaseWhenItsCustomerClaimsIt) {
  survey::v1::Response anonymous = DetractorAnswer("r1", "");
  Answer({anonymous});
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM due_work WHERE kind = 1 AND subject = 'r1'"), 1);
  anonymous.set_customer_id("lan");
  anonymous.set_revision(2);
  Answer({anonymous});
  ASSERT_EQ(OnlyCase().customer_id(), "lan");
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM due_work WHERE kind = 1 AND subject = 'lan'"), 1);
  EXPECT_EQ(Clocks(), 1);
  clock_.Advance(kAcknowledgeWithin + absl::Seconds(30));
  EXPECT_EQ(replica_.Look(), 1);
  EXPECT_THAT(Told(), ElementsAre("overdue ACKNOWLEDGE"));
}

TEST_F(DeadlineTest, ALookTooEarlyOnlySaysWhenToLookAgain) {
  OpenCaseOf("c1");
  HOIAM_ASSERT_OK(db_.Session()->Run("UPDATE due_work SET due_at = ?", {SystemClock().Now() - absl::Hours(1)}));
  EXPECT_EQ(replica_.Look(), 1);
  EXPECT_EQ(replica_.Look(), 0);
  EXPECT_THAT(Told(), IsEmpty());
  EXPECT_EQ(Clocks(), 1);
}

TEST_F(DeadlineTest, TheThreadLooksByItselfAndStopsWhenTold) {
  OpenCaseOf("c1");
  clock_.Advance(kAcknowledgeWithin + absl::Seconds(30));
  HOIAM_ASSERT_OK(replica_.scheduler().Start());
  for (int i = 0; i < 2000 && Told().empty(); ++i) SystemClock().Sleep(absl::Milliseconds(10));
  EXPECT_THAT(Told(), ElementsAre("overdue ACKNOWLEDGE"));
  replica_.scheduler().Stop();
  clock_.Advance(kContactWithin);
  EXPECT_THAT(Told(), ElementsAre("overdue ACKNOWLEDGE")) << "nobody looks any more";
}

// A case as the release before stored it: without what is kept since.
pb::Case FromBefore(const std::string& id, pb::CaseState::Code state, absl::Time opened,
                    std::optional<absl::Time> contacted) {
  pb::Case c;
  c.set_case_id(UuidToString(id));
  c.set_kind(pb::CaseKind::DETRACTOR);
  c.set_state(state);
  c.set_priority(pb::Priority::P3);
  c.set_customer_id("c-" + UuidToString(id));
  c.add_answers()->set_response_id("r-" + UuidToString(id));
  c.set_team("cskh");
  const auto set = [](google::protobuf::Timestamp* out, absl::Time t) { out->set_seconds(absl::ToUnixSeconds(t)); };
  set(c.mutable_acknowledge_by(), opened + absl::Hours(24));
  set(c.mutable_contact_by(), opened + absl::Hours(48));
  set(c.mutable_resolve_by(), opened + absl::Hours(168));
  set(c.mutable_create_time(), opened);
  const auto line = [&](const char* action, pb::CaseState::Code from, pb::CaseState::Code to, absl::Time at) {
    auto* l = c.add_history();
    l->set_actor("lan");
    l->set_action(action);
    l->set_from(from);
    l->set_to(to);
    set(l->mutable_time(), at);
    l->set_version(c.history_size());
    set(c.mutable_update_time(), at);
  };
  line("open", pb::CaseState::UNSPECIFIED, pb::CaseState::NEW, opened);
  if (contacted) line("contact", pb::CaseState::NEW, pb::CaseState::IN_PROGRESS, *contacted);
  if (state == pb::CaseState::RESOLVED)
    line("resolve", pb::CaseState::IN_PROGRESS, pb::CaseState::RESOLVED, *contacted + absl::Hours(1));
  c.set_version(c.history_size());
  return c;
}

TEST(DeadlineMigrationTest, CasesFromBeforeAreLookedAtOnceAndRingFromThenOn) {
  const db::MigrationSet before(Migrations().begin(), Migrations().begin() + 2);
  TestDatabase database("loop", before);
  FakeClock clock(SystemClock().Now());
  const absl::Time opened = clock.Now() - absl::Hours(30);
  const auto store = [&](pb::CaseState::Code state, std::optional<absl::Time> contacted) {
    const std::string id = NewUuid(clock.Now());
    const pb::Case c = FromBefore(id, state, opened, contacted);
    EXPECT_THAT(
        database.Session()->Run(
            "INSERT INTO loop_case (tenant_id, case_id, subject, customer_id, kind, state, is_open, priority, owner, "
            "team, version, create_time, update_time, body) VALUES (?, ?, ?, ?, 'DETRACTOR', ?, ?, 'P3', '', 'cskh', "
            "?, ?, ?, ?)",
            {std::string("t"), id, c.customer_id(), c.customer_id(), pb::CaseState::Code_Name(state),
             int64_t{state != pb::CaseState::RESOLVED}, c.version(), opened, opened, c.SerializeAsString()}),
        IsOk());
    return id;
  };
  const std::string contacted = store(pb::CaseState::IN_PROGRESS, opened + absl::Hours(1));
  const std::string untouched = store(pb::CaseState::NEW, std::nullopt);
  const std::string resolved = store(pb::CaseState::RESOLVED, opened + absl::Hours(1));
  EXPECT_THAT(db::Migrate(*db::ParseUrl(hoiam::testing::DatabaseUrl()), database.schema(), Migrations(), 1,
                          [](const std::string&) {}),
              IsOk());
  ClockReplica replica(database.pool(), clock);
  EXPECT_EQ(replica.Look(), 3);
  EXPECT_EQ(replica.Look(), 0);
  const auto lines = [&](const std::string& id) {
    std::vector<std::string> out;
    const auto session = database.Session();
    EXPECT_THAT(session->Query("SELECT body FROM loop_case WHERE case_id = ?", {id},
                               [&](const db::Row& r) {
                                 pb::Case c;
                                 ASSERT_TRUE(c.ParseFromString(r.Bytes(0)));
                                 for (const auto& l : c.history()) out.push_back(l.action());
                               }),
                IsOk());
    return out;
  };
  EXPECT_THAT(lines(contacted), ElementsAre("open", "contact"));
  EXPECT_THAT(lines(untouched), ElementsAre("open", "overdue"));
  clock.Advance(kVerifyAfter);
  EXPECT_EQ(replica.Look(), 3);
  EXPECT_THAT(lines(contacted), ElementsAre("open", "contact", "overdue"));
  EXPECT_THAT(lines(resolved), ElementsAre("open", "contact", "resolve", "verify"));
}

}  // namespace
}  // namespace hoiam::loop::testing
