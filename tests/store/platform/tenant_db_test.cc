#include "platform/db/tenant_db.h"

#include <gtest/gtest.h>

#include "tests/store/platform/note_row.h"
#include "tests/support/database.h"
#include "tests/support/matchers.h"

namespace hoiam::db {
namespace {

using testing::IsOk;
using testing::StatusIs;

constexpr char kInsert[] = "INSERT INTO tally (tenant_id, name, n, amount) VALUES (?, ?, ?, 0)";
constexpr char kRead[] = "SELECT n FROM tally WHERE tenant_id = ? AND name = ?";

class TenantDbTest : public ::testing::Test {
 protected:
  TenantDb Of(const std::string& tenant) {
    return *TenantDb::Open(db_.pool(), tenant, SystemClock().Now() + absl::Seconds(10));
  }
  static std::vector<int64_t> Numbers(const TenantDb& db) {
    std::vector<int64_t> found;
    EXPECT_THAT(db.Query(kRead, {"n"}, [&](const Row& r) { found.push_back(r.Int(0)); }), IsOk());
    return found;
  }
  testing::TestDatabase db_{"survey", testing::NoteMigrations()};
};

TEST_F(TenantDbTest, EachReadsAndWritesItsOwnRowsOnly) {
  for (const auto& [tenant, n] : std::map<std::string, int64_t>{{"a", 1}, {"b", 2}})
    ASSERT_THAT(Of(tenant).Run(kInsert, {"n", n}), IsOk());
  EXPECT_EQ(Numbers(Of("a")), std::vector<int64_t>{1});
  EXPECT_EQ(Numbers(Of("b")), std::vector<int64_t>{2});
  EXPECT_TRUE(Numbers(Of("c")).empty());
  EXPECT_THAT(*Of("c").Run("DELETE FROM tally WHERE tenant_id = ? AND name = ?", {"n"}), 0);
  EXPECT_THAT(*Of("b").Run("DELETE FROM tally WHERE tenant_id = ? AND name = ?", {"n"}), 1);
  EXPECT_EQ(db_.Count("SELECT SUM(n) FROM tally"), 1);
}

TEST_F(TenantDbTest, AStatementOfMoreThanOneTenantIsNotSent) {
  const TenantDb db = Of("a");
  HOIAM_ASSERT_OK(db.Run(kInsert, {"n", int64_t{1}}));
  for (int again = 0; again < 2; ++again) {
    EXPECT_THAT(db.Run("DELETE FROM tally WHERE name <> ?", {}), StatusIs(absl::StatusCode::kInternal));
    EXPECT_THAT(db.Query("SELECT n FROM tally WHERE tenant_id = ? OR n > 0", {}, [](const Row&) { FAIL(); }),
                StatusIs(absl::StatusCode::kInternal));
  }
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM tally"), 1);
}

TEST_F(TenantDbTest, ASnapshotSeesOneStateHoweverManyStatementsItTakes) {
  HOIAM_ASSERT_OK(Of("a").Run(kInsert, {"n", int64_t{1}}));
  const TenantDb reader = Of("a"), writer = Of("a");
  HOIAM_ASSERT_OK(reader.InSnapshot([&] {
    EXPECT_EQ(Numbers(reader).size(), 1u);
    EXPECT_THAT(writer.Run("DELETE FROM tally WHERE tenant_id = ?", {}), IsOk());
    EXPECT_EQ(Numbers(reader).size(), 1u);
    return absl::OkStatus();
  }));
  EXPECT_TRUE(Numbers(reader).empty());
}

TEST_F(TenantDbTest, AFailedTransactionLeavesNothing) {
  const TenantDb db = Of("a");
  const auto insert = [&](absl::Status then) {
    return db.InTransaction([&]() -> absl::Status {
      const auto rows = db.Run(kInsert, {"n", int64_t{1}});
      return rows.ok() ? then : rows.status();
    });
  };
  EXPECT_THAT(insert(absl::CancelledError("no")), StatusIs(absl::StatusCode::kCancelled));
  EXPECT_TRUE(Numbers(db).empty());
  EXPECT_THAT(insert(absl::OkStatus()), IsOk());
  EXPECT_EQ(Numbers(db).size(), 1u);
}

TEST_F(TenantDbTest, TheConnectionGoesBackWithTheLastHandle) {
  for (int i = 0; i < 100; ++i) {
    const TenantDb db = Of("a");
    const SystemDb same = db.system();
    HOIAM_ASSERT_OK(same->Query("SELECT 1", {}, [](const Row&) {}));
  }
}

}  // namespace
}  // namespace hoiam::db
