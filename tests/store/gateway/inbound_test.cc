// Inbound endpoints in a real database: found by address, listed by tenant, used to the minute; no query scans a table.
#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/inbound/inbound_rules.h"
#include "gateway/migrations/migrations.h"
#include "gateway/store/inbounds.h"
#include "platform/base/crypto.h"
#include "tests/support/database.h"
#include "tests/support/explaining_session.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using ::hoiam::testing::IsOk;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class InboundStoreTest : public ::testing::Test {
 protected:
  InboundStoreTest() : session_(std::make_shared<testing::ExplainingSession>(database_.Session())), system_(session_) {}

  db::TenantDb Of(const std::string& tenant) { return *db::TenantDb::Of(system_, tenant); }
  InboundRow Add(const std::string& tenant, const std::string& id) {
    v1::Inbound inbound;
    inbound.set_inbound_id(id);
    inbound.set_enabled(true);
    inbound.mutable_signature()->set_encoding(v1::SignatureEncoding::HMAC_SHA256_HEX);
    inbound.mutable_signature()->set_header("X-Signature");
    inbound.mutable_signature()->set_secret("whisper-" + id);
    const InboundRow row = ToRow(tenant, inbound, key_, nullptr, now_);
    db::Values values;
    row.Bind(values);
    EXPECT_THAT(session_->Run("INSERT INTO inbound (tenant_id, inbound_id, definition, secret, made_by, token_hash, "
                              "generation, enabled, revision, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              values),
                IsOk());
    return row;
  }

  const SecretKey key_{std::string(32, 'k')};
  const absl::Time now_ = absl::FromUnixSeconds(1'768'446'000);
  testing::TestDatabase database_{"gateway", Migrations()};
  std::shared_ptr<testing::ExplainingSession> session_;
  db::SystemDb system_;
};

TEST_F(InboundStoreTest, AnAddressLeadsToOneEndpointAndATenantSeesItsOwn) {
  const InboundRow a = Add("acme", "till");
  const InboundRow b = Add("other", "till");
  ASSERT_NE(a.token_hash, b.token_hash);
  const auto found = FindInboundByToken(system_, Sha256(InboundToken(key_, "other", "till", 1)));
  ASSERT_THAT(found, IsOk());
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->inbound.tenant_id, "other");
  EXPECT_FALSE(FindInboundByToken(system_, Sha256("guessed"))->has_value());
  EXPECT_FALSE(FindInbound(Of("nobody"), "till")->has_value());
  EXPECT_EQ((*FindInbound(Of("acme"), "till"))->inbound.token_hash, a.token_hash);
}

TEST_F(InboundStoreTest, ASecretIsStoredSealedAndOpensForItsOwnEndpointOnly) {
  const InboundRow a = Add("acme", "till");
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM inbound WHERE LOCATE('whisper', definition) > 0 OR "
                            "LOCATE('whisper', secret) > 0"),
            0);
  const InboundRow stored = (*FindInbound(Of("acme"), "till"))->inbound;
  EXPECT_EQ(*SecretOf(stored, key_), "whisper-till");
  InboundRow moved = stored;
  moved.tenant_id = "other";
  EXPECT_FALSE(SecretOf(moved, key_).ok());
  EXPECT_FALSE(SecretOf(stored, SecretKey(std::string(32, 'x'))).ok());
}

TEST_F(InboundStoreTest, AUseIsNotedAndNeverTakenBack) {
  Add("acme", "till");
  EXPECT_FALSE((*FindInbound(Of("acme"), "till"))->last_used.has_value());
  ASSERT_THAT(NoteInboundUse(Of("acme"), "till", now_), IsOk());
  ASSERT_THAT(NoteInboundUse(Of("acme"), "till", now_ - absl::Minutes(1)), IsOk());
  EXPECT_EQ((*FindInbound(Of("acme"), "till"))->last_used, now_);
}

TEST_F(InboundStoreTest, NoQueryScansATable) {
  for (int t = 0; t < 20; ++t)
    for (int i = 0; i < 50; ++i) Add(absl::StrCat("tenant", t), absl::StrCat("in", i));
  for (const char* table : {"inbound", "inbound_use"})
    ASSERT_THAT(database_.Session()->Query(absl::StrCat("ANALYZE TABLE ", table), {}, [](const db::Row&) {}), IsOk());
  session_->explained = 0;
  const auto page = ListInbounds(Of("tenant7"), "in10", 5);
  ASSERT_THAT(page, IsOk());
  ASSERT_THAT(*page, SizeIs(5));
  EXPECT_EQ(page->front().inbound.inbound_id, "in11");
  ASSERT_TRUE(FindInbound(Of("tenant7"), "in3")->has_value());
  ASSERT_TRUE(FindInboundByToken(system_, Sha256(InboundToken(key_, "tenant7", "in3", 1)))->has_value());
  EXPECT_EQ(session_->explained, 3);
  EXPECT_THAT(session_->bad, IsEmpty());
}

}  // namespace
}  // namespace hoiam::gateway
