#include "platform/db/session.h"

#include <gtest/gtest.h>

#include "platform/db/tenant_db.h"
#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::db {
namespace {

using testing::StatusIs;

class SessionTest : public ::testing::Test {
 protected:
  testing::TestDatabase db_{"survey", testing::NoteMigrations()};
  std::unique_ptr<Session> s_ = db_.Session();
};

constexpr char kInsert[] =
    "INSERT INTO note (tenant_id, customer_id, note_id, text, at, amount, body) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr char kSelect[] =
    "SELECT tenant_id, customer_id, note_id, text, at, amount, body FROM note WHERE tenant_id = ?";

TEST_F(SessionTest, EveryByteAndEveryMicrosecondComesBackAsItWentIn) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  std::string large;
  for (int i = 0; i < 3000; ++i) large += bytes;  // past the size where the driver sends in pieces
  const absl::Time at = absl::FromUnixMicros(1'793'000'000'120'300);
  ASSERT_THAT(s_->Run(kInsert, {"t", "khách 🙂", testing::NoteId(7), "hoà/hòa đắt 🙂", at,
                                Of(*Decimal::ParseAmount("-12.5")), large}),
              testing::IsOk());
  int rows = 0;
  HOIAM_ASSERT_OK(s_->Query(kSelect, {"t"}, [&](const Row& r) {
    ++rows;
    EXPECT_EQ(r.Bytes(1), "khách 🙂");
    EXPECT_EQ(r.Bytes(2), testing::NoteId(7));
    EXPECT_EQ(r.Bytes(3), "hoà/hòa đắt 🙂");
    EXPECT_EQ(r.Time(4), at);
    EXPECT_EQ(r.Dec(5), *Decimal::ParseAmount("-12.5"));
    EXPECT_EQ(r.Bytes(6), large);
  }));
  EXPECT_EQ(rows, 1);
}

TEST_F(SessionTest, AWholeSecondAndAFractionAreBothRead) {
  for (const absl::Time at : {absl::FromUnixSeconds(1'793'000'000), absl::FromUnixMicros(1'793'000'000'000'001)}) {
    ASSERT_THAT(s_->Run("DELETE FROM note WHERE tenant_id = ?", {"t"}), testing::IsOk());
    ASSERT_THAT(s_->Run(kInsert, {"t", "c", testing::NoteId(1), "", at, Of(Decimal()), Null()}), testing::IsOk());
    HOIAM_ASSERT_OK(s_->Query(kSelect, {"t"}, [&](const Row& r) {
      EXPECT_EQ(r.Time(4), at);
      EXPECT_TRUE(r.IsNull(6));
    }));
  }
}

TEST_F(SessionTest, ADuplicateIsAlreadyExistsAndTheSessionStaysGood) {
  const Values row = {"t", "c", testing::NoteId(1), "", absl::UnixEpoch(), Of(Decimal()), Null()};
  ASSERT_THAT(s_->Run(kInsert, row), testing::IsOk());
  EXPECT_THAT(s_->Run(kInsert, row), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_TRUE(s_->healthy());
}

TEST_F(SessionTest, ALockWaitIsAborted) {
  const Values row = {"t", "c", testing::NoteId(1), "", absl::UnixEpoch(), Of(Decimal()), Null()};
  ASSERT_THAT(s_->Run(kInsert, row), testing::IsOk());
  auto other = db_.Session();
  HOIAM_ASSERT_OK(other->Execute("SET SESSION innodb_lock_wait_timeout = 1"));
  HOIAM_ASSERT_OK(s_->Execute("START TRANSACTION"));
  ASSERT_THAT(s_->Run("UPDATE note SET text = 'x' WHERE tenant_id = ?", {"t"}), testing::IsOk());
  HOIAM_ASSERT_OK(other->Execute("START TRANSACTION"));
  EXPECT_THAT(other->Run("UPDATE note SET text = 'y' WHERE tenant_id = ?", {"t"}),
              StatusIs(absl::StatusCode::kAborted));
}

TEST_F(SessionTest, AKilledConnectionIsUnavailableAtCommitAndNothingIsThere) {
  HOIAM_ASSERT_OK(s_->Execute("START TRANSACTION"));
  ASSERT_THAT(s_->Run(kInsert, {"t", "c", testing::NoteId(1), "", absl::UnixEpoch(), Of(Decimal()), Null()}),
              testing::IsOk());
  int64_t id = 0;
  HOIAM_ASSERT_OK(s_->Query("SELECT CONNECTION_ID()", {}, [&](const Row& r) { id = r.Int(0); }));
  HOIAM_ASSERT_OK(db_.Session()->Execute("KILL " + std::to_string(id)));
  EXPECT_THAT(s_->Execute("COMMIT"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_FALSE(s_->healthy());
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM note"), 0);
}

TEST_F(SessionTest, ACachedSelectSurvivesDdl) {
  int rows = 0;
  HOIAM_ASSERT_OK(s_->Query(kSelect, {"t"}, [&](const Row&) { ++rows; }));
  HOIAM_ASSERT_OK(db_.Session()->Execute("ALTER TABLE note ADD COLUMN later INT NULL FIRST"));
  EXPECT_THAT(s_->Query(kSelect, {"t"}, [&](const Row&) { ++rows; }), testing::IsOk());
}

TEST_F(SessionTest, UpdateCountsRowsMatchedNotRowsChanged) {
  ASSERT_THAT(s_->Run(kInsert, {"t", "c", testing::NoteId(1), "same", absl::UnixEpoch(), Of(Decimal()), Null()}),
              testing::IsOk());
  const auto n = s_->Run("UPDATE note SET text = ? WHERE tenant_id = ?", {"same", "t"});
  ASSERT_THAT(n, testing::IsOk());
  EXPECT_EQ(*n, 1);
}

TEST_F(SessionTest, WaitingForAConnectionEndsWithTheDeadline) {
  Pool& pool = db_.pool();
  std::vector<SystemDb> all;
  for (;;) {
    auto lease = SystemDb::Open(pool, SystemClock().Now() + absl::Milliseconds(50));
    if (!lease.ok()) {
      EXPECT_THAT(lease.status(), StatusIs(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"));
      break;
    }
    all.push_back(*std::move(lease));
    ASSERT_LT(all.size(), 1000u);
  }
}

TEST(UrlTest, SaysWhatIsWrongAndNeverThePassword) {
  for (const char* bad : {"", "http://u:geheim@h/p", "mysql://geheim/p", "mysql://u:geheim@h:x/p",
                          "mysql://u:geheim@h:1/", "mysql://u:geheim@h/p?tls=1", "mysql://u:geheim@/p"}) {
    const auto url = ParseUrl(bad);
    EXPECT_THAT(url, StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
    EXPECT_EQ(std::string(url.status().message()).find("geheim"), std::string::npos);
  }
  const auto url = ParseUrl("mysql://u:p%@h:3307/hoiam?ca=/etc/ca.pem");
  HOIAM_ASSERT_OK(url);
  EXPECT_EQ(url->port, 3307);
  EXPECT_EQ(url->ca, "/etc/ca.pem");
}

}  // namespace
}  // namespace hoiam::db
