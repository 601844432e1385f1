// Keys and tenants in a real database: what a text leads to, and no query scans a table.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/auth/bootstrap.h"
#include "gateway/auth/key_text.h"
#include "gateway/migrations/migrations.h"
#include "gateway/store/keys.h"
#include "gateway/store/tenants.h"
#include "tests/support/database.h"
#include "tests/support/explaining_session.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class IdentityStoreTest : public ::testing::Test {
 protected:
  // Enough rows that a server would not rather read them all: 400 tenants, and one with 300 keys.
  IdentityStoreTest() : session_(std::make_shared<testing::ExplainingSession>(database_.Session())), system_(session_) {
    for (int i = 0; i < 400; ++i) texts_.push_back(*Bootstrap(Of(absl::StrCat("t", 1000 + i)), "Tenant", now_));
    for (int i = 0; i < 300; ++i) {
      KeyRow key = FirstKey("t1000", NewKeyText(), now_);
      key.key_id = absl::StrCat("k", 1000 + i);
      key.test_mode = i % 3 == 0;
      HOIAM_EXPECT_OK(ReplaceKey(Of("t1000"), key));
    }
    HOIAM_EXPECT_OK(
        database_.Session()->Query("ANALYZE TABLE api_key, api_key_use, tenant", {}, [](const db::Row&) {}));
    session_->bad.clear();
    session_->explained = 0;
  }
  db::TenantDb Of(const std::string& tenant) { return *db::TenantDb::Of(system_, tenant); }

  const absl::Time now_ = absl::FromUnixSeconds(1'793'000'000);
  testing::TestDatabase database_{"gateway", Migrations()};
  std::shared_ptr<testing::ExplainingSession> session_;
  db::SystemDb system_;
  std::vector<std::string> texts_;
};

TEST_F(IdentityStoreTest, ATextLeadsToItsKeyAndItsTenantsLimits) {
  HOIAM_ASSERT_OK(session_->Run("UPDATE tenant SET state = 2, requests_per_second = 7 WHERE tenant_id = ?",
                                {std::string("t1003")}));
  const auto found = FindKeyBySecret(system_, KeyHash(texts_[3]));
  HOIAM_ASSERT_OK(found);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->key.tenant_id, "t1003");
  EXPECT_EQ((*found)->key.role, 1);
  EXPECT_EQ((*found)->tenant.state, 2);
  EXPECT_EQ((*found)->tenant.requests_per_second, 7);
  EXPECT_FALSE((*found)->tenant.concurrent_requests);
  EXPECT_FALSE(FindKeyBySecret(system_, KeyHash("guessed"))->has_value());
}

TEST_F(IdentityStoreTest, ATenantSeesItsOwnKeysAndItsTestModeThoseOfTheTestMode) {
  EXPECT_THAT(*ListKeys(Of("t1000"), false, "", 1000), SizeIs(301));
  EXPECT_THAT(*ListKeys(Of("t1000"), true, "", 1000), SizeIs(100));
  EXPECT_THAT(*ListKeys(Of("t1001"), false, "", 1000), SizeIs(1));
  EXPECT_THAT(*ListKeys(Of("nobody"), false, "", 1000), IsEmpty());
  EXPECT_THAT(*ListTenants(system_, "t1397", "t1399", 1000), SizeIs(1)) << "one is left out";
}

TEST_F(IdentityStoreTest, NoQueryScansOrSortsATable) {
  HOIAM_ASSERT_OK(FindKeyBySecret(system_, KeyHash(texts_[3])));
  HOIAM_ASSERT_OK(ListKeys(Of("t1000"), false, "k1100", 51));
  HOIAM_ASSERT_OK(ListKeys(Of("t1000"), true, "k1100", 51));
  HOIAM_ASSERT_OK(ReadLastUse(Of("t1000"), "first"));
  HOIAM_ASSERT_OK(FindTenant(Of("t1000")));
  HOIAM_ASSERT_OK(ListTenants(system_, "t1300", "operator", 51));
  EXPECT_EQ(session_->explained, 6);
  EXPECT_THAT(session_->bad, IsEmpty());
}

}  // namespace
}  // namespace hoiam::gateway
