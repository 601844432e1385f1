// Tenants, through REST, by the operator's key.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/auth/bootstrap.h"
#include "gateway/auth/key_text.h"
#include "tests/rpc/gateway/gateway_fixture.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TenantServiceTest : public GatewayFixture {
 protected:
  TenantServiceTest() {
    const auto session = database_.Session();
    operator_key_ =
        *gateway::Bootstrap(testing::TenantOn(*session, gateway::kOperatorTenant), "Operator", clock_.Now());
  }
  RawResponse Operate(const std::string& method, const std::string& path, const std::string& body = "",
                      const std::string& headers = "") {
    return Fetch(port(), method, path, body, Bearer(operator_key_) + headers);
  }
  // The key of a new tenant's admin.
  std::string Make(const std::string& id) {
    const RawResponse r =
        Operate("POST", "/v1/tenants", absl::StrCat(R"({"tenantId":")", id, R"(","displayName":"Nhà )", id, "\"}"));
    EXPECT_EQ(r.status, 200) << r.body;
    return SecretIn(r);
  }
  static std::string SecretIn(const RawResponse& r) {
    const size_t at = r.body.find("\"secret\":\"");
    return at == std::string::npos ? "" : r.body.substr(at + 10, r.body.find('"', at + 10) - at - 10);
  }
  std::string operator_key_;
};

TEST_F(TenantServiceTest, ANewTenantHasAnAdminWhoseKeyIsShownOnce) {
  const std::string body = R"({"tenantId":"nha-en","displayName":"Nhà Én","limits":{"requestsPerSecond":50}})";
  const RawResponse made = Operate("POST", "/v1/tenants", body);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_THAT(made.body, HasSubstr(R"("tenantId":"nha-en","displayName":"Nhà Én","state":"ACTIVE")"));
  EXPECT_THAT(made.body, HasSubstr(R"("requestsPerSecond":50)"));
  EXPECT_THAT(made.body, HasSubstr(R"("keyId":"first","principal":"admin","scopes":["admin"],"state":"ACTIVE")"));
  const std::string secret = SecretIn(made);
  EXPECT_TRUE(gateway::IsKeyText(secret));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/keys", "", Bearer(secret)).status, 200);
  const RawResponse again = Operate("POST", "/v1/tenants", body);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(SecretIn(again), "");
  const RawResponse other = Operate("POST", "/v1/tenants", R"({"tenantId":"nha-en","displayName":"Else"})");
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(ReasonIn(other), "ID_REUSED");
}

TEST_F(TenantServiceTest, OneIdempotencyKeyMakesOneTenant) {
  const std::string key = "Idempotency-Key: once\r\n";
  const RawResponse first = Operate("POST", "/v1/tenants", R"({"tenantId":"a","displayName":"A"})", key);
  ASSERT_EQ(first.status, 200) << first.body;
  const RawResponse replay = Operate("POST", "/v1/tenants", R"({"tenantId":"a","displayName":"A"})", key);
  EXPECT_EQ(replay.Header("idempotency-replayed"), "true");
  EXPECT_EQ(SecretIn(replay), "");
  EXPECT_EQ(Operate("POST", "/v1/tenants", R"({"tenantId":"b","displayName":"B"})", key).status, 422);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM tenant WHERE tenant_id = 'b'"), 0);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM idempotency WHERE INSTR(reply, '" + SecretIn(first) + "') > 0"), 0);
}

TEST_F(TenantServiceTest, EveryMistakeIsNamedAndTheOperatorsOwnTenantIsNobodys) {
  for (const std::string& bad :
       std::vector<std::string>{"", "-a", "A", "a_b", "a~test", "operator", std::string(49, 'a')}) {
    const RawResponse r = Operate(
        "POST", "/v1/tenants",
        absl::StrCat(R"({"tenantId":")", bad, R"(","limits":{"requestsPerSecond":0,"concurrentRequests":100001}})"));
    EXPECT_EQ(r.status, 400) << bad;
    for (const char* field : {"tenantId", "displayName", "limits.requestsPerSecond", "limits.concurrentRequests"})
      EXPECT_THAT(r.body, HasSubstr(absl::StrCat(R"("field":")", field, "\""))) << bad;
  }
  EXPECT_EQ(Operate("GET", "/v1/tenants/operator").status, 404);
  EXPECT_EQ(Operate("POST", "/v1/tenants/operator:suspend", R"({"reason":"x"})").status, 404);
  EXPECT_EQ(Operate("POST", "/v1/tenants/operator:issueKey", R"({"keyId":"x"})").status, 404);
  EXPECT_EQ(Operate("PATCH", "/v1/tenants/operator", R"({"displayName":"x"})").status, 404);
  EXPECT_THAT(Operate("GET", "/v1/tenants").body, Not(HasSubstr("\"operator\"")));
}

TEST_F(TenantServiceTest, NoAdminIsAnOperator) {
  Make("a");
  for (const auto& [method, path, body] : {std::tuple("GET", "/v1/tenants", ""), std::tuple("GET", "/v1/tenants/a", ""),
                                           std::tuple("POST", "/v1/tenants", R"({"tenantId":"x","displayName":"x"})"),
                                           std::tuple("POST", "/v1/tenants/a:suspend", R"({"reason":"x"})"),
                                           std::tuple("POST", "/v1/tenants/a:issueKey", R"({"keyId":"x"})"),
                                           std::tuple("PATCH", "/v1/tenants/a", R"({"displayName":"x"})")}) {
    const RawResponse r = Call(method, path, body);
    EXPECT_EQ(r.status, 403) << path;
    EXPECT_EQ(ReasonIn(r), "MISSING_SCOPE") << path;
  }
}

TEST_F(TenantServiceTest, ASuspendedTenantIsRefusedAndGoesOnWhereItWasWhenItIsResumed) {
  const std::string key = Make("a");
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key)).status, 200);
  const RawResponse suspended = Operate("POST", "/v1/tenants/a:suspend", R"({"reason":"unpaid"})");
  EXPECT_THAT(suspended.body, HasSubstr(R"("state":"SUSPENDED")"));
  EXPECT_THAT(suspended.body, HasSubstr(R"("suspendReason":"unpaid")"));
  EXPECT_THAT(suspended.body, HasSubstr(R"("revision":"2")"));
  clock_.Advance(absl::Seconds(1));
  const RawResponse refused = Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key));
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(ReasonIn(refused), "TENANT_SUSPENDED");
  EXPECT_THAT(refused.body, Not(HasSubstr("unpaid"))) << "the reason is the operator's own";
  EXPECT_EQ(Call("GET", "/v1/probes/a").status, 200) << "others are not affected";
  EXPECT_THAT(Operate("POST", "/v1/tenants/a:suspend", R"({"reason":"unpaid"})").body, HasSubstr(R"("revision":"2")"));
  const RawResponse resumed = Operate("POST", "/v1/tenants/a:resume", "{}");
  EXPECT_THAT(resumed.body, HasSubstr(R"("state":"ACTIVE")"));
  EXPECT_THAT(resumed.body, HasSubstr(R"("suspendReason":"")"));
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key)).status, 200);
  EXPECT_EQ(ReasonIn(Operate("POST", "/v1/tenants/a:suspend", "{}")), "REQUIRED");
  EXPECT_EQ(ReasonIn(Operate("POST", "/v1/tenants/none:suspend", R"({"reason":"x"})")), "TENANT_NOT_FOUND");
}

TEST_F(TenantServiceTest, NameAndLimitsMayChangeAndNothingElse) {
  Make("a");
  const RawResponse named =
      Operate("PATCH", "/v1/tenants/a", R"({"displayName":"New","limits":{"requestsPerSecond":7}})");
  EXPECT_EQ(named.status, 200) << named.body;
  EXPECT_THAT(named.body, HasSubstr(R"("displayName":"New")"));
  EXPECT_THAT(named.body, HasSubstr(R"("requestsPerSecond":7)"));
  const RawResponse cleared = Operate("PATCH", "/v1/tenants/a?updateMask=limits", "{}");
  EXPECT_EQ(cleared.status, 200) << cleared.body;
  EXPECT_THAT(cleared.body, Not(HasSubstr("requestsPerSecond"))) << "without one it has the installation's";
  EXPECT_EQ(ReasonIn(Operate("PATCH", "/v1/tenants/a?updateMask=state", R"({"state":"SUSPENDED"})")), "NOT_SETTABLE");
  EXPECT_EQ(ReasonIn(Operate("PATCH", "/v1/tenants/a?updateMask=limits.requestsPerSecond", "{}")), "PATH_TOO_DEEP");
  EXPECT_EQ(ReasonIn(Operate("PATCH", "/v1/tenants/a?updateMask=displayName", "{}")), "REQUIRED");
}

TEST_F(TenantServiceTest, AnAdminWhoLostEveryKeyIsGivenAnother) {
  const std::string lost = Make("a");
  for (const char* id : {"again", "again-2", "again-3"}) {
    const RawResponse r = Operate("POST", "/v1/tenants/a:issueKey", absl::StrCat(R"({"keyId":")", id, "\"}"));
    ASSERT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(Fetch(port(), "GET", "/v1/keys", "", Bearer(SecretIn(r))).status, 200) << id;
  }
  EXPECT_EQ(ReasonIn(Operate("POST", "/v1/tenants/none:issueKey", R"({"keyId":"x"})")), "TENANT_NOT_FOUND");
}

TEST_F(TenantServiceTest, TenantsAreListedByPages) {
  for (const char* id : {"b", "a", "d", "c"}) Make(id);
  const std::string first = Operate("GET", "/v1/tenants?pageSize=3").body;
  EXPECT_LT(first.find(R"("tenantId":"a")"), first.find(R"("tenantId":"acme")"));
  EXPECT_LT(first.find(R"("tenantId":"acme")"), first.find(R"("tenantId":"b")"));
  EXPECT_THAT(first, Not(HasSubstr(R"("tenantId":"c")")));
  const size_t at = first.find("\"nextPageToken\":\"") + 17;
  const std::string rest =
      Operate("GET", "/v1/tenants?pageSize=3&pageToken=" + first.substr(at, first.find('"', at) - at)).body;
  EXPECT_THAT(rest, HasSubstr(R"("tenantId":"c")"));
  EXPECT_THAT(rest, HasSubstr(R"("tenantId":"d")"));
  EXPECT_THAT(rest, HasSubstr(R"("nextPageToken":"")"));
}

}  // namespace
}  // namespace hoiam::testing
