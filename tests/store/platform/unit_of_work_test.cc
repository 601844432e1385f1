#include "platform/db/unit_of_work.h"

#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "platform/db/mysql_error.h"
#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::db {
namespace {

using testing::DayTotal;
using testing::Note;
using testing::NoteId;
using testing::Tally;

class UnitOfWorkTest : public ::testing::Test {
 protected:
  void Commit(UnitOfWork& uow) {
    HOIAM_ASSERT_OK(InTransaction(*s_, [&] { return uow.Flush(*s_); }));
  }
  testing::TestDatabase db_{"survey", testing::NoteMigrations()};
  std::unique_ptr<Session> s_ = db_.Session();
};

TEST_F(UnitOfWorkTest, RowsOfManyShapesAreWrittenAndReadBack) {
  for (const int n : {1, 2, 3, 7, 300, 700}) {
    HOIAM_ASSERT_OK(s_->Execute("DELETE FROM note"));
    UnitOfWork uow;
    uow.Begin(0, "t");
    for (int i = 0; i < n; ++i) uow.Put(Note{"t", "c" + std::to_string(i % 11), NoteId(i), "text"});
    Commit(uow);
    EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), n);

    UnitOfWork again;
    again.Begin(0, "t");
    for (int i = 0; i < n; ++i) again.Want<Note>({"t", "c" + std::to_string(i % 11), NoteId(i)});
    for (int c = 0; c < 11; ++c) again.Want<Note>({"t", "c" + std::to_string(c)});
    HOIAM_ASSERT_OK(again.Load(*s_));
    size_t listed = 0;
    for (int c = 0; c < 11; ++c) listed += again.List<Note>({"t", "c" + std::to_string(c)}).size();
    EXPECT_EQ(listed, static_cast<size_t>(n));
    EXPECT_NE(again.Find<Note>({"t", "c0", NoteId(0)}), nullptr);
    EXPECT_EQ(again.Find<Note>({"t", "c0", NoteId(999)}), nullptr);
    EXPECT_FALSE(again.NeedsLoad());
  }
}

TEST_F(UnitOfWorkTest, APrefixNeverMatchesALongerNeighbour) {
  UnitOfWork uow;
  uow.Begin(0, "t");
  uow.Put(Note{"t", "a", NoteId(1), ""});
  uow.Put(Note{"t", "ab", NoteId(2), ""});
  uow.Put(Note{"t", std::string("a\0b", 3), NoteId(3), ""});
  Commit(uow);
  UnitOfWork again;
  again.Begin(0, "t");
  again.Want<Note>({"t", "a"});
  again.Want<Note>({"t", std::string("a\0b", 3)});
  HOIAM_ASSERT_OK(again.Load(*s_));
  EXPECT_EQ(again.List<Note>({"t", "a"}).size(), 1u);
  EXPECT_EQ(again.List<Note>({"t", std::string("a\0b", 3)}).size(), 1u);
}

TEST_F(UnitOfWorkTest, UpdatesAndDeletesReachTheTable) {
  UnitOfWork uow;
  uow.Begin(0, "t");
  for (int i = 0; i < 5; ++i) uow.Put(Note{"t", "c", NoteId(i), "old"});
  Commit(uow);
  UnitOfWork next;
  next.Begin(0, "t");
  next.Want<Note>({"t", "c"});
  HOIAM_ASSERT_OK(next.Load(*s_));
  Note changed = *next.Find<Note>({"t", "c", NoteId(1)});
  changed.text = "new";
  next.Put(changed);
  next.Delete<Note>({"t", "c", NoteId(2)});
  next.Delete<Note>({"t", "c", NoteId(3)});
  Note back = *next.List<Note>({"t", "c"}).front();
  EXPECT_EQ(next.Find<Note>({"t", "c", NoteId(2)}), nullptr);
  Commit(next);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), 3);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note WHERE text = 'new'"), 1);
}

TEST_F(UnitOfWorkTest, AFailedDecisionLeavesNothingBehindForThoseAfterIt) {
  UnitOfWork uow;
  uow.Begin(0, "t");
  uow.Put(Note{"t", "c", NoteId(1), "kept"});
  uow.Emit("one");
  uow.Begin(0, "t");
  Note over = *uow.Find<Note>({"t", "c", NoteId(1)});
  over.text = "lost";
  uow.Put(over);
  uow.Put(Note{"t", "c", NoteId(2), "lost"});
  uow.Add(Tally{"t", "n", 5, {}});
  uow.Emit("two");
  EXPECT_TRUE(uow.Wrote());
  uow.Abandon();
  EXPECT_EQ(uow.Find<Note>({"t", "c", NoteId(1)})->text, "kept");
  EXPECT_EQ(uow.events().size(), 1u);
  Commit(uow);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM tally"), 0);
}

TEST_F(UnitOfWorkTest, SumsAddUpExactlyOverTransactions) {
  for (int i = 0; i < 4; ++i) {
    UnitOfWork uow;
    uow.Begin(0, "t");
    for (int k = 0; k < 10; ++k) uow.Add(Tally{"t", "n", 3, *Decimal::ParseAmount("0.000001")});
    uow.Add(Tally{"t", "n", -1, *Decimal::ParseAmount("-1")});
    Commit(uow);
  }
  EXPECT_EQ(db_.Count("SELECT n FROM tally"), 4 * 29);
  EXPECT_EQ(db_.Count("SELECT amount = -3.99996 FROM tally"), 1);
}

TEST_F(UnitOfWorkTest, WhatIsAddedMeetsWhatIsStoredAndWhatComesToNothingIsDeleted) {
  for (int i = 0; i < 3; ++i) {
    UnitOfWork uow;
    uow.Begin(0, "t");
    for (int day = 0; day < 700; ++day) uow.Add(DayTotal{"t", day, day + 1});
    uow.Begin(0, "t");
    uow.Add(DayTotal{"t", 5, 1'000'000});
    uow.Add(DayTotal{"t", 900, 1});
    uow.Abandon();
    uow.Begin(0, "t");
    uow.Add(DayTotal{"t", 800, 1});
    uow.Add(DayTotal{"t", 800, -1});
    Commit(uow);
  }
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM total"), 700);
  EXPECT_EQ(db_.Count("SELECT SUM(n) FROM total"), 3 * 700 * 701 / 2);
  UnitOfWork uow;
  uow.Begin(0, "t");
  uow.Add(DayTotal{"t", 5, -3 * 6});
  Commit(uow);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM total"), 699);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM total WHERE day = 5"), 0);
}

TEST_F(UnitOfWorkTest, TransactionsThatRaceForTheSameNewSumsLoseNothingWhenTheyAreDecidedAgain) {
  const auto add = [&] {
    const auto session = db_.Session();
    for (int day = 0; day < 40; ++day) {
      absl::Status s;
      do {
        s = InTransaction(*session, [&] {
          UnitOfWork uow;
          uow.Begin(0, "t");
          for (int d = day; d < day + 3; ++d) uow.Add(DayTotal{"t", d, 1});
          return uow.Flush(*session);
        });
      } while (IsRetry(s) || IsDuplicate(s));
      HOIAM_EXPECT_OK(s);
    }
  };
  std::thread other(add);
  add();
  other.join();
  EXPECT_EQ(db_.Count("SELECT SUM(n) FROM total"), 2 * 40 * 3);
  EXPECT_EQ(db_.Count("SELECT n FROM total WHERE day = 20"), 2 * 3);
}

TEST_F(UnitOfWorkTest, ARowThatRacedInIsADuplicateNotAnOverwrite) {
  UnitOfWork uow;
  uow.Begin(0, "t");
  uow.Put(Note{"t", "c", NoteId(1), "mine"});
  ASSERT_THAT(
      s_->Run(
          "INSERT INTO note (tenant_id, customer_id, note_id, text, at, amount) VALUES ('t','c',?,'theirs',NOW(6),0)",
          {NoteId(1)}),
      testing::IsOk());
  EXPECT_THAT(InTransaction(*s_, [&] { return uow.Flush(*s_); }), testing::StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note WHERE text = 'theirs'"), 1);
}

// A row that is nothing but its key.
struct Mark {
  std::string tenant, name;
  static const TableDef& Table() {
    static const auto* def = new TableDef{"mark", {"tenant_id", "name"}, 2};
    return *def;
  }
  void Bind(Values& v) const { v.insert(v.end(), {tenant, name}); }
  static Mark Read(const Row& r) { return {r.Bytes(0), r.Bytes(1)}; }
};

TEST_F(UnitOfWorkTest, ReplaceStoresARowThatMayBeThereAlsoWhenItIsNothingButItsKey) {
  HOIAM_ASSERT_OK(
      s_->Execute("CREATE TABLE mark (tenant_id VARBINARY(64) NOT NULL, name VARBINARY(64) NOT NULL, "
                  "PRIMARY KEY (tenant_id, name)) ENGINE=InnoDB"));
  for (const char* text : {"first", "second"}) {
    UnitOfWork uow;
    uow.Begin(0, "t");
    uow.Replace(Mark{"t", "m"});
    uow.Replace(Note{"t", "c", NoteId(1), text});
    Commit(uow);
    EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM mark WHERE name = 'm'"), 1) << text;
    EXPECT_EQ(db_.Count(std::string("SELECT COUNT(*) FROM note WHERE text = '") + text + "'"), 1) << text;
  }
}

TEST_F(UnitOfWorkTest, WhatOneDecisionReplacedAnotherOfTheSameBatchMayDelete) {
  for (int batch = 0; batch < 2; ++batch) {  // the second finds the row stored
    UnitOfWork uow;
    uow.Begin(0, "t");
    uow.Replace(Note{"t", "c", NoteId(1), "due"});
    if (batch == 1) {
      uow.Begin(0, "t");
      uow.Delete<Note>({"t", "c", NoteId(1)});
      EXPECT_EQ(uow.Find<Note>({"t", "c", NoteId(1)}), nullptr);
    }
    Commit(uow);
    EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), batch == 0 ? 1 : 0);
  }
}

TEST_F(UnitOfWorkTest, ReadingARowThatNobodyWantedEndsTheProcess) {
  UnitOfWork uow;
  uow.Begin(0, "t");
  EXPECT_DEATH(uow.Find<Note>({"t", "c", NoteId(1)}), "nobody wanted");
}

// Whatever a decision does with a key of another tenant: it is told off, and nothing of it is read or written.
TEST_F(UnitOfWorkTest, NoKeyOfAnotherTenantIsReadOrWritten) {
  UnitOfWork theirs;
  theirs.Begin(0, "other");
  theirs.Put(Note{"other", "c", NoteId(1), "theirs"});
  theirs.Put(Note{"t2", "c", NoteId(1), "a longer name is another tenant"});
  Commit(theirs);
  EXPECT_THAT(theirs.violation(), testing::StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), 1);

  const std::function<void(UnitOfWork&)> trespasses[] = {
      [](UnitOfWork& u) {
        u.Want<Note>({"other", "c", NoteId(1)});
      },
      [](UnitOfWork& u) { u.Want<Note>({}); },
      [](UnitOfWork& u) { u.Want<Note>({int64_t{1}}); },
      [](UnitOfWork& u) {
        EXPECT_EQ(u.Find<Note>({"other", "c", NoteId(1)}), nullptr);
      },
      [](UnitOfWork& u) { EXPECT_TRUE(u.List<Note>({"other"}).empty()); },
      [](UnitOfWork& u) { EXPECT_TRUE(u.List<Note>({}).empty()); },
      [](UnitOfWork& u) {
        u.Put(Note{"other", "c", NoteId(2), "mine"});
      },
      [](UnitOfWork& u) {
        u.Put(Note{"", "c", NoteId(2), "nobody's"});
      },
      [](UnitOfWork& u) {
        u.Delete<Note>({"other", "c", NoteId(1)});
      },
      [](UnitOfWork& u) {
        u.Add(Tally{"other", "n", 1, {}});
      },
  };
  for (const auto& trespass : trespasses) {
    UnitOfWork uow;
    uow.Begin(0, "t");
    HOIAM_EXPECT_OK(uow.violation());
    trespass(uow);
    EXPECT_THAT(uow.violation(), testing::StatusIs(absl::StatusCode::kInternal));
    EXPECT_FALSE(uow.NeedsLoad());
    EXPECT_FALSE(uow.Wrote());
    uow.Begin(0, "t");  // the next decision is not to blame
    HOIAM_EXPECT_OK(uow.violation());
  }
  UnitOfWork nobodys;
  nobodys.Begin(0, "");
  nobodys.Want<Note>({"", "c", NoteId(1)});
  EXPECT_THAT(nobodys.violation(), testing::StatusIs(absl::StatusCode::kInternal));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note WHERE text = 'theirs'"), 1);
}

TEST_F(UnitOfWorkTest, EveryLoadIsServedByThePrimaryKey) {
  UnitOfWork uow;
  for (int i = 0; i < 500; ++i) {
    const std::string tenant = "t" + std::to_string(i % 7);
    uow.Begin(0, tenant);
    uow.Put(Note{tenant, "c" + std::to_string(i), NoteId(i), ""});
  }
  Commit(uow);
  HOIAM_ASSERT_OK(s_->Query("ANALYZE TABLE note", {}, [](const Row&) {}));
  int at = 3;  // of column `type`: MySQL's EXPLAIN has `partitions` before it
  HOIAM_ASSERT_OK(
      s_->Query("SELECT VERSION()", {}, [&](const Row& r) { at += r.Bytes(0).find("MariaDB") == std::string::npos; }));
  for (const char* where : {"tenant_id = 't1' AND customer_id IN ('c1', 'c8')",
                            "(tenant_id, customer_id) IN (('t1', 'c1'), ('t2', 'c2'), ('t3', 'c3'))"}) {
    std::string type;
    HOIAM_ASSERT_OK(s_->Query(std::string("EXPLAIN SELECT text FROM note FORCE INDEX (PRIMARY) WHERE ") + where, {},
                              [&](const Row& r) { type = r.Bytes(at); }));
    EXPECT_EQ(type, "range") << where;
  }
}

}  // namespace
}  // namespace hoiam::db
