// Each numbered step of the write path (docs/architecture.md §1) has its test here.
#include "platform/db/write_combiner.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::db {
namespace {

using testing::IsOk;
using testing::Note;
using testing::NoteId;
using testing::StatusIs;

struct Done {
  absl::Status status;
  LogPosition at;
};

class WriteCombinerTest : public ::testing::Test {
 protected:
  WriteCombiner& Start(uint32_t partitions = 1, CombinerOptions o = {}) {
    db_.emplace("survey", testing::NoteMigrations(), partitions);
    o.partitions = partitions;
    combiner_ = std::make_unique<WriteCombiner>(db_->pool(), SystemClock(), o, [this](const Committed& c) {
      std::lock_guard lock(mu_);
      published_.push_back(c);
    });
    return *combiner_;
  }
  static Command Insert(int id, uint32_t partition = 0, std::string tenant = "t") {
    Command c;
    c.tenant = tenant;
    c.partition = partition;
    c.want = [=](UnitOfWork& uow) { uow.Want<Note>({tenant, "c", NoteId(id)}); };
    c.decide = [=](UnitOfWork& uow, absl::Time) {
      if (uow.Find<Note>({tenant, "c", NoteId(id)}))
        return MakeError(absl::StatusCode::kAlreadyExists, "ID_REUSED", "taken");
      uow.Put(Note{tenant, "c", NoteId(id), "text"});
      uow.Emit("event " + std::to_string(id));
      return absl::OkStatus();
    };
    return c;
  }
  static std::future<Done> Submit(WriteCombiner& combiner, Command c) {
    auto promise = std::make_shared<std::promise<Done>>();
    c.done = [promise](absl::Status s, LogPosition at) { promise->set_value({std::move(s), at}); };
    auto future = promise->get_future();
    combiner.Submit(std::move(c));
    return future;
  }
  int64_t Notes() { return db_->Count("SELECT COUNT(*) FROM note"); }

  std::optional<testing::TestDatabase> db_;
  std::mutex mu_;
  std::vector<Committed> published_;
  std::unique_ptr<WriteCombiner> combiner_;
};

TEST_F(WriteCombinerTest, WhatIsAcknowledgedIsStoredWithItsEventUnderADenseSequence) {
  auto& combiner = Start();
  for (int i = 1; i <= 5; ++i) {
    const Done d = Submit(combiner, Insert(i)).get();
    ASSERT_THAT(d.status, IsOk());
    EXPECT_EQ(d.at.seq, static_cast<uint64_t>(i));
    EXPECT_EQ(Notes(), i);
  }
  EXPECT_EQ(db_->Count("SELECT COUNT(*) FROM event_log"), 5);
  EXPECT_EQ(db_->Count("SELECT next_seq FROM event_head"), 6);
}

TEST_F(WriteCombinerTest, ADecisionThatReachesForAnotherTenantFailsAloneAndChangesNothing) {
  auto& combiner = Start();
  ASSERT_THAT(Submit(combiner, Insert(1, 0, "other")).get().status, IsOk());
  // Wants, finds, overwrites a row of the other tenant; once with its wants in order.
  Command reads = Insert(1, 0, "other"), writes = Insert(2, 0, "other");
  reads.tenant = writes.tenant = "t";
  writes.want = [](UnitOfWork&) {};
  writes.decide = [](UnitOfWork& uow, absl::Time) {
    uow.Put(Note{"t", "c", NoteId(3), "goes with it"});
    uow.Put(Note{"other", "c", NoteId(1), "overwritten"});
    return absl::OkStatus();
  };
  auto bad = Submit(combiner, std::move(reads)), worse = Submit(combiner, std::move(writes));
  auto good = Submit(combiner, Insert(4));
  EXPECT_THAT(bad.get().status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(worse.get().status, StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(good.get().status, IsOk());
  EXPECT_EQ(db_->Count("SELECT COUNT(*) FROM note WHERE text = 'text'"), 2);
  EXPECT_EQ(Notes(), 2);
}

TEST_F(WriteCombinerTest, ADuplicateIsADecisionThatCostsTheOthersNothing) {
  auto& combiner = Start();
  ASSERT_THAT(Submit(combiner, Insert(1)).get().status, IsOk());
  const auto before = combiner.stats();
  std::vector<std::future<Done>> all;
  for (int i = 0; i < 100; ++i) all.push_back(Submit(combiner, Insert(i % 2 == 0 ? 1 : 100 + i)));
  for (int i = 0; i < 100; ++i) {
    const Done d = all[i].get();
    if (i % 2 == 0)
      EXPECT_THAT(d.status, StatusIs(absl::StatusCode::kAlreadyExists, "ID_REUSED"));
    else
      EXPECT_THAT(d.status, IsOk());
  }
  EXPECT_EQ(combiner.stats().retries, before.retries);
  EXPECT_EQ(Notes(), 51);
}

TEST_F(WriteCombinerTest, CommandsOfOneBatchSeeTheRowsOfThoseBeforeThem) {
  auto& combiner = Start();
  std::vector<std::future<Done>> all;
  for (int i = 0; i < 200; ++i) all.push_back(Submit(combiner, Insert(7)));  // the same id
  int ok = 0;
  for (auto& f : all) ok += f.get().status.ok();
  EXPECT_EQ(ok, 1);
  EXPECT_LT(combiner.stats().transactions, 150u) << "they should have shared transactions";
}

TEST_F(WriteCombinerTest, ManyCallersShareTransactionsAndSequencesStayDense) {
  auto& combiner = Start(4);
  std::vector<std::thread> threads;
  std::atomic<int> ok = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const int id = t * 50 + i;
        ok += Submit(combiner, Insert(id, PartitionOf("t", std::to_string(id), 4))).get().status.ok();
      }
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(ok, 400);
  EXPECT_EQ(Notes(), 400);
  EXPECT_EQ(db_->Count("SELECT COUNT(*) FROM (SELECT partition_id, COUNT(*) n, MAX(seq) m FROM event_log GROUP BY "
                       "partition_id) x WHERE n <> m"),
            0);
  std::lock_guard lock(mu_);
  std::map<uint32_t, uint64_t> last;
  for (const Committed& c : published_) EXPECT_EQ(c.at.seq, ++last[c.at.partition]) << "published in commit order";
}

TEST_F(WriteCombinerTest, ACommandThatChangesNothingWritesNoEnvelopeAndStillHasAPosition) {
  auto& combiner = Start();
  ASSERT_THAT(Submit(combiner, Insert(1)).get().status, IsOk());
  Command c = Insert(2);
  c.decide = [](UnitOfWork&, absl::Time) { return absl::OkStatus(); };
  const Done d = Submit(combiner, std::move(c)).get();
  EXPECT_THAT(d.status, IsOk());
  EXPECT_EQ(d.at.seq, 1u);
  EXPECT_EQ(db_->Count("SELECT COUNT(*) FROM event_log"), 1);
}

TEST_F(WriteCombinerTest, AnExpiredCommandLeavesTheQueueUntouched) {
  auto& combiner = Start();
  Command c = Insert(1);
  c.deadline = SystemClock().Now() - absl::Milliseconds(1);
  EXPECT_THAT(Submit(combiner, std::move(c)).get().status,
              StatusIs(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
  EXPECT_EQ(Notes(), 0);
}

TEST_F(WriteCombinerTest, ARowThatRacedInFromAnotherPartitionIsDecidedAgainAsADuplicate) {
  auto& combiner = Start();
  auto other = db_->Session();
  HOIAM_ASSERT_OK(other->Execute("START TRANSACTION"));
  ASSERT_THAT(
      other->Run(
          "INSERT INTO note (tenant_id, customer_id, note_id, text, at, amount) VALUES ('t','c',?,'theirs',NOW(6),0)",
          {NoteId(1)}),
      IsOk());
  auto mine = Submit(combiner, Insert(1));  // has read "absent", waits on the uncommitted row
  auto beside = Submit(combiner, Insert(2));
  SystemClock().Sleep(absl::Milliseconds(300));
  HOIAM_ASSERT_OK(other->Execute("COMMIT"));
  EXPECT_THAT(mine.get().status, StatusIs(absl::StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_THAT(beside.get().status, IsOk());
  EXPECT_GE(combiner.stats().retries, 1u);
}

TEST_F(WriteCombinerTest, OnlyTheGuiltyCommandFailsWhenTheDatabaseRefusesItsRow) {
  auto& combiner = Start();
  auto hold = db_->Session();  // keeps the head locked, so that the batch gathers
  HOIAM_ASSERT_OK(hold->Execute("START TRANSACTION"));
  HOIAM_ASSERT_OK(hold->Query("SELECT epoch FROM event_head FOR UPDATE", {}, [](const Row&) {}));
  std::vector<std::future<Done>> all;
  for (int i = 0; i < 20; ++i) {
    Command c = Insert(i);
    if (i == 13) {
      c.decide = [](UnitOfWork& uow, absl::Time) {
        uow.Put(Note{"t", "c", NoteId(13), std::string(500, 'x')});  // longer than its column
        return absl::OkStatus();
      };
    }
    all.push_back(Submit(combiner, std::move(c)));
  }
  HOIAM_ASSERT_OK(hold->Execute("COMMIT"));
  for (int i = 0; i < 20; ++i) {
    if (i == 13)
      EXPECT_THAT(all[i].get().status, StatusIs(absl::StatusCode::kInternal));
    else
      EXPECT_THAT(all[i].get().status, IsOk()) << i;
  }
  EXPECT_EQ(Notes(), 19);
}

TEST_F(WriteCombinerTest, TwoReplicasDecidingTheSameIdAtOnceLetOneWin) {
  auto& first = Start(2);
  CombinerOptions o;
  o.partitions = 2;
  WriteCombiner second(db_->pool(), SystemClock(), o);
  for (int i = 0; i < 100; ++i) {
    auto a = Submit(first, Insert(i, i % 2));
    auto b = Submit(second, Insert(i, i % 2));
    EXPECT_EQ(a.get().status.ok() + b.get().status.ok(), 1);
  }
  EXPECT_EQ(Notes(), 100);
}

TEST_F(WriteCombinerTest, AKilledConnectionLosesNothingThatWasAcknowledgedAndDoublesNothing) {
  auto& combiner = Start();
  std::atomic<bool> stop = false;
  std::thread killer([&] {
    auto admin = db_->Session();
    while (!stop) {
      std::vector<int64_t> ids;
      admin
          ->Query("SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()",
                  {db_->schema()}, [&](const Row& r) { ids.push_back(r.Int(0)); })
          .IgnoreError();
      for (int64_t id : ids) admin->Execute("KILL " + std::to_string(id)).IgnoreError();
      SystemClock().Sleep(absl::Milliseconds(15));
    }
  });
  std::vector<std::future<Done>> all;
  for (int i = 0; i < 600; ++i) {
    all.push_back(Submit(combiner, Insert(i)));
    if (i % 20 == 0) SystemClock().Sleep(absl::Milliseconds(5));
  }
  int acknowledged = 0;
  for (auto& f : all) acknowledged += f.get().status.ok();
  stop = true;
  killer.join();
  EXPECT_GT(combiner.stats().retries, 0u) << "the test killed nothing";
  EXPECT_EQ(acknowledged, 600);
  EXPECT_EQ(Notes(), 600);
  EXPECT_EQ(db_->Count("SELECT COUNT(*) - MAX(seq) FROM event_log"), 0);
}

TEST_F(WriteCombinerTest, ABusyTenantDoesNotPushAnotherOutOfTheNextBatch) {
  CombinerOptions o;
  o.max_commands = 16;
  auto& combiner = Start(1, o);
  auto hold = db_->Session();
  HOIAM_ASSERT_OK(hold->Execute("START TRANSACTION"));
  HOIAM_ASSERT_OK(hold->Query("SELECT epoch FROM event_head FOR UPDATE", {}, [](const Row&) {}));
  std::vector<std::future<Done>> busy;
  for (int i = 0; i < 400; ++i) busy.push_back(Submit(combiner, Insert(i, 0, "busy")));
  auto quiet = Submit(combiner, Insert(1, 0, "quiet"));
  HOIAM_ASSERT_OK(hold->Execute("COMMIT"));
  const Done d = quiet.get();
  ASSERT_THAT(d.status, IsOk());
  EXPECT_LE(d.at.seq, 3u) << "in the first batch after the one that was under way";
  for (auto& f : busy) EXPECT_THAT(f.get().status, IsOk());
}

TEST_F(WriteCombinerTest, AFullQueueShedsInsteadOfGrowing) {
  CombinerOptions o;
  o.max_queued = 10;
  auto& combiner = Start(1, o);
  auto hold = db_->Session();
  HOIAM_ASSERT_OK(hold->Execute("START TRANSACTION"));
  HOIAM_ASSERT_OK(hold->Query("SELECT epoch FROM event_head FOR UPDATE", {}, [](const Row&) {}));
  std::vector<std::future<Done>> all;
  for (int i = 0; i < 50; ++i) all.push_back(Submit(combiner, Insert(i)));
  HOIAM_ASSERT_OK(hold->Execute("COMMIT"));
  int shed = 0;
  for (auto& f : all) {
    const Done d = f.get();
    if (!d.status.ok()) {
      EXPECT_THAT(d.status, StatusIs(absl::StatusCode::kResourceExhausted, "OVERLOADED"));
      ++shed;
    }
  }
  EXPECT_GE(shed, 30);
  EXPECT_EQ(Notes(), 50 - shed);
}

}  // namespace
}  // namespace hoiam::db
