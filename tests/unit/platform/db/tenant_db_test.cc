#include "platform/db/tenant_db.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace hoiam::db {
namespace {

using testing::IsOk;
using testing::StatusIs;

TEST(CheckOfOneTenantTest, TakesWhatIsHeldToTheTenantOfItsFirstParameter) {
  for (const char* sql : {
           "SELECT a FROM t WHERE tenant_id = ?",
           "SELECT a FROM t FORCE INDEX (by_time) WHERE tenant_id = ? AND b = ? AND (c < ? OR d < ?) ORDER BY c LIMIT "
           "?",
           "SELECT k.a FROM k LEFT JOIN u ON u.tenant_id = k.tenant_id WHERE k.tenant_id = ? AND k.b > ?",
           "SELECT COUNT(*) FROM (SELECT 1 FROM t WHERE tenant_id = ? AND a >= ? LIMIT ?) some",
           "SELECT a FROM t WHERE tenant_id = ? AND b = 'x OR y' AND for_order = ? ORDER BY b",
           "DELETE FROM t WHERE tenant_id = ? AND a = ?",
           "INSERT INTO t (tenant_id, a) VALUES (?, ?) ON DUPLICATE KEY UPDATE a = GREATEST(a, VALUES(a))",
           "REPLACE INTO t (tenant_id, a) VALUES (?, ?)",
       })
    EXPECT_THAT(CheckOfOneTenant(sql), IsOk()) << sql;
}

TEST(CheckOfOneTenantTest, RefusesWhatIsNotOrWhatSomethingBesideItWidens) {
  for (const char* sql : {
           "",
           "SELECT a FROM t",
           "SELECT a FROM t WHERE a = ?",
           "SELECT a FROM t WHERE a = ? AND tenant_id = ?",
           "SELECT a FROM t WHERE NOT tenant_id = ?",
           "SELECT a FROM t WHERE (tenant_id = ?)",
           "SELECT a FROM t WHERE a = 1 OR tenant_id = ?",
           "SELECT a FROM t WHERE other_tenant_id = ?",
           "SELECT tenant_id = ? FROM t",
           "SELECT a FROM t WHERE tenant_id = ? OR 1 = 1",
           "SELECT a FROM t WHERE tenant_id = ? or a = ?",
           "SELECT a FROM t WHERE tenant_id = ? || a = ?",
           "SELECT a FROM t WHERE tenant_id = ? XOR a = ?",
           "SELECT a FROM t WHERE tenant_id = ? UNION ALL TABLE t",
           "SELECT a FROM t WHERE tenant_id = ? AND a IN (SELECT a FROM u)",
           "UPDATE t SET a = ? WHERE tenant_id = ?",
           "DELETE FROM t LIMIT ?",
           "INSERT INTO t (a, tenant_id) VALUES (?, ?)",
           "INSERT INTO t (tenant_id, a) VALUES ('x', ?)",
           "INSERT INTO t (tenant_id, a) VALUES (?, ?), (?, ?)",
           "INSERT INTO t (tenant_id, a) SELECT ?, a FROM u",
       })
    EXPECT_THAT(CheckOfOneTenant(sql), StatusIs(absl::StatusCode::kInternal)) << sql;
}

TEST(TenantDbTest, CannotBeMadeWithoutATenant) {
  EXPECT_THAT(TenantDb::Of(SystemDb(nullptr), "").status(), StatusIs(absl::StatusCode::kInternal));
  Pool nowhere(Url{}, "none", 1);
  EXPECT_THAT(TenantDb::Open(nowhere, "", absl::InfiniteFuture()).status(), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace hoiam::db
