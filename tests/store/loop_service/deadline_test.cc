// The clock of deadlines, on a real server, beside a loop that opens and changes cases.
#include <gmock/gmock.h>

#include <memory>
#include <thread>

#include "loop_service/app/watch_deadlines.h"
#include "loop_service/limits.h"
#include "tests/store/loop_service/suite.h"
#include "tests/support/fake_clock.h"

namespace hoiam::loop::testing {
namespace {

using hoiam::testing::FakeClock;
using ::testing::ElementsAre;

// A replica's clock that tells the time it is told.
class Watch {
 public:
  Watch(db::Pool& pool, const Clock& clock)
      : combiner_(pool, clock, {}, [](const db::Committed&) {}), watch_(pool, writer_, clock) {}
  int Look() {
    const auto looked = watch_.Look();
    EXPECT_THAT(looked, IsOk());
    return looked.value_or(-1);
  }
  DeadlineWatch& watch() { return watch_; }

 private:
  db::WriteCombiner combiner_;
  rpc::Writer writer_{combiner_, "loop"};
  DeadlineWatch watch_;
};

class DeadlineTest : public LoopTest {
 protected:
  std::vector<std::string> Marked(const pb::Case& c) {
    std::vector<std::string> out;
    for (const auto& line : c.history())
      if (line.action() == "overdue") out.push_back(line.note());
    return out;
  }
  // Notes of the overdue lines that ended a told case, in the order of the log.
  std::vector<std::string> Told() {
    std::vector<std::string> out;
    const auto session = db_.Session();
    EXPECT_THAT(session->Query("SELECT envelope FROM event_log ORDER BY partition_id, seq", {},
                               [&](const db::Row& r) {
                                 feed::v1::Batch batch;
                                 ASSERT_TRUE(batch.ParseFromString(r.Bytes(0)));
                                 for (const std::string& raw : batch.events()) {
                                   event::v1::Event e;
                                   ASSERT_TRUE(e.ParseFromString(raw));
                                   const auto& last = *e.case_().case_().history().rbegin();
                                   if (last.action() != "overdue") continue;
                                   out.push_back(last.note());
                                   EXPECT_GT(e.case_().case_().overdue_size(), 0);
                                 }
                               }),
                IsOk());
    return out;
  }
  FakeClock clock_{SystemClock().Now()};
  Watch watch_{db_.pool(), clock_};
};

TEST_F(DeadlineTest, EachDeadlineThatPassesIsMarkedAndToldOnce) {
  const pb::Case c = OpenCaseOf("c1");
  EXPECT_EQ(watch_.Look(), 0);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_due"), 1);
  clock_.Advance(kAcknowledgeWithin + absl::Seconds(30));
  EXPECT_EQ(watch_.Look(), 1);
  EXPECT_EQ(watch_.Look(), 0);
  EXPECT_THAT(Marked(Get(c.case_id())), ElementsAre("ACKNOWLEDGE"));
  clock_.Advance(kResolveWithin);
  EXPECT_EQ(watch_.Look(), 1);
  EXPECT_EQ(watch_.Look(), 0);
  const pb::Case after = Get(c.case_id());
  EXPECT_THAT(Marked(after), ElementsAre("ACKNOWLEDGE", "CONTACT", "RESOLVE"));
  EXPECT_EQ(after.state(), pb::CaseState::NEW);
  ExpectGapFree(after);
  EXPECT_THAT(Told(), ElementsAre("ACKNOWLEDGE", "CONTACT", "RESOLVE"));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_due"), 0) << "nothing more can be missed";
}

TEST_F(DeadlineTest, ManyReplicasMarkADeadlineOnce) {
  for (int i = 0; i < 30; ++i) OpenCaseOf("c" + std::to_string(i));
  clock_.Advance(kContactWithin + absl::Seconds(30));
  std::vector<std::unique_ptr<Watch>> replicas;
  for (int i = 0; i < 3; ++i) replicas.push_back(std::make_unique<Watch>(db_.pool(), clock_));
  std::vector<std::thread> threads;
  for (auto& r : replicas)
    threads.emplace_back([&r] {
      while (r->Look() > 0) {
      }
    });
  for (auto& t : threads) t.join();
  for (const pb::Case& c : Cases()) EXPECT_THAT(Marked(c), ElementsAre("ACKNOWLEDGE", "CONTACT"));
  EXPECT_EQ(Told().size(), 60u);
}

TEST_F(DeadlineTest, WhatIsDoneInTimeIsNotMarkedAndAnEndedCaseIsNotLookedAt) {
  const pb::Case called = OpenCaseOf("c1");
  Contact(called);
  const pb::Case solved = OpenCaseOf("c2");
  Contact(solved);
  Resolve(solved);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_due"), 1);
  clock_.Advance(kContactWithin + absl::Seconds(30));
  EXPECT_EQ(watch_.Look(), 0);
  clock_.Advance(kResolveWithin);
  EXPECT_EQ(watch_.Look(), 1);
  EXPECT_THAT(Marked(Get(called.case_id())), ElementsAre("RESOLVE"));
  EXPECT_THAT(Marked(Get(solved.case_id())), ElementsAre());
}

TEST_F(DeadlineTest, ACaseFromBeforeIsLookedAtOnceAndThenWhenItIsDue) {
  OpenCaseOf("c1");
  HOIAM_ASSERT_OK(db_.Session()->Run("UPDATE case_due SET due_at = ?", {SystemClock().Now() - absl::Hours(1)}));
  EXPECT_EQ(watch_.Look(), 1);
  EXPECT_EQ(watch_.Look(), 0);
  EXPECT_THAT(Told(), ElementsAre());
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_due"), 1);
}

TEST_F(DeadlineTest, TheThreadLooksByItselfAndStopsWhenTold) {
  OpenCaseOf("c1");
  clock_.Advance(kAcknowledgeWithin + absl::Seconds(30));
  HOIAM_ASSERT_OK(watch_.watch().Start());
  for (int i = 0; i < 2000 && Told().empty(); ++i) SystemClock().Sleep(absl::Milliseconds(10));
  EXPECT_THAT(Told(), ElementsAre("ACKNOWLEDGE"));
  watch_.watch().Stop();
  clock_.Advance(kContactWithin);
  EXPECT_THAT(Told(), ElementsAre("ACKNOWLEDGE")) << "nobody looks any more";
}

}  // namespace
}  // namespace hoiam::loop::testing
