// How much at once, through real sockets: REST and gRPC are counted together, and refused before anything is parsed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gateway/auth/bootstrap.h"
#include "platform/rpc/status_wire.h"
#include "tests/rpc/gateway/gateway_fixture.h"
#include "tests/support/matchers.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;

class LimitsTest : public GatewayFixture {
 protected:
  // So slow that nothing comes back while a test runs, however busy the machine is: the clock is moved.
  LimitsTest() : GatewayFixture({.key_per_second = 2, .tenant_per_second = 3}) {}

  std::string OtherTenant() {
    const auto session = database_.Session();
    return *gateway::Bootstrap(testing::TenantOn(*session, "other"), "Other", clock_.Now());
  }
  // Asks until it is refused; answers how often it was not.
  int UntilRefused(const std::string& key, RawResponse& refused) {
    for (int i = 0;; ++i) {
      refused = Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key));
      if (refused.status != 200 || i > 1000) return i;
    }
  }
};

TEST_F(LimitsTest, ARequestBeyondTheLimitIsRefusedWithTheTimeToComeAgain) {
  const RawResponse first = Call("GET", "/v1/probes/a");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.Header("ratelimit-policy"), R"("key";q=4;w=2, "tenant";q=6;w=2)");
  EXPECT_EQ(first.Header("ratelimit"), R"("key";r=3;t=1, "tenant";r=5;t=1)");
  RawResponse refused;
  EXPECT_GE(UntilRefused(admin_key_, refused), 3);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(ReasonIn(refused), "RATE_LIMITED");
  EXPECT_THAT(refused.body, HasSubstr(R"("status":"RESOURCE_EXHAUSTED")"));
  EXPECT_THAT(refused.Header("ratelimit"), HasSubstr(R"("key";r=0;)"));
  EXPECT_NE(refused.Header("x-request-id"), "");
  int after = 0;
  ASSERT_TRUE(absl::SimpleAtoi(refused.Header("retry-after"), &after));
  clock_.Advance(absl::Seconds(after));
  EXPECT_EQ(Call("GET", "/v1/probes/a").status, 200) << "it was told when to come again";
}

TEST_F(LimitsTest, WhatIsRefusedIsNotParsedAndReachesNobody) {
  RawResponse refused;
  UntilRefused(admin_key_, refused);
  const int calls = probes_.calls;
  const RawResponse r = Call("POST", "/v1/probes", "{this is not JSON");
  EXPECT_EQ(r.status, 429) << r.body;
  EXPECT_EQ(probes_.calls, calls);
}

TEST_F(LimitsTest, AllKeysOfATenantShareItsLimitAndAnotherTenantHasItsOwn) {
  const std::string second = MakeKey("second", gateway::kAdminScope);
  const std::string other = OtherTenant();
  RawResponse by_key, by_tenant;
  UntilRefused(admin_key_, by_key);
  EXPECT_THAT(by_key.body, HasSubstr(R"("limit":"key")"));
  EXPECT_GE(UntilRefused(second, by_tenant), 1);
  EXPECT_THAT(by_tenant.body, HasSubstr(R"("limit":"tenant")"));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(other)).status, 200);
}

TEST_F(LimitsTest, GrpcIsCountedWithRestAndSaysTheSame) {
  RawResponse refused;
  UntilRefused(admin_key_, refused);
  const auto stub = test::v1::ProbeService::NewStub(PublicChannel());
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + admin_key_);
  test::v1::GetProbeRequest q;
  q.set_probe_id("a");
  test::v1::Probe r;
  const grpc::Status status = stub->GetProbe(&context, q, &r);
  EXPECT_THAT(rpc::FromGrpc(status), StatusIs(absl::StatusCode::kResourceExhausted, "RATE_LIMITED"));
  const auto detail = DetailOf(rpc::FromGrpc(status));
  EXPECT_EQ(detail->metadata.at("retryAfter"), "1");
  EXPECT_EQ(context.GetServerTrailingMetadata().count("ratelimit"), 1u);
  EXPECT_EQ(context.GetServerTrailingMetadata().count("ratelimit-policy"), 1u);
}

TEST_F(LimitsTest, ATenantsOwnLimitHoldsWithinASecondOfBeingSet) {
  RawResponse refused;
  const auto session = database_.Session();
  HOIAM_ASSERT_OK(session->Run("UPDATE tenant SET requests_per_second = 1 WHERE tenant_id = 'acme'", {}));
  clock_.Advance(absl::Seconds(1));
  UntilRefused(admin_key_, refused);
  EXPECT_THAT(refused.Header("ratelimit-policy"), HasSubstr(R"("tenant";q=2;w=2)"));
  EXPECT_THAT(refused.body, HasSubstr(R"("limit":"tenant")"));
}

TEST_F(LimitsTest, ABatchIsOneRequest) {
  std::string items;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&items, i ? "," : "", R"({"number":)", i, "}");
  const RawResponse r = Call("POST", "/v1/probes:batch", R"({"probes":[)" + items + "]}");
  EXPECT_EQ(r.status, 200) << r.body;
  EXPECT_THAT(r.Header("ratelimit"), HasSubstr(R"("key";r=3;)"));
}

TEST_F(LimitsTest, PagesAndOperationsAreNotCounted) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Fetch(port(), "GET", "/s/good-token").status, 200);
    EXPECT_EQ(Fetch(port(), "GET", "/livez").status, 200);
  }
}

class InFlightTest : public GatewayFixture {
 protected:
  InFlightTest() : GatewayFixture({.tenant_concurrent = 2}) {}
};

TEST_F(InFlightTest, ATenantHasSoManyRequestsUnderWayAndNoMore) {
  std::vector<std::unique_ptr<RawClient>> slow;
  const auto ask = "GET /v1/probes/slow HTTP/1.1\r\n" + Bearer(admin_key_) + "\r\n";
  for (int i = 0; i < 2; ++i) slow.emplace_back(new RawClient(port()))->Send(ask);
  const absl::Time end = SystemClock().Now() + absl::Seconds(10);
  while (probes_.calls < 2 && SystemClock().Now() < end) SystemClock().Sleep(absl::Milliseconds(5));
  ASSERT_EQ(probes_.calls, 2);
  const RawResponse refused = Call("GET", "/v1/probes/a");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(ReasonIn(refused), "TOO_MANY_IN_FLIGHT");
  EXPECT_EQ(refused.Header("retry-after"), "1");
  for (auto& client : slow) client->Read();  // answered, or given up by its deadline: then its place is free
  RawResponse r;
  while ((r = Call("GET", "/v1/probes/a")).status == 429 && SystemClock().Now() < end + absl::Seconds(10)) {
  }
  EXPECT_EQ(r.status, 200) << r.body;
}

}  // namespace
}  // namespace hoiam::testing
