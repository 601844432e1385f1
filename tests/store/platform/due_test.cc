// Work that is due, taken by lease, on a real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "platform/due/reader.h"
#include "platform/due/scheduler.h"
#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/explaining_session.h"
#include "tests/support/fake_clock.h"
#include "tests/support/matchers.h"

namespace hoiam::due {
namespace {

using testing::FakeClock;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::SizeIs;
using testing::Tally;

constexpr int64_t kKind = 1, kOtherKind = 2;

// The tables of the platform's tests, and due_work as every service has it.
const db::MigrationSet& Migrations() {
  static const auto* set = [] {
    auto* all = new db::MigrationSet(testing::NoteMigrations());
    all->push_back({"0002_due",
                    "CREATE TABLE due_work (tenant_id VARBINARY(64) NOT NULL, subject VARBINARY(160) NOT NULL, "
                    "kind TINYINT NOT NULL, work_id VARBINARY(128) NOT NULL, due_at DATETIME(6) NOT NULL, "
                    "owner VARBINARY(16) NOT NULL, attempts INT NOT NULL, "
                    "PRIMARY KEY (tenant_id, subject, kind, work_id), KEY by_due (kind, due_at)) ENGINE=InnoDB;\n"});
    return all;
  }();
  return *set;
}

// Runs one decision of tenant "t" about `subject` and waits for it.
absl::Status Decide(rpc::Writer& writer, const std::string& tenant, const std::string& subject,
                    std::function<void(db::UnitOfWork&)> want, std::function<void(db::UnitOfWork&)> decide) {
  rpc::CallContext ctx;
  ctx.tenant = tenant;
  ctx.deadline = absl::InfiniteFuture();
  std::vector<rpc::Writer::Item> items(1);
  items[0].subject = subject;
  items[0].want = std::move(want);
  items[0].decide = [decide = std::move(decide)](db::UnitOfWork& uow, absl::Time) {
    decide(uow);
    return absl::OkStatus();
  };
  std::promise<absl::Status> done;
  writer.SubmitBatch(ctx, std::move(items),
                     [&done](std::vector<absl::Status> statuses, rpc::ReplyMeta) { done.set_value(statuses[0]); });
  return done.get_future().get();
}

// Counts each piece of work that it finishes, in the transaction that finishes it.
class Counting final : public Handler {
 public:
  explicit Counting(rpc::Writer& writer) : writer_(writer) {}
  absl::Status Run(const std::vector<Work>& taken, absl::Time until) override {
    for (const Work& work : taken) {
      last = work;
      HOIAM_RETURN_IF_ERROR(Decide(
          writer_, work.tenant_id, work.subject, [&work](db::UnitOfWork& uow) { WantWork(uow, work); },
          [&](db::UnitOfWork& uow) {
            if (FinishWork(uow, work)) uow.Add(Tally{work.tenant_id, work.work_id, 1, {}});
          }));
    }
    return absl::OkStatus();
  }
  Work last;

 private:
  rpc::Writer& writer_;
};

// Takes, and does nothing: as a replica that dies.
class Dying final : public Handler {
 public:
  absl::Status Run(const std::vector<Work>& taken, absl::Time) override {
    held.insert(held.end(), taken.begin(), taken.end());
    return absl::OkStatus();
  }
  std::vector<Work> held;
};

// One replica.
struct Replica {
  Replica(db::Pool& pool, const Clock& clock, TakeOptions options = {1, 16, absl::Seconds(30)})
      : combiner(pool, clock, {}), scheduler(pool, writer, clock) {
    scheduler.Handle(kKind, counting, options);
  }
  int Run() {
    const auto did = scheduler.RunDue();
    EXPECT_THAT(did, IsOk());
    return did.value_or(0);
  }
  db::WriteCombiner combiner;
  rpc::Writer writer{combiner, "loop"};
  Counting counting{writer};
  Scheduler scheduler;
};

class DueTest : public ::testing::Test {
 protected:
  void Add(const std::string& subject, const std::string& work_id, absl::Time at, int64_t kind = kKind,
           const std::string& tenant = "t") {
    ASSERT_THAT(Decide(
                    replica_.writer, tenant, subject, [](db::UnitOfWork&) {},
                    [&](db::UnitOfWork& uow) { AddWork(uow, tenant, kind, subject, work_id, at); }),
                IsOk());
  }
  int64_t Done(const std::string& where = "") {
    return db_.Count("SELECT COALESCE(SUM(n), 0) FROM tally" + (where.empty() ? "" : " WHERE " + where));
  }
  int64_t Left() { return db_.Count("SELECT COUNT(*) FROM due_work"); }

  testing::TestDatabase db_{"loop", Migrations()};
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Replica replica_{db_.pool(), clock_};
};

TEST_F(DueTest, WorkIsDoneWhenItIsDueAndNotBefore) {
  Add("c", "w", clock_.Now() + absl::Seconds(10));
  Add("c", "other", clock_.Now(), kOtherKind);
  clock_.Advance(absl::Seconds(10) - absl::Microseconds(1));
  EXPECT_EQ(replica_.Run(), 0);
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(replica_.Run(), 1);
  EXPECT_EQ(replica_.Run(), 0);
  EXPECT_EQ(Done("name = 'w'"), 1);
  EXPECT_EQ(Left(), 1) << "of a kind that nobody handles here";
}

TEST_F(DueTest, ManyReplicasDoEachPieceOnce) {
  constexpr int kPieces = 200;
  for (int i = 0; i < kPieces; ++i)
    Add(absl::StrCat("c", i % 7), absl::StrCat("w", i), clock_.Now(), kKind, i % 2 ? "t" : "u");
  std::vector<std::unique_ptr<Replica>> replicas;
  for (int i = 0; i < 3; ++i) replicas.push_back(std::make_unique<Replica>(db_.pool(), clock_));
  std::vector<std::thread> threads;
  for (auto& r : replicas)
    threads.emplace_back([&r, this] {
      while (Left() > 0) r->Run();
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(Done(), kPieces);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM tally WHERE n <> 1"), 0);
}

TEST_F(DueTest, WhatAReplicaHeldWhenItDiedComesBackWhenItsLeaseEnds) {
  Add("c", "w", clock_.Now());
  Dying dying;
  Scheduler dead(db_.pool(), replica_.writer, clock_);
  dead.Handle(kKind, dying, {1, 16, absl::Seconds(30)});
  EXPECT_THAT(dead.RunDue(), testing::IsOk());
  ASSERT_THAT(dying.held, SizeIs(1));
  clock_.Advance(absl::Seconds(30) - absl::Microseconds(1));
  EXPECT_EQ(replica_.Run(), 0) << "somebody has it";
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(replica_.Run(), 1);
  EXPECT_EQ(replica_.counting.last.attempts, 2);
  EXPECT_EQ(Done(), 1);
}

TEST_F(DueTest, WhoeverLostTheLeaseHasNoEffect) {
  Add("c", "w", clock_.Now());
  Dying slow;
  Scheduler first(db_.pool(), replica_.writer, clock_);
  first.Handle(kKind, slow, {1, 16, absl::Seconds(30)});
  EXPECT_THAT(first.RunDue(), testing::IsOk());
  clock_.Advance(absl::Seconds(31));
  Dying now_has_it;
  Scheduler second(db_.pool(), replica_.writer, clock_);
  second.Handle(kKind, now_has_it, {1, 16, absl::Seconds(30)});
  EXPECT_THAT(second.RunDue(), testing::IsOk());
  ASSERT_THAT(now_has_it.held, SizeIs(1));
  EXPECT_THAT(replica_.counting.Run(slow.held, clock_.Now()), IsOk()) << "late";
  EXPECT_EQ(Done(), 0);
  EXPECT_EQ(Left(), 1);
  EXPECT_THAT(replica_.counting.Run(now_has_it.held, clock_.Now()), IsOk());
  EXPECT_EQ(Done(), 1);
  EXPECT_EQ(Left(), 0);
}

TEST_F(DueTest, WhatIsPutOffOrAddedAgainIsDueThen) {
  Add("c", "w", clock_.Now());
  Dying dying;
  Scheduler scheduler(db_.pool(), replica_.writer, clock_);
  scheduler.Handle(kKind, dying, {1, 16, absl::Seconds(30)});
  EXPECT_THAT(scheduler.RunDue(), testing::IsOk());
  ASSERT_THAT(dying.held, SizeIs(1));
  const Work& work = dying.held[0];
  bool put_off = false;
  ASSERT_THAT(Decide(
                  replica_.writer, "t", "c", [&](db::UnitOfWork& uow) { WantWork(uow, work); },
                  [&](db::UnitOfWork& uow) { put_off = PutOffWork(uow, work, clock_.Now() + absl::Hours(1)); }),
              IsOk());
  EXPECT_TRUE(put_off);
  clock_.Advance(absl::Minutes(59));
  EXPECT_EQ(replica_.Run(), 0);
  Add("c", "w", clock_.Now());
  EXPECT_EQ(Left(), 1) << "it took the other's place";
  EXPECT_EQ(replica_.Run(), 1);
}

TEST_F(DueTest, ThreadsLookByThemselvesUntilTheyAreStopped) {
  replica_.scheduler.Start().IgnoreError();
  Add("c", "w", clock_.Now());
  for (int i = 0; i < 3000 && Done() == 0; ++i) SystemClock().Sleep(absl::Milliseconds(10));
  EXPECT_EQ(Done(), 1);
  replica_.scheduler.Stop();
  Add("c", "w2", clock_.Now());
  SystemClock().Sleep(3 * kLookEvery);
  EXPECT_EQ(Left(), 1) << "nobody looks any more";
}

TEST_F(DueTest, WhatIsDueIsFoundByItsIndexLongestFirst) {
  for (int i = 0; i < 20; ++i) Add(absl::StrCat("c", i), "w", clock_.Now() - absl::Seconds(i));
  auto session = std::make_shared<testing::ExplainingSession>(db_.Session());
  const auto due = FindDueWork(db::SystemDb(session), kKind, clock_.Now(), 5);
  ASSERT_THAT(due, IsOk());
  ASSERT_THAT(*due, SizeIs(5));
  EXPECT_EQ(due->front().subject, "c19");
  EXPECT_EQ(session->explained, 1);
  EXPECT_THAT(session->bad, IsEmpty());
}

}  // namespace
}  // namespace hoiam::due
