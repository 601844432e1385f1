// The keys of a tenant, through REST.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "gateway/auth/bootstrap.h"
#include "gateway/auth/key_text.h"
#include "tests/rpc/gateway/gateway_fixture.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class KeyServiceTest : public GatewayFixture {
 protected:
  RawResponse Create(const std::string& id, const std::string& principal = "crm", const std::string& headers = "") {
    return Call("POST", "/v1/keys",
                absl::StrCat(R"({"keyId":")", id, R"(","principal":")", principal, R"(","scopes":["responses.read"]})"),
                headers);
  }
  static std::string SecretIn(const RawResponse& r) {
    const size_t at = r.body.find("\"secret\":\"");
    return at == std::string::npos ? "" : r.body.substr(at + 10, r.body.find('"', at + 10) - at - 10);
  }
};

TEST_F(KeyServiceTest, AKeyThatWasMadeWorksAtOnceAndOnlyForItsScopes) {
  const RawResponse made = Create("pos-1");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(made.body,
              HasSubstr(R"("keyId":"pos-1","principal":"crm","scopes":["responses.read"],"state":"ACTIVE")"));
  EXPECT_NE(made.Header("hoiam-consistency-token"), "");
  const std::string secret = SecretIn(made);
  EXPECT_TRUE(gateway::IsKeyText(secret));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(secret)).status, 200);
  EXPECT_EQ(Fetch(port(), "GET", "/v1/keys", "", Bearer(secret)).status, 403);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM api_key WHERE key_id = 'pos-1' AND LENGTH(secret_hash) = 32"), 1);
}

TEST_F(KeyServiceTest, TheSameRequestAgainChangesNothingAndShowsNoSecret) {
  const std::string secret = SecretIn(Create("pos-1"));
  const RawResponse again = Create("pos-1");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(SecretIn(again), "");
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(secret)).status, 200);
  const RawResponse other = Create("pos-1", "someone-else");
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(ReasonIn(other), "ID_REUSED");
}

TEST_F(KeyServiceTest, AReplayByIdempotencyKeyOmitsTheSecretWhichIsStoredNowhere) {
  const std::string key = "Idempotency-Key: once\r\n";
  const std::string secret = SecretIn(Create("pos-1", "crm", key));
  const RawResponse replay = Create("pos-1", "crm", key);
  EXPECT_EQ(replay.status, 200);
  EXPECT_EQ(replay.Header("idempotency-replayed"), "true");
  EXPECT_EQ(SecretIn(replay), "");
  EXPECT_EQ(Create("pos-2", "crm", key).status, 422);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM idempotency WHERE INSTR(reply, '" + secret + "') > 0"), 0);
}

TEST_F(KeyServiceTest, APrincipalHasTwoLiveKeys) {
  EXPECT_EQ(Create("k1").status, 200);
  EXPECT_EQ(Create("k2").status, 200);
  const RawResponse third = Create("k3");
  EXPECT_EQ(third.status, 400);
  EXPECT_EQ(ReasonIn(third), "TOO_MANY_LIVE_KEYS");
  EXPECT_EQ(Create("k3", "other").status, 200);
  EXPECT_EQ(Call("POST", "/v1/keys/k1:revoke").status, 200);
  EXPECT_EQ(Create("k4").status, 200);
}

TEST_F(KeyServiceTest, ARevokedKeyIsRefusedAndStaysInTheList) {
  const std::string secret = SecretIn(Create("k1"));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(secret)).status, 200);
  const RawResponse revoked = Call("POST", "/v1/keys/k1:revoke", "{}");
  EXPECT_THAT(revoked.body, HasSubstr(R"("state":"REVOKED")"));
  EXPECT_THAT(revoked.body, HasSubstr("lastUsedTime"));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(ReasonIn(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(secret))), "KEY_REVOKED");
  EXPECT_THAT(Call("GET", "/v1/keys").body,
              HasSubstr(R"("keyId":"k1","principal":"crm","scopes":["responses.read"],"state":"REVOKED")"));
  EXPECT_EQ(Call("POST", "/v1/keys/none:revoke").status, 404);
}

TEST_F(KeyServiceTest, KeysAreListedByPages) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(Create(absl::StrCat("k", i), absl::StrCat("p", i)).status, 200);
  std::string token;
  int pages = 0, keys = 0;
  do {
    const RawResponse page = Call("GET", absl::StrCat("/v1/keys?pageSize=2&pageToken=", token));
    ASSERT_EQ(page.status, 200) << page.body;
    for (size_t at = 0; (at = page.body.find("\"keyId\"", at)) != std::string::npos; ++at) ++keys;
    const size_t at = page.body.find("\"nextPageToken\":\"") + 17;
    token = page.body.substr(at, page.body.find('"', at) - at);
    EXPECT_THAT(page.body, Not(HasSubstr("secret")));
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(keys, 6) << "five and the fixture's own";
}

TEST_F(KeyServiceTest, EveryMistakeOfANewKeyIsNamed) {
  const RawResponse r =
      Call("POST", "/v1/keys", R"({"keyId":"A B","scopes":["root","admin"],"expireTime":"2001-01-01T00:00:00Z"})");
  EXPECT_EQ(r.status, 400);
  for (const char* field : {"keyId", "principal", "scopes[0]", "expireTime"})
    EXPECT_THAT(r.body, HasSubstr(absl::StrCat(R"("field":")", field, "\""))) << field;
}

TEST_F(KeyServiceTest, AnotherTenantsKeysAreNotThere) {
  const auto session = database_.Session();
  const auto first = gateway::Bootstrap(*session, "other", "Other", clock_.Now());
  HOIAM_ASSERT_OK(first);
  Create("k1");
  const RawResponse list = Fetch(port(), "GET", "/v1/keys", "", Bearer(*first));
  EXPECT_EQ(list.status, 200);
  EXPECT_THAT(list.body, Not(HasSubstr("k1")));
  EXPECT_EQ(Fetch(port(), "POST", "/v1/keys/k1:revoke", "{}", Bearer(*first)).status, 404);
}

TEST_F(KeyServiceTest, BootstrapMakesTheFirstKeyOnceAndAgainWhenItWasRevoked) {
  const auto session = database_.Session();
  const auto first = gateway::Bootstrap(*session, "demo", "Demo", clock_.Now());
  HOIAM_ASSERT_OK(first);
  EXPECT_TRUE(gateway::IsKeyText(*first));
  EXPECT_EQ(*gateway::Bootstrap(*session, "demo", "Demo", clock_.Now()), "");
  ASSERT_EQ(Fetch(port(), "POST", "/v1/keys/first:revoke", "{}", Bearer(*first)).status, 200);
  const auto second = gateway::Bootstrap(*session, "demo", "Demo", clock_.Now());
  HOIAM_ASSERT_OK(second);
  EXPECT_NE(*second, "");
  EXPECT_EQ(Fetch(port(), "GET", "/v1/keys", "", Bearer(*second)).status, 200);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM tenant WHERE tenant_id = 'demo'"), 1);
}

}  // namespace
}  // namespace hoiam::testing
