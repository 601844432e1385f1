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

TEST_F(KeyServiceTest, AKeyThatIsBoundToTeamsMakesOnlyKeysThatAreBoundToSomeOfThem) {
  const auto bound = [&](const std::string& id, const std::string& teams, const std::string& bearer) {
    const std::string body =
        absl::StrCat(R"({"keyId":")", id, R"(","principal":"p","role":"ADMIN","teams":[)", teams, "]}");
    return bearer.empty() ? Call("POST", "/v1/keys", body) : Fetch(port(), "POST", "/v1/keys", body, bearer);
  };
  const RawResponse made = bound("north", R"("ha-dong","cau-giay")", "");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(made.body, HasSubstr(R"("teams":["cau-giay","ha-dong"])"));
  const std::string bearer = Bearer(SecretIn(made));
  EXPECT_EQ(ReasonIn(bound("all", "", bearer)), "TEAM_NOT_HELD");
  EXPECT_EQ(ReasonIn(bound("more", R"("ha-dong","vinh")", bearer)), "TEAM_NOT_HELD");
  EXPECT_EQ(ReasonIn(bound("bad", R"("Hà Đông")", "")), "INVALID_SLUG");
  EXPECT_EQ(bound("less", R"("ha-dong")", bearer).status, 200);
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

// --- roles

TEST_F(KeyServiceTest, AKeyOfARoleMayDoWhatTheTableSaysNowNotWhatItSaidWhenItWasMade) {
  const RawResponse made = Call("POST", "/v1/keys", R"({"keyId":"lan","principal":"lan","role":"ANALYST"})");
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(made.body, HasSubstr(R"("scopes":["surveys.read","responses.read","scores.read"])"));
  EXPECT_THAT(made.body, HasSubstr(R"("kind":"SECRET","role":"ANALYST","testMode":false)"));
  const std::string secret = SecretIn(made);
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(secret)).status, 200);
  EXPECT_EQ(Fetch(port(), "POST", "/v1/probes", "{}", Bearer(secret)).status, 403);
  const auto session = database_.Session();
  HOIAM_ASSERT_OK(session->Run("UPDATE api_key SET scopes = 'admin' WHERE key_id = 'lan'", {}));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Fetch(port(), "POST", "/v1/probes", "{}", Bearer(secret)).status, 403) << "the row's scopes do not count";
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys", R"({"keyId":"x","principal":"x","role":"ADMIN","scopes":["admin"]})")),
            "SCOPES_OR_ROLE");
}

TEST_F(KeyServiceTest, NobodyGivesAScopeThatTheyDoNotHold) {
  const std::string wants = R"({"keyId":"x","principal":"x","scopes":["cases.read","operator"]})";
  const RawResponse refused = Call("POST", "/v1/keys", wants);
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_EQ(ReasonIn(refused), "SCOPE_NOT_HELD");
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM api_key WHERE key_id = 'x'"), 0);
  const std::string operates = MakeKey("op", gateway::kAdminScope | gateway::kOperatorScope);
  EXPECT_EQ(Fetch(port(), "POST", "/v1/keys", wants, Bearer(operates)).status, 200);
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys/x:rotate", R"({"newKeyId":"y"})")), "SCOPE_NOT_HELD")
      << "a rotation would give it away too";
}

// --- publishable keys

TEST_F(KeyServiceTest, APublishableKeyPostsWhatItMayAndReadsNothing) {
  const RawResponse made = Call("POST", "/v1/keys", R"({"keyId":"web","principal":"web","kind":"PUBLISHABLE"})");
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string secret = SecretIn(made);
  EXPECT_EQ(secret.substr(0, 7), "hk_pub_");
  EXPECT_EQ(Fetch(port(), "POST", "/v1/probes", R"({"number":1})", Bearer(secret)).status, 200);
  EXPECT_EQ(probes_.metadata().find("hoiam-publishable")->second, "1");
  for (const char* path : {"/v1/probes/a", "/v1/keys", "/v1/tenants"}) {
    const RawResponse refused = Fetch(port(), "GET", path, "", Bearer(secret));
    EXPECT_EQ(refused.status, 403) << path;
    EXPECT_EQ(ReasonIn(refused), "NOT_PUBLISHABLE") << path;
  }
  for (const char* more : {R"("scopes":["cases.read"])", R"("role":"ADMIN")"})
    EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys",
                            absl::StrCat(R"({"keyId":"w2","principal":"w2","kind":"PUBLISHABLE",)", more, "}"))),
              "PUBLISHABLE_HAS_NO_SCOPES");
}

// --- rotation

TEST_F(KeyServiceTest, ARotatedKeyWorksUntilTheOverlapIsOverAndTheNewOneGoesOn) {
  const std::string old_secret = SecretIn(Create("k1"));
  const RawResponse rotated = Call("POST", "/v1/keys/k1:rotate", R"({"newKeyId":"k2","overlap":"3600s"})");
  ASSERT_EQ(rotated.status, 200) << rotated.body;
  const std::string secret = SecretIn(rotated);
  EXPECT_THAT(rotated.body,
              HasSubstr(R"("keyId":"k2","principal":"crm","scopes":["responses.read"],"state":"ACTIVE")"));
  const RawResponse again = Call("POST", "/v1/keys/k1:rotate", R"({"newKeyId":"k2","overlap":"3600s"})");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(SecretIn(again), "");
  EXPECT_EQ(ReasonIn(Create("k3")), "TOO_MANY_LIVE_KEYS") << "both count while both work";
  clock_.Advance(absl::Hours(1) - absl::Seconds(5));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(old_secret)).status, 200);
  clock_.Advance(absl::Seconds(10));
  EXPECT_EQ(ReasonIn(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(old_secret))), "KEY_EXPIRED");
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(secret)).status, 200);
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys/k1:rotate", R"({"newKeyId":"k9"})")), "KEY_NOT_LIVE");
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys/none:rotate", R"({"newKeyId":"k9"})")), "KEY_NOT_FOUND");
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys/k2:rotate", R"({"newKeyId":"k2"})")), "SAME_ID");
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys/k2:rotate", R"({"newKeyId":"k9","overlap":"2592001s"})")), "OUT_OF_RANGE");
}

TEST_F(KeyServiceTest, ARotationWithoutOverlapReplacesAKeyThatLeaked) {
  const std::string leaked = SecretIn(Create("k1"));
  ASSERT_EQ(Create("k2").status, 200);
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/keys/k1:rotate", R"({"newKeyId":"k3"})")), "TOO_MANY_LIVE_KEYS");
  ASSERT_EQ(Call("POST", "/v1/keys/k1:rotate", R"({"newKeyId":"k3","overlap":"0s"})").status, 200);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(leaked)).status, 401);
}

// --- test mode

TEST_F(KeyServiceTest, AKeyOfTheTestModeIsOfATenantOfItsOwnAndSeesKeysOfTheTestModeOnly) {
  ASSERT_EQ(Create("live").status, 200);
  const RawResponse made =
      Call("POST", "/v1/keys", R"({"keyId":"t1","principal":"dev","role":"ADMIN","testMode":true})");
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string secret = SecretIn(made);
  EXPECT_EQ(secret.substr(0, 8), "hk_test_");
  ASSERT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(secret)).status, 200);
  EXPECT_EQ(probes_.metadata().find("hoiam-tenant")->second, "acme~test");
  EXPECT_EQ(probes_.metadata().find("hoiam-test")->second, "1");

  const RawResponse more =
      Fetch(port(), "POST", "/v1/keys", R"({"keyId":"t2","principal":"dev","scopes":["admin"]})", Bearer(secret));
  ASSERT_EQ(more.status, 200) << more.body;
  EXPECT_EQ(SecretIn(more).substr(0, 8), "hk_test_") << "it makes no others";
  const std::string list = Fetch(port(), "GET", "/v1/keys", "", Bearer(secret)).body;
  EXPECT_THAT(list, HasSubstr("t1"));
  EXPECT_THAT(list, HasSubstr("t2"));
  EXPECT_THAT(list, Not(HasSubstr("live")));
  EXPECT_THAT(list, Not(HasSubstr("root")));
  EXPECT_THAT(Call("GET", "/v1/keys").body, HasSubstr("t2")) << "the real admin sees both";
  EXPECT_EQ(ReasonIn(Fetch(port(), "POST", "/v1/keys/live:revoke", "{}", Bearer(secret))), "KEY_NOT_FOUND");
  EXPECT_EQ(ReasonIn(Fetch(port(), "POST", "/v1/keys/live:rotate", R"({"newKeyId":"z"})", Bearer(secret))),
            "KEY_NOT_FOUND");
  EXPECT_EQ(Fetch(port(), "POST", "/v1/keys/t2:revoke", "{}", Bearer(secret)).status, 200);
}

TEST_F(KeyServiceTest, TheTestModeHasNoOperator) {
  const std::string operates = MakeKey("op", gateway::kAdminScope | gateway::kOperatorScope);
  EXPECT_EQ(ReasonIn(Fetch(port(), "POST", "/v1/keys",
                           R"({"keyId":"t","principal":"t","scopes":["operator"],"testMode":true})", Bearer(operates))),
            "NOT_IN_TEST_MODE");
  gateway::KeyRow forged;
  forged.key_id = "forged";
  forged.scopes = "admin,operator";
  forged.test_mode = true;
  EXPECT_EQ(Fetch(port(), "GET", "/v1/tenants", "", Bearer(MakeKey(forged))).status, 403);
}

// --- failed keys

TEST_F(KeyServiceTest, WhoTriesKeysIsHeldUpAndThoseWhoseKeysAreGoodAreNot) {
  const std::string good = SecretIn(Create("k1"));
  ASSERT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(good)).status, 200);
  RawResponse r;
  int tries = 0;
  do {
    r = Fetch(port(), "GET", "/v1/probes/a", "", Bearer(gateway::NewKeyText()));
  } while (r.status == 401 && ++tries < 5000);
  EXPECT_EQ(r.status, 429);
  EXPECT_EQ(ReasonIn(r), "TOO_MANY_FAILED_KEYS");
  EXPECT_EQ(r.Header("retry-after"), "1");
  EXPECT_GE(tries, 100);
  clock_.Advance(absl::Milliseconds(950));  // the good key is not fresh any more: it is asked about, and not held up
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(good)).status, 200);
  clock_.Advance(absl::Seconds(5));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(gateway::NewKeyText())).status, 401);
}

TEST_F(KeyServiceTest, OneWrongKeyAgainAndAgainIsLookedUpOnceASecond) {
  const std::string wrong = gateway::NewKeyText();
  for (int i = 0; i < 300; ++i) ASSERT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(wrong)).status, 401) << i;
}

TEST_F(KeyServiceTest, AnotherTenantsKeysAreNotThere) {
  const auto session = database_.Session();
  const auto first = gateway::Bootstrap(testing::TenantOn(*session, "other"), "Other", clock_.Now());
  HOIAM_ASSERT_OK(first);
  Create("k1");
  const RawResponse list = Fetch(port(), "GET", "/v1/keys", "", Bearer(*first));
  EXPECT_EQ(list.status, 200);
  EXPECT_THAT(list.body, Not(HasSubstr("k1")));
  EXPECT_EQ(Fetch(port(), "POST", "/v1/keys/k1:revoke", "{}", Bearer(*first)).status, 404);
}

TEST_F(KeyServiceTest, BootstrapGivesANewFirstKeyToWhoLostTheOldOneWhichStopsWorking) {
  const auto session = database_.Session();
  const auto first = gateway::Bootstrap(testing::TenantOn(*session, "demo"), "Demo", clock_.Now());
  HOIAM_ASSERT_OK(first);
  EXPECT_TRUE(gateway::IsKeyText(*first));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/keys", "", Bearer(*first)).status, 200);
  const auto second = gateway::Bootstrap(testing::TenantOn(*session, "demo"), "Demo", clock_.Now());
  HOIAM_ASSERT_OK(second);
  EXPECT_EQ(Fetch(port(), "GET", "/v1/keys", "", Bearer(*second)).status, 200);
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/keys", "", Bearer(*first)).status, 401);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM tenant WHERE tenant_id = 'demo'"), 1);
}

}  // namespace
}  // namespace hoiam::testing
