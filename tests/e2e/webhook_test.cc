// Webhooks as a CRM sees them: real programs, a receiver in another language, every way of answering.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "tests/e2e/api.h"
#include "tests/e2e/webhook_receiver.h"

namespace hoiam::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kAll[] =
    R"(["interaction.recorded","invitation.created","invitation.sent","response.submitted","response.amended",)"
    R"("case.opened","case.moved","case.enriched","case.due","case.overdue","case.escalated","case.replied",)"
    R"("case.said_twice","case.fix_failed","score.band_changed","customer.unsubscribed","webhook.disabled"])";

class WebhookTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    suite_ = new Suite(
        {{"HOIAM_WEBHOOK_ALLOW", "127.0.0.0/8"}, {"HOIAM_WEBHOOK_SCHEDULE", "0s,50ms,100ms,100ms,200ms,500ms"}});
    receiver_ = new WebhookReceiver;
  }
  static void TearDownTestSuite() {
    delete std::exchange(receiver_, nullptr);
    delete std::exchange(suite_, nullptr);
  }
  WebhookTest()
      : n_(++tests_),
        tenant_("t" + std::to_string(n_)),
        key_(suite_->MakeTenant(tenant_)),
        api_(HttpClient(suite_->url(), key_)) {}

  // A path of this test alone.
  std::string Path(const std::string& name) { return absl::StrCat("/", n_, "/", name); }
  // Makes a webhook at Path(id); answers its secret, with which the receiver checks from now on.
  std::string Make(const std::string& id, const std::string& types = kAll) {
    const Json made =
        api_.Post("/v1/webhooks", absl::StrCat(R"({"webhookId":")", id, R"(","url":")", receiver_->Url(Path(id)),
                                               R"(","eventTypes":)", types, "}"));
    receiver_->Secrets(Path(id), {made.String("secret")});
    return made.String("secret");
  }
  void Answered(const std::string& id, const std::string& customer, int score) {
    api_.Post("/v1/responses", absl::StrCat(R"({"responseId":")", id, R"(","customerId":")", customer,
                                            R"(","metric":"NPS","score":)", score, "}"));
  }
  std::vector<Json> Log(const std::string& id, const std::string& more = "") {
    return api_.Get("/v1/webhooks/" + id + "/deliveries?pageSize=1000" + more).Items("deliveries");
  }
  // The log once it has so many and nothing waits any more.
  std::vector<Json> SettledLog(const std::string& id, size_t at_least = 0) {
    EXPECT_TRUE(
        Eventually([&] { return Log(id).size() >= at_least && api_.Get("/v1/webhooks/" + id).Int("pending") == 0; }));
    return Log(id);
  }

  static Suite* suite_;
  static WebhookReceiver* receiver_;
  static int tests_;
  const int n_;
  const std::string tenant_, key_;
  Api api_;
};

Suite* WebhookTest::suite_ = nullptr;
WebhookReceiver* WebhookTest::receiver_ = nullptr;
int WebhookTest::tests_ = 0;

TEST_F(WebhookTest, EveryEventArrivesSignedOnceAndTheEventsApiGivesTheSameIdsAndBodies) {
  Make("crm");
  api_.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const Json recorded = api_.Post(
      "/v1/interactions",
      absl::StrCat(R"({"interactionId":"o1","customerId":"lan","type":"PURCHASE","occurredAt":")", Rfc3339(Now()),
                   R"(","customer":{"phone":"0901234567","email":"lan@example.com","displayName":"Lan"}})"));
  api_.Post("/v1/invitations/" + recorded.String("dispatch/0/invitation") + ":markSent", R"({"sentBy":"zalo"})");
  Answered("r1", "lan", 9);
  Answered("r2", "lan", 2);
  api_.Patch("/v1/responses/r2", R"({"comment":"giao trễ"})");
  std::vector<Json> cases;
  ASSERT_TRUE(Eventually([&] { return !(cases = api_.Get("/v1/cases").Items("cases")).empty(); }));
  api_.Post("/v1/cases/" + cases[0].String("caseId") + ":acknowledge", "{}");
  api_.Post("/v1/customers/lan:unsubscribe", R"({"reason":"phiền"})");

  const std::vector<std::string> expected = {"interaction.recorded", "invitation.created",   "invitation.sent",
                                             "response.submitted",   "response.submitted",   "score.band_changed",
                                             "response.amended",     "case.opened",          "case.enriched",
                                             "case.moved",           "customer.unsubscribed"};
  receiver_->WaitFor(Path("crm"), expected.size());
  SettledLog("crm");
  const auto received = receiver_->Received(Path("crm"));
  EXPECT_THAT(Each(received, "type"), ::testing::UnorderedElementsAreArray(expected)) << "each once, nothing else";
  std::map<std::string, Json> by_id;
  for (const Json& r : received) {
    EXPECT_EQ(r.Dump("verified"), "[true]") << r.String("type");
    EXPECT_EQ(r.String("headers/content-type"), "application/json");
    EXPECT_EQ(r.String("headers/user-agent").rfind("Hoiam/", 0), 0u);
    EXPECT_EQ(r.String("headers/traceparent").size(), 55u);
    EXPECT_THAT(Json(r.String("body")).Names(), ElementsAre("data", "timestamp", "type"));
    EXPECT_TRUE(by_id.emplace(r.String("id"), r).second) << "an id twice";
    if (r.String("type") == "invitation.created") {
      const Json data = Json(r.String("body")).At("data");
      EXPECT_EQ(data.String("phone"), "0901234567");
      EXPECT_EQ(data.String("email"), "lan@example.com");
      EXPECT_EQ(data.String("invitation/link"), recorded.String("dispatch/0/link"));
      EXPECT_THAT(data.String("text"), ::testing::HasSubstr(data.String("invitation/link")));
    }
    if (r.String("type") == "score.band_changed") {
      const Json data = Json(r.String("body")).At("data");
      EXPECT_EQ(data.String("band"), "DETRACTOR");
      EXPECT_EQ(data.String("previousBand"), "PROMOTER");
      EXPECT_EQ(data.Int("previousScore"), 9);
    }
  }

  // The same to be fetched, page by page.
  std::string after;
  size_t fetched = 0;
  while (true) {
    const Json page = api_.Get("/v1/events?pageSize=3&after=" + after);
    for (const Json& e : page.Items("events")) {
      ++fetched;
      ASSERT_TRUE(by_id.contains(e.String("id"))) << e.Dump();
      const Json body(by_id.at(e.String("id")).String("body"));
      EXPECT_EQ(body.Dump("data"), e.Dump("data"));
      EXPECT_EQ(body.String("type"), e.String("type"));
      EXPECT_EQ(body.String("timestamp"), e.String("timestamp"));
    }
    after = page.String("nextAfter");
    if (page.Size("events") == 0) break;
  }
  EXPECT_EQ(fetched, expected.size());
  EXPECT_THAT(Each(api_.Get("/v1/events?types=case.opened,case.moved").Items("events"), "type"),
              ElementsAre("case.opened", "case.moved"));
  EXPECT_EQ(api_.Get("/v1/events?after=" + after).Size("events"), 0u);
  EXPECT_EQ(api_.Get("/v1/events?after=" + after).String("nextAfter"), after);
}

TEST_F(WebhookTest, AWebhookGetsWhatItAskedForAndNothingOfAnotherTenant) {
  Make("cases", R"(["case.opened"])");
  Api other(HttpClient(suite_->url(), suite_->MakeTenant(tenant_ + "-other")));
  other.Post("/v1/responses", R"({"responseId":"x","customerId":"x","metric":"NPS","score":0})");
  Answered("r1", "lan", 10);
  Answered("r2", "minh", 1);
  receiver_->WaitFor(Path("cases"), 1);
  EXPECT_TRUE(Eventually([&] { return other.Get("/v1/events").Size("events") >= 2; }));
  SettledLog("cases");
  const auto received = receiver_->Received(Path("cases"));
  EXPECT_THAT(Each(received, "type"), ElementsAre("case.opened"));
  EXPECT_THAT(Each(received, "customerId"), ElementsAre("minh"));
  const std::string id = received[0].String("id");
  EXPECT_THAT(other.http().Get("/v1/events?after=" + id), IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_EVENT", "after"));
  EXPECT_THAT(other.http().Get("/v1/webhooks/cases"), HasCode(404));
  EXPECT_THAT(other.http().Post("/v1/webhooks/cases:replay", "{\"eventIds\":[\"" + id + "\"]}"), HasCode(404));
}

TEST_F(WebhookTest, AFailedDeliveryComesAgainUnderItsIdUntilItSucceeds) {
  receiver_->Rules(absl::StrCat(R"([{"path":")", Path("crm"), R"(","times":1,"status":500},{"path":")", Path("crm"),
                                R"(","times":1,"status":503,"headers":{"retry-after":"0"}}])"));
  Make("crm", R"(["response.submitted"])");
  Answered("r1", "lan", 9);
  const auto received = receiver_->WaitFor(Path("crm"), 3);
  EXPECT_EQ(
      std::set<std::string>({received[0].String("id"), received[1].String("id"), received[2].String("id")}).size(), 1u);
  EXPECT_EQ(received[2].Dump("verified"), "[true]") << "signed anew";
  const auto log = SettledLog("crm");
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0].String("state"), "SUCCEEDED");
  EXPECT_EQ(log[0].String("eventId"), received[0].String("id"));
  ASSERT_EQ(log[0].Size("attempts"), 3u);
  EXPECT_EQ(log[0].Int("attempts/0/httpStatus"), 500);
  EXPECT_EQ(log[0].String("attempts/0/error"), "answered 500") << "nothing of what the receiver said";
  EXPECT_EQ(log[0].Int("attempts/1/httpStatus"), 503);
  EXPECT_EQ(log[0].Int("attempts/2/httpStatus"), 200);
  EXPECT_EQ(log[0].String("attempts/2/error"), "");
  EXPECT_FALSE(api_.Get("/v1/webhooks/crm").Has("failingSince"));
}

TEST_F(WebhookTest, ARedirectIsAFailureAndIsNotFollowed) {
  receiver_->Rules(absl::StrCat(R"([{"path":")", Path("crm"), R"(","times":1000,"status":302,"headers":{"location":")",
                                receiver_->Url(Path("elsewhere")), R"("}}])"));
  Make("crm", R"(["response.submitted"])");
  Answered("r1", "lan", 9);
  const auto log = SettledLog("crm", 1);
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(log[0].String("state"), "FAILED") << "given up after the last attempt of the schedule";
  EXPECT_EQ(log[0].Size("attempts"), 6u);
  EXPECT_EQ(log[0].String("attempts/5/error"), "answered 302: redirects are not followed");
  EXPECT_THAT(receiver_->Received(Path("elsewhere")), IsEmpty());
  EXPECT_TRUE(api_.Get("/v1/webhooks/crm").Has("failingSince"));
  EXPECT_EQ(Log("crm", "&state=FAILED").size(), 1u);
  EXPECT_EQ(Log("crm", "&state=SUCCEEDED").size(), 0u);
}

TEST_F(WebhookTest, AReceiverThatIsGoneIsDisabledAndTheOthersAreTold) {
  receiver_->Rules(absl::StrCat(R"([{"path":")", Path("old"), R"(","times":1000,"status":410}])"));
  Make("old", R"(["response.submitted"])");
  Make("ops", R"(["webhook.disabled"])");
  Answered("r1", "lan", 9);
  const auto told = receiver_->WaitFor(Path("ops"), 1);
  EXPECT_EQ(told[0].String("type"), "webhook.disabled");
  EXPECT_EQ(Json(told[0].String("body")).String("data/webhook/webhookId"), "old");
  EXPECT_EQ(Json(told[0].String("body")).String("data/webhook/disableReason"), "GONE");
  const Json old = api_.Get("/v1/webhooks/old");
  EXPECT_EQ(old.String("state"), "DISABLED");
  EXPECT_EQ(old.String("disableReason"), "GONE");
  Answered("r2", "lan", 10);
  EXPECT_TRUE(Eventually([&] { return api_.Get("/v1/events?types=response.submitted").Size("events") == 2; }));
  EXPECT_EQ(receiver_->Received(Path("old")).size(), 1u);
  EXPECT_THAT(api_.http().Post("/v1/webhooks/old:test", "{}"),
              IsRefused(400, "FAILED_PRECONDITION", "WEBHOOK_DISABLED", ""));
}

TEST_F(WebhookTest, ARotatedSecretSignsBesideTheOldOne) {
  const std::string old = Make("crm", R"(["response.submitted"])");
  const Json rotated = api_.Post("/v1/webhooks/crm:rotateSecret", R"({"overlap":"3600s"})");
  const std::string fresh = rotated.String("secret");
  EXPECT_NE(fresh, old);
  EXPECT_TRUE(rotated.Has("webhook/oldSecretExpireTime"));
  receiver_->Secrets(Path("crm"), {old, fresh});
  ASSERT_TRUE(Eventually([&] {  // the replica that sends has seen it
    api_.Post("/v1/webhooks/crm:test", "{}");
    SettledLog("crm");
    return receiver_->Received(Path("crm")).back().Dump("verified") == "[true,true]";
  }));
  EXPECT_EQ(api_.Post("/v1/webhooks/crm:rotateSecret", R"({"overlap":"0s"})").Has("webhook/oldSecretExpireTime"),
            false);
  ASSERT_TRUE(Eventually([&] {
    api_.Post("/v1/webhooks/crm:test", "{}");
    SettledLog("crm");
    return receiver_->Received(Path("crm")).back().Dump("verified") == "[false,false]";
  })) << "without overlap the old secrets are over";
}

TEST_F(WebhookTest, ADeadEndpointDelaysNobodyElse) {
  receiver_->Rules(absl::StrCat(R"([{"path":")", Path("dead"), R"(","times":1000,"status":200,"delayMs":30000}])"));
  Make("dead", R"(["response.submitted"])");
  Make("live", R"(["response.submitted"])");
  constexpr int kEvents = 40;
  for (int i = 0; i < kEvents; ++i) Answered(absl::StrCat("r", i), absl::StrCat("c", i), 9);
  EXPECT_EQ(receiver_->WaitFor(Path("live"), kEvents).size(), static_cast<size_t>(kEvents));
  EXPECT_EQ(api_.Get("/v1/webhooks/dead").Int("pending"), kEvents) << "the dead one has answered nothing yet";
  EXPECT_LE(receiver_->Received(Path("dead")).size(), 8u);
  const Json disabled = api_.Post("/v1/webhooks/dead:disable", "{}");
  EXPECT_EQ(disabled.String("disableReason"), "BY_REQUEST");
  EXPECT_EQ(api_.Get("/v1/webhooks/dead").Int("pending"), 0) << "what waits is given up";
}

TEST_F(WebhookTest, OneCustomersEventsStayInOrderWhenOneFailsAndOthersGoOn) {
  receiver_->Rules(absl::StrCat(R"([{"path":")", Path("crm"), R"(","customerId":"lan","times":3,"status":500}])"));
  Make("crm", R"(["response.submitted"])");
  for (int i = 0; i < 4; ++i) {
    Answered(absl::StrCat("lan", i), "lan", 9);
    Answered(absl::StrCat("minh", i), "minh", 9);
  }
  receiver_->WaitFor(Path("crm"), 11);
  SettledLog("crm");
  std::map<std::string, std::vector<std::string>> delivered;
  std::vector<std::string> order;
  for (const Json& r : receiver_->Received(Path("crm"))) {
    const Json body(r.String("body"));
    order.push_back(r.String("customerId"));
    if (r.Int("status") == 200) delivered[r.String("customerId")].push_back(body.String("data/response/responseId"));
  }
  EXPECT_THAT(delivered["lan"], ElementsAre("lan0", "lan1", "lan2", "lan3"));
  EXPECT_THAT(delivered["minh"], ElementsAre("minh0", "minh1", "minh2", "minh3"));
}

TEST_F(WebhookTest, EventsAreReplayedByIdAndByTimeUnderTheirIds) {
  const std::string begin = Rfc3339(Now() - absl::Seconds(5));
  Make("crm", R"(["response.submitted"])");
  for (int i = 0; i < 5; ++i) Answered(absl::StrCat("r", i), "lan", 9);
  const auto first = receiver_->WaitFor(Path("crm"), 5);
  const std::string id = first[2].String("id");
  const auto replay = [&](const std::string& body) { return api_.Post("/v1/webhooks/crm:replay", body); };
  EXPECT_EQ(replay("{\"eventIds\":[\"" + id + "\"]}").Int("replayed"), 1);
  EXPECT_EQ(receiver_->WaitFor(Path("crm"), 6)[5].String("id"), id);
  EXPECT_EQ(replay("{\"startTime\":\"" + begin + "\"}").Int("replayed"), 5);
  const auto all = receiver_->WaitFor(Path("crm"), 11);
  EXPECT_EQ(Each({all.begin() + 6, all.begin() + 11}, "id"), Each({all.begin(), all.begin() + 5}, "id"))
      << "in their order";
  EXPECT_EQ(replay("{\"startTime\":\"" + begin + "\",\"endTime\":\"" + begin + "\"}").Int("replayed"), 0);
  const auto log = SettledLog("crm");
  EXPECT_EQ(log.size(), 11u);
  EXPECT_TRUE(log[0].Bool("replay"));
  EXPECT_FALSE(log[10].Bool("replay"));
  EXPECT_THAT(api_.http().Post("/v1/webhooks/crm:replay", R"({"eventIds":["018f0000-0000-7000-8000-000000000000"]})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_EVENT", "eventIds[0]"));
}

TEST_F(WebhookTest, ATestDeliveryGoesToTheOneItWasAskedFor) {
  Make("crm", R"(["case.opened"])");
  Make("other");
  const std::string event = api_.Post("/v1/webhooks/crm:test", "{}").String("delivery/eventId");
  const auto received = receiver_->WaitFor(Path("crm"), 1);
  EXPECT_EQ(received[0].String("type"), "webhook.test");
  EXPECT_EQ(received[0].String("id"), event);
  EXPECT_EQ(received[0].Dump("verified"), "[true]");
  SettledLog("other");
  EXPECT_THAT(receiver_->Received(Path("other")), IsEmpty());
}

TEST_F(WebhookTest, AChatGetsItsOwnFormOfWhatItsFilterLetsThrough) {
  const Json made = api_.Post(
      "/v1/webhooks",
      absl::StrCat(R"({"webhookId":"chat","url":")", receiver_->Url(Path("bot:TOKEN")),
                   R"(","eventTypes":["response.submitted"],"filter":"score <= 3","bodyTemplate":)",
                   R"("{\"text\":\"{{data.response.metric}} {{data.response.score}} {{data.customerId}}\"}"})"));
  receiver_->Secrets(Path("bot:TOKEN"), {made.String("secret")});
  EXPECT_THAT(made.Dump() + api_.Get("/v1/webhooks").Dump(), Not(::testing::HasSubstr("TOKEN")));

  const Json shown = api_.Post("/v1/webhooks/chat:test", "{}");
  ASSERT_EQ(shown.Size("samples"), 1u);
  EXPECT_EQ(shown.String("samples/0/body"), R"({"text":"NPS 3 sample-customer"})");
  EXPECT_FALSE(shown.Has("delivery"));
  EXPECT_EQ(api_.Get("/v1/events").Size("events"), 0u) << "nothing happened";
  api_.Post("/v1/webhooks/chat:test", R"({"send":true})");
  EXPECT_EQ(receiver_->WaitFor(Path("bot:TOKEN"), 1)[0].String("body"), R"({"text":"NPS 3 sample-customer"})");

  Answered("r1", "lan", 9);
  Answered("r2", "minh", 2);
  const Json arrived = receiver_->WaitFor(Path("bot:TOKEN"), 2)[1];
  EXPECT_EQ(arrived.String("body"), R"({"text":"NPS 2 minh"})");
  EXPECT_EQ(arrived.Dump("verified"), "[true]");
  EXPECT_EQ(SettledLog("chat").size(), 2u);
  EXPECT_EQ(api_.Post("/v1/webhooks/chat:replay", "{\"startTime\":\"" + Rfc3339(Now() - absl::Hours(1)) + "\"}")
                .Int("replayed"),
            1)
      << "only what the filter lets through";
  EXPECT_THAT(api_.http().Send("PATCH", "/v1/webhooks/chat", R"({"bodyTemplate":"{{data.case.priority}}"})", {}),
              IsRefused(400, "INVALID_ARGUMENT", "TEMPLATE_NOT_IN_EVENT", "bodyTemplate"));
}

TEST_F(WebhookTest, ADisabledOneGetsNothingUntilItIsEnabledAndThenOnlyWhatIsNew) {
  Make("crm", R"(["response.submitted"])");
  api_.Post("/v1/webhooks/crm:disable", "{}");
  Answered("r1", "lan", 9);
  ASSERT_TRUE(Eventually([&] { return api_.Get("/v1/events").Size("events") == 1; }));
  const Json enabled = api_.Post("/v1/webhooks/crm:enable", "{}");
  EXPECT_EQ(enabled.String("state"), "ENABLED");
  EXPECT_EQ(enabled.String("disableReason"), "UNSPECIFIED");
  Answered("r2", "lan", 9);
  receiver_->WaitFor(Path("crm"), 1);
  SettledLog("crm");
  const auto received = receiver_->Received(Path("crm"));
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(Json(received[0].String("body")).String("data/response/responseId"), "r2");
  EXPECT_EQ(
      api_.Post("/v1/webhooks/crm:replay", "{\"eventIds\":[\"" + api_.Get("/v1/events").String("events/0/id") + "\"]}")
          .Int("replayed"),
      1);
  EXPECT_EQ(Json(receiver_->WaitFor(Path("crm"), 2)[1].String("body")).String("data/response/responseId"), "r1");
}

TEST_F(WebhookTest, TheSameRequestAgainIsTheSameWebhookWithoutItsSecret) {
  Make("crm", R"(["case.opened","case.moved"])");
  const std::string url = receiver_->Url(Path("crm"));
  const auto make = [&](const std::string& types, const Headers& headers = {}) {
    return api_.http().Post(
        "/v1/webhooks", absl::StrCat(R"({"webhookId":"crm","url":")", url, R"(","eventTypes":)", types, "}"), headers);
  };
  const Answer again = make(R"(["case.moved","case.opened"])");
  EXPECT_EQ(again.code, 200);
  EXPECT_EQ(again.json().String("secret"), "");
  EXPECT_EQ(again.json().String("webhook/revision"), "1");
  EXPECT_THAT(make(R"(["case.opened"])"), IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));

  const Headers key = {{"Idempotency-Key", "rotate-1"}};
  const Answer rotated = api_.http().Post("/v1/webhooks/crm:rotateSecret", "{}", key);
  EXPECT_EQ(rotated.json().String("secret").rfind("whsec_", 0), 0u);
  const Answer replayed = api_.http().Post("/v1/webhooks/crm:rotateSecret", "{}", key);
  EXPECT_EQ(replayed.headers.at("idempotency-replayed"), "true");
  EXPECT_EQ(replayed.json().String("secret"), "") << "a secret is stored nowhere";
  EXPECT_EQ(replayed.json().String("webhook/revision"), rotated.json().String("webhook/revision"));
}

TEST_F(WebhookTest, APatchSendsWhatWaitsToTheNewAddress) {
  receiver_->Rules(absl::StrCat(R"([{"path":")", Path("crm"), R"(","times":1000,"status":500}])"));
  Make("crm", R"(["response.submitted"])");
  Answered("r1", "lan", 9);
  receiver_->WaitFor(Path("crm"), 1);
  const Json patched =
      api_.Patch("/v1/webhooks/crm", "{\"url\":\"" + receiver_->Url(Path("moved")) + "\",\"description\":\"CRM mới\"}");
  EXPECT_EQ(patched.String("description"), "CRM mới");
  EXPECT_EQ(patched.Size("eventTypes"), 1u);
  EXPECT_EQ(receiver_->WaitFor(Path("moved"), 1)[0].String("id"), receiver_->Received(Path("crm"))[0].String("id"));
}

TEST_F(WebhookTest, AddressesOfOurOwnNetworkAreRefusedWithTheReason) {
  for (const char* url : {"https://10.0.0.1/", "https://localhost/", "https://[::1]/", "https://0x0a.1/",
                          "http://example.com/", "https://169.254.169.254/latest/meta-data"})
    EXPECT_THAT(api_.http().Post("/v1/webhooks", absl::StrCat(R"({"webhookId":"w","url":")", url,
                                                              R"(","eventTypes":["case.opened"]})")),
                IsRefused(400, "INVALID_ARGUMENT", "WEBHOOK_URL_REFUSED", "url"))
        << url;
  EXPECT_THAT(api_.http().Post("/v1/webhooks", R"({"webhookId":"w","url":"https://u:p@8.8.8.8/","eventTypes":["x"]})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_EVENT_TYPE", "url"));
  EXPECT_EQ(api_.Get("/v1/webhooks").Size("webhooks"), 0u) << "nothing was made";
}

TEST_F(WebhookTest, ATestModesWebhookGetsItsOwnEventsAndNoPhoneNumber) {
  const std::string test_key =
      api_.Post("/v1/keys", R"({"keyId":"sandbox","principal":"crm-dev","scopes":["admin"],"testMode":true})")
          .String("secret");
  ASSERT_EQ(test_key.rfind("hk_test_", 0), 0u);
  Make("crm");
  Api test(HttpClient(suite_->url(), test_key));
  test.Post("/v1/webhooks", absl::StrCat(R"({"webhookId":"crm","url":")", receiver_->Url(Path("test")),
                                         R"(","eventTypes":["interaction.recorded","invitation.created"]})"));
  test.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  test.Post("/v1/interactions",
            absl::StrCat(R"({"interactionId":"o1","customerId":"lan","type":"PURCHASE","occurredAt":")", Rfc3339(Now()),
                         R"(","customer":{"phone":"0901234567"}})"));
  const auto received = receiver_->WaitFor(Path("test"), 2);
  EXPECT_THAT(Each(received, "type"), ElementsAre("interaction.recorded", "invitation.created"));
  for (const Json& r : received) {
    const Json data = Json(r.String("body")).At("data");
    EXPECT_TRUE(data.Bool("testMode"));
    EXPECT_FALSE(data.Has("phone"));
    EXPECT_THAT(r.String("body"), Not(::testing::HasSubstr("0901234567")));
  }
  EXPECT_THAT(receiver_->Received(Path("crm")), IsEmpty());
  EXPECT_EQ(api_.Get("/v1/events").Size("events"), 0u);
  EXPECT_EQ(test.Get("/v1/events").Size("events"), 2u);
}

TEST_F(WebhookTest, APageOfDeliveriesGoesOnWhereTheLastOneEnded) {
  Make("crm", R"(["response.submitted"])");
  for (int i = 0; i < 7; ++i) Answered(absl::StrCat("r", i), absl::StrCat("c", i), 9);
  receiver_->WaitFor(Path("crm"), 7);
  const auto all = SettledLog("crm");
  ASSERT_EQ(all.size(), 7u);
  EXPECT_EQ(Each(api_.List("/v1/webhooks/crm/deliveries", "deliveries", 3), "deliveryId"), Each(all, "deliveryId"));
  const auto ids = Each(all, "deliveryId");
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 7u);
  Make("another");
  EXPECT_THAT(Each(api_.List("/v1/webhooks", "webhooks", 1), "webhookId"), ElementsAre("another", "crm"));
}

}  // namespace
}  // namespace hoiam::testing
