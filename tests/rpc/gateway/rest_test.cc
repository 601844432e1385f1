// REST over real sockets: who is let in, what is refused and how, what reaches the service.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/rpc/gateway/gateway_fixture.h"

namespace hoiam::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using RestTest = GatewayFixture;

// --- a new RPC needs no gateway code

TEST_F(RestTest, AServiceThatTheGatewayHasNeverHeardOfIsServed) {
  const RawResponse made = Call("POST", "/v1/probes?probeId=a%2Fb", R"({"number":7,"properties":{"vip":true}})");
  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.Header("content-type"), "application/json");
  EXPECT_THAT(made.body, HasSubstr(R"({"probeId":"a/b","number":7,)"));
  EXPECT_THAT(made.body, HasSubstr(R"("properties":{"vip":true})"));
  const RawResponse got = Call("GET", "/v1/probes/a%2Fb?words=x&words=y,z");
  EXPECT_THAT(got.body, HasSubstr(R"("probeId":"a/b")"));
  EXPECT_THAT(got.body, HasSubstr(R"("words":["x","y","z"])"));
  EXPECT_THAT(Call("POST", "/v1/probes/a:paint", R"({"color":"GREEN"})").body, HasSubstr(R"("color":"GREEN")"));
}

TEST_F(RestTest, APatchWithoutMaskNamesTheFieldsThatWerePresent) {
  EXPECT_EQ(Call("PATCH", "/v1/probes/a", R"({"number":0,"properties":{"x":1}})").status, 200);
  EXPECT_EQ(probes_.mask(), "number,properties.*");
  EXPECT_EQ(Call("PATCH", "/v1/probes/a?updateMask=properties", R"({"properties":{"x":1}})").status, 200);
  EXPECT_EQ(probes_.mask(), "properties");
}

TEST_F(RestTest, OneBadItemOfABatchIsAnsweredAtItsIndex) {
  const RawResponse r =
      Call("POST", "/v1/probes:batch", R"({"probes":[{"probeId":"a"},{"probeId":5},{"probeId":"c"}]})");
  EXPECT_EQ(r.status, 200) << r.body;
  EXPECT_THAT(r.body, HasSubstr(R"({"results":[{"code":0,"message":"","details":[]},{"code":3,)"));
  EXPECT_THAT(r.body, HasSubstr("probes[1].probeId"));
}

// --- who is let in

TEST_F(RestTest, ACallWithoutAKeyOrWithAWrongOneIsNotLetIn) {
  const auto reason = [&](const std::string& headers) {
    const RawResponse r = Fetch(port(), "GET", "/v1/probes/a", "", headers);
    EXPECT_EQ(r.status, 401);
    EXPECT_EQ(r.Header("www-authenticate"), "Bearer");
    return ReasonIn(r);
  };
  EXPECT_EQ(reason(""), "MISSING_KEY");
  EXPECT_EQ(reason("Authorization: Basic abc\r\n"), "MISSING_KEY");
  EXPECT_THAT(reason("Authorization: Bearer \r\n"), AnyOf("MISSING_KEY", "INVALID_KEY"));
  EXPECT_EQ(reason("Authorization: Bearer hk_short\r\n"), "INVALID_KEY");
  std::string wrong = admin_key_;
  wrong.back() = wrong.back() == 'a' ? 'b' : 'a';
  EXPECT_EQ(reason(Bearer(wrong)), "INVALID_KEY") << "its check sum is wrong";
  EXPECT_EQ(probes_.calls, 0);
}

TEST_F(RestTest, AKeyMayDoWhatItsScopesSay) {
  const std::string reader = MakeKey("reader", *gateway::ParseScope("responses.read"));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(reader)).status, 200);
  const RawResponse r = Fetch(port(), "POST", "/v1/probes", "{}", Bearer(reader));
  EXPECT_EQ(r.status, 403);
  EXPECT_EQ(ReasonIn(r), "MISSING_SCOPE");
  EXPECT_THAT(r.body, HasSubstr(R"("scope":"responses.write")"));
}

TEST_F(RestTest, ARevokedKeyStopsWorkingWithinASecond) {
  const std::string key = MakeKey("short", gateway::kAdminScope);
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key)).status, 200);
  RevokeKey("short");
  clock_.Advance(absl::Seconds(1));
  const RawResponse r = Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key));
  EXPECT_EQ(r.status, 401);
  EXPECT_EQ(ReasonIn(r), "KEY_REVOKED");
}

TEST_F(RestTest, AnExpiredKeyStopsWorkingAtOnceAlthoughItIsRemembered) {
  const std::string key = MakeKey("short", gateway::kAdminScope, clock_.Now() + absl::Hours(1));
  clock_.Advance(absl::Hours(1) - absl::Milliseconds(500));
  EXPECT_EQ(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key)).status, 200);
  clock_.Advance(absl::Milliseconds(501));
  EXPECT_EQ(ReasonIn(Fetch(port(), "GET", "/v1/probes/a", "", Bearer(key))), "KEY_EXPIRED");
}

TEST_F(RestTest, AUseIsNotedToTheMinute) {
  Call("GET", "/v1/probes/a");
  EXPECT_EQ(
      database_.Count(
          "SELECT COUNT(*) FROM api_key_use WHERE tenant_id = 'acme' AND key_id = 'root' AND SECOND(last_used_at) = 0"),
      1);
}

// --- where to

TEST_F(RestTest, AnUnknownPathIsNotFoundAndAnotherMethodIsNotAllowed) {
  const RawResponse unknown = Call("GET", "/v1/nothing");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(ReasonIn(unknown), "NO_SUCH_PATH");
  const RawResponse wrong = Call("DELETE", "/v1/probes/a");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.Header("allow"), "GET, PATCH");
  EXPECT_EQ(Call("GET", "/v1/probes/%zz").status, 400);
  EXPECT_EQ(Call("POST", "/hoiam.test.v1.ProbeService/PeekProbe", "{}").status, 404) << "it has no rule";
}

// --- what is sent

TEST_F(RestTest, EveryMistakeOfARequestIsNamedAtOnceAndNothingIsForwarded) {
  const RawResponse r = Call("POST", "/v1/probes?nope=1", R"({"number":"x","color":"BLUE","extra":1})");
  EXPECT_EQ(r.status, 400);
  EXPECT_THAT(r.body, HasSubstr(R"({"error":{"code":400,"status":"INVALID_ARGUMENT","message":)"));
  EXPECT_THAT(
      r.body,
      HasSubstr(R"("@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"WRONG_TYPE","domain":"hoiam")"));
  EXPECT_THAT(r.body, HasSubstr(R"("@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[)"));
  for (const char* field : {"number", "color", "extra", "nope"})
    EXPECT_THAT(r.body, HasSubstr(absl::StrCat(R"("field":")", field, "\""))) << field;
  EXPECT_EQ(probes_.calls, 0);
}

TEST_F(RestTest, ABodyOverTheLimitIsAnsweredBeforeTheConnectionCloses) {
  const std::string big(3 << 20, 'x');
  const RawResponse r = Call("POST", "/v1/probes", big);
  EXPECT_EQ(r.status, 413);
  EXPECT_EQ(ReasonIn(r), "BODY_TOO_LARGE");
  EXPECT_THAT(r.body, HasSubstr(R"("max":"1048576")"));
  EXPECT_NE(r.Header("x-request-id"), "");
  RawClient chunked(port());
  chunked.Send("POST /v1/probes HTTP/1.1\r\nHost: x\r\n" + Bearer(admin_key_) + "Transfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 3; ++i) chunked.Send("100000\r\n" + std::string(1 << 20, 'x') + "\r\n");
  chunked.Send("0\r\n\r\n");
  EXPECT_EQ(chunked.Read().status, 413);
}

TEST_F(RestTest, ABatchMayBeEightMebibytes) {
  const std::string note(2 << 20, 'x');
  EXPECT_EQ(Call("POST", "/v1/probes:batch", R"({"note":")" + note + "\"}").status, 200);
  EXPECT_EQ(Call("POST", "/v1/probes:batch", std::string((8 << 20) + 1, ' ')).status, 413);
}

TEST_F(RestTest, HeadersOverTheLimitAreRefused) {
  const RawResponse r = Call("GET", "/v1/probes/a", "", "X-Long: " + std::string(20'000, 'x') + "\r\n");
  EXPECT_EQ(r.status, 431);
  EXPECT_EQ(ReasonIn(r), "HEADERS_TOO_LARGE");
}

TEST_F(RestTest, WhatIsNotHttp11IsRefused) {
  RawClient old(port());
  old.Send("GET /livez HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.Read().status, 505);
  for (const char* bytes : {"nonsense\r\n\r\n", "GET /livez HTTP/1.1\r\nbad header\r\n\r\n",
                            "GET http://x/livez HTTP/1.1\r\nHost: x\r\n\r\n",
                            "POST /v1/probes HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                            "POST /v1/probes HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                            "POST /v1/probes HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
    RawClient client(port());
    client.Send(bytes);
    EXPECT_EQ(client.Read().status, 400) << bytes;
  }
}

TEST_F(RestTest, AClientThatIsTooSlowIsToldAndLetGo) {
  RawClient slow_headers(port()), slow_body(port());
  slow_headers.Send("GET /livez HTTP/1.1\r\nHost");
  slow_body.Send("POST /v1/probes HTTP/1.1\r\nContent-Length: 10\r\n\r\n{");
  for (RawClient* client : {&slow_headers, &slow_body}) {
    const RawResponse r = client->Read();
    EXPECT_EQ(r.status, 408);
    EXPECT_EQ(ReasonIn(r), "REQUEST_TIMEOUT");
    EXPECT_EQ(r.Header("connection"), "close");
    EXPECT_TRUE(client->Closed());
  }
  EXPECT_EQ(probes_.calls, 0);
}

TEST_F(RestTest, AClientThatDoesNotTakeItsAnswerIsLetGo) {
  RawClient greedy(port());
  std::string asks;
  for (int i = 0; i < 20'000; ++i) asks += "GET /metrics HTTP/1.1\r\n\r\n";
  greedy.Send(asks);
  const absl::Time end = SystemClock().Now() + absl::Seconds(20);
  while (http_->connections() > 0 && SystemClock().Now() < end) SystemClock().Sleep(absl::Milliseconds(20));
  EXPECT_EQ(http_->connections(), 0);
}

TEST_F(RestTest, AnIdempotencyKeyIsPassedOnOrRefused) {
  EXPECT_EQ(Call("POST", "/v1/probes", "{}", "Idempotency-Key: abc 1\r\n").status, 200);
  EXPECT_THAT(probes_.metadata(), Contains(Pair("hoiam-idempotency-key", "abc 1")));
  const RawResponse r = Call("POST", "/v1/probes", "{}", "Idempotency-Key: " + std::string(256, 'x') + "\r\n");
  EXPECT_EQ(r.status, 400);
  EXPECT_EQ(ReasonIn(r), "INVALID_IDEMPOTENCY_KEY");
  EXPECT_EQ(ReasonIn(Call("POST", "/v1/probes", "{}", "Idempotency-Key: caf\xc3\xa9\r\n")), "INVALID_IDEMPOTENCY_KEY");
}

// --- what the service gets and says

TEST_F(RestTest, OurOwnHeadersCannotBeSentFromOutside) {
  Call("GET", "/v1/probes/a", "", "hoiam-tenant: other\r\nHoiam-Principal: root\r\nhoiam-test: 1\r\nhoiam-evil: 1\r\n");
  const auto metadata = probes_.metadata();
  EXPECT_EQ(metadata.count("hoiam-tenant"), 1u);
  EXPECT_THAT(metadata, Contains(Pair("hoiam-tenant", "acme")));
  EXPECT_THAT(metadata, Contains(Pair("hoiam-principal", "till")));
  EXPECT_THAT(metadata, Not(Contains(Key("hoiam-test"))));
  EXPECT_THAT(metadata, Not(Contains(Key("hoiam-evil"))));
  EXPECT_THAT(metadata, Not(Contains(Key("authorization"))));
}

TEST_F(RestTest, EveryAnswerHasARequestIdTheCallersOwnWhenItIsSane) {
  EXPECT_EQ(Call("GET", "/v1/probes/a", "", "X-Request-Id: my-id.1\r\n").Header("x-request-id"), "my-id.1");
  EXPECT_THAT(probes_.metadata(), Contains(Pair("hoiam-request-id", "my-id.1")));
  EXPECT_EQ(Call("GET", "/v1/probes/a", "", "X-Request-Id: a b\r\n").Header("x-request-id").size(), 36u);
  for (const char* target : {"/livez", "/v1/none", "/s/x", "/"})
    EXPECT_NE(Call("GET", target).Header("x-request-id"), "") << target;
}

TEST_F(RestTest, ATraceIsPassedOnOrBegun) {
  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  Call("GET", "/v1/probes/a", "", "traceparent: " + trace + "\r\n");
  EXPECT_THAT(probes_.metadata(), Contains(Pair("traceparent", trace)));
  Call("GET", "/v1/probes/a", "", "traceparent: nonsense\r\n");
  EXPECT_EQ(probes_.metadata().find("traceparent")->second.size(), 55u);
}

TEST_F(RestTest, TrailersBecomeHeaders) {
  const RawResponse fresh = Call("GET", "/v1/probes/a");
  EXPECT_EQ(fresh.Header("hoiam-consistency-token"), "tok");
  EXPECT_EQ(fresh.Header("idempotency-replayed"), "");
  EXPECT_EQ(Call("GET", "/v1/probes/replayed").Header("idempotency-replayed"), "true");
}

TEST_F(RestTest, AServicesOwnErrorIsShownAsItIs) {
  const RawResponse r = Call("GET", "/v1/probes/taken");
  EXPECT_EQ(r.status, 409);
  EXPECT_EQ(
      r.body,
      R"({"error":{"code":409,"status":"ALREADY_EXISTS","message":"taken","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",)"
      R"("reason":"ID_REUSED","domain":"hoiam","metadata":{"field":"probeId"}}]}})"
      "\n");
  EXPECT_EQ(Call("GET", "/v1/probes/reused").status, 422);
  const RawResponse busy = Call("GET", "/v1/probes/busy");
  EXPECT_EQ(busy.status, 429);
  EXPECT_NE(busy.Header("retry-after"), "");
}

TEST_F(RestTest, TheInsideIsNeverShown) {
  for (const char* id : {"secret", "crashed", "bare", "forged"}) {
    const RawResponse r = Call("GET", absl::StrCat("/v1/probes/", id), "", "X-Request-Id: find-me\r\n");
    EXPECT_EQ(r.status, 500) << id;
    EXPECT_THAT(r.body, Not(HasSubstr("SELECT"))) << id;
    EXPECT_THAT(r.body, HasSubstr("find-me")) << id;
  }
  backend_->Shutdown(absl::ToChronoTime(SystemClock().Now()));
  const RawResponse r = Call("GET", "/v1/probes/a");
  EXPECT_EQ(r.status, 503);
  EXPECT_THAT(r.body, Not(HasSubstr("127.0.0.1")));
}

TEST_F(RestTest, ACallHasTheDeadlineOfItsRule) {
  Call("GET", "/v1/probes/a");
  EXPECT_LE(probes_.time_left(), absl::Milliseconds(2050)) << "gRPC rounds up";
  EXPECT_GT(probes_.time_left(), absl::Seconds(1));
  const RawResponse r = Call("GET", "/v1/probes/slow");
  EXPECT_EQ(r.status, 504);
}

TEST_F(RestTest, EveryForwardedCallIsCounted) {
  Call("GET", "/v1/probes/a");
  Call("GET", "/v1/probes/taken");
  const std::string text = metrics_.Text();
  EXPECT_THAT(text, HasSubstr("/hoiam.test.v1.ProbeService/GetProbe"));
  EXPECT_THAT(text, HasSubstr("ALREADY_EXISTS"));
}

// --- connections

TEST_F(RestTest, AConnectionServesManyRequestsAlsoWhenTheyComeTogether) {
  RawClient client(port());
  const std::string get = "GET /v1/probes/a HTTP/1.1\r\nHost: x\r\n" + Bearer(admin_key_) + "\r\n";
  client.Send(get);
  EXPECT_EQ(client.Read().status, 200);
  client.Send(get + get + "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_EQ(client.Read().body, "ok\n");
  EXPECT_TRUE(client.Closed());
}

TEST_F(RestTest, HeadAnswersLikeGetWithoutABody) {
  RawClient client(port());
  client.Send("HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  const RawResponse head = client.Read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Header("content-length"), "3");
  EXPECT_EQ(client.Read().body, "ok\n");
}

TEST_F(RestTest, AClientThatWaitsForContinueIsToldToGoOn) {
  RawClient client(port());
  client.Send("POST /v1/probes HTTP/1.1\r\nHost: x\r\n" + Bearer(admin_key_) +
              "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send(R"({"number":1})");
  EXPECT_EQ(client.Read().status, 200);
  RawClient large(port());
  large.Send("POST /v1/probes HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
  EXPECT_EQ(large.Read().status, 413);
}

TEST_F(RestTest, StoppingLetsARunningRequestFinishAndClosesIdleConnections) {
  RawClient idle(port()), busy(port());
  idle.Send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(idle.Read().status, 200);
  busy.Send("GET /v1/probes/slow HTTP/1.1\r\nHost: x\r\n" + Bearer(admin_key_) + "\r\n");
  while (probes_.calls == 0) SystemClock().Sleep(absl::Milliseconds(1));
  http_->Stop(absl::Seconds(10));
  EXPECT_EQ(busy.Read().status, 504);
  EXPECT_TRUE(busy.Closed());
  EXPECT_TRUE(idle.Closed());
}

// --- operations

// --- pages of others

TEST_F(RestTest, AnyPageMayCallWhatAPublishableKeyMayAndNothingElse) {
  const std::string asks =
      "Origin: https://shop.example\r\nAccess-Control-Request-Method: POST\r\n"
      "Access-Control-Request-Headers: authorization, content-type\r\n";
  const RawResponse allowed = Fetch(port(), "OPTIONS", "/v1/probes", "", asks);
  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(allowed.body, "");
  EXPECT_EQ(allowed.Header("access-control-allow-origin"), "*");
  EXPECT_EQ(allowed.Header("access-control-allow-methods"), "POST");
  for (const char* name : {"Authorization", "Content-Type", "Idempotency-Key", "X-Request-Id"})
    EXPECT_THAT(allowed.Header("access-control-allow-headers"), HasSubstr(name));
  EXPECT_EQ(allowed.Header("access-control-allow-credentials"), "");

  const RawResponse made = Call("POST", "/v1/probes", "{}", "Origin: https://shop.example\r\n");
  EXPECT_EQ(made.Header("access-control-allow-origin"), "*");
  for (const char* name : {"RateLimit", "RateLimit-Policy", "Retry-After", "Hoiam-Consistency-Token", "X-Request-Id"})
    EXPECT_THAT(made.Header("access-control-expose-headers"), HasSubstr(name));
  const RawResponse refused = Fetch(port(), "POST", "/v1/probes", "{}", "Origin: https://shop.example\r\n");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.Header("access-control-allow-origin"), "*") << "a page may read why it was refused";
  const RawResponse large = Call("POST", "/v1/probes", std::string(2 << 20, ' '));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(large.Header("access-control-allow-origin"), "*");

  for (const auto& [method, path] : {std::pair("GET", "/v1/probes/a"), std::pair("PATCH", "/v1/probes/a"),
                                     std::pair("POST", "/v1/keys"), std::pair("GET", "/livez")}) {
    const RawResponse asked =
        Fetch(port(), "OPTIONS", path, "", absl::StrCat("Access-Control-Request-Method: ", method, "\r\n"));
    EXPECT_EQ(asked.status, 405) << path;
    EXPECT_EQ(asked.Header("access-control-allow-origin"), "") << path;
    EXPECT_EQ(Call(method, path, "{}").Header("access-control-allow-origin"), "") << path;
  }
}

TEST_F(RestTest, OperatorsAskWithoutAKey) {
  EXPECT_EQ(Fetch(port(), "GET", "/livez").body, "ok\n");
  EXPECT_EQ(Fetch(port(), "GET", "/readyz").status, 200);
  EXPECT_EQ(Fetch(port(), "GET", "/readyz?verbose").body, "{\"detail\":1}\n");
  EXPECT_EQ(Fetch(port(), "GET", "/metrics").body, "hoiam_up 1\n");
  ready_ = false;
  EXPECT_EQ(Fetch(port(), "GET", "/readyz").status, 503);
  EXPECT_EQ(Fetch(port(), "GET", "/livez").status, 200);
  EXPECT_EQ(Fetch(port(), "POST", "/livez").status, 405);
}

}  // namespace
}  // namespace hoiam::testing
