// Who may call: keys, scopes, tenants, and the respondent's link as a key of its own.
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <thread>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

class AccessTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  AccessTest()
      : tenant_("t" + std::to_string(++tenants_)), api_(HttpClient(suite_->url(), suite_->MakeTenant(tenant_))) {}

  // The text of a new key with these scopes.
  std::string Key(const std::string& id, const std::string& scopes) {
    return api_
        .Post("/v1/keys", absl::StrCat(R"({"keyId":")", id, R"(","principal":")", id, R"(","scopes":[)", scopes, "]}"))
        .String("secret");
  }
  static Suite* suite_;
  static int tenants_;
  const std::string tenant_;
  Api api_;
};

Suite* AccessTest::suite_ = nullptr;
int AccessTest::tenants_ = 0;

TEST_F(AccessTest, AMissingWrongOrRevokedKeyIsRefused) {
  HttpClient http(suite_->url(), "");
  EXPECT_THAT(http.Get("/v1/customers"), HasCode(401));
  EXPECT_EQ(http.Get("/v1/customers").status(), "UNAUTHENTICATED");
  EXPECT_NE(http.Get("/v1/customers").reason(), "");
  const std::string good = Key("k", R"("customers.read")");
  std::string wrong = good;
  wrong[10] = wrong[10] == 'a' ? 'b' : 'a';
  for (const std::string& value : std::vector<std::string>{"Bearer " + wrong, "Bearer ", std::string("Bearer hk_"),
                                                           "Basic " + good, good, "Bearer " + good + "x"})
    EXPECT_THAT(http.Get("/v1/customers", {{"Authorization", value}}), HasCode(401)) << value;
  EXPECT_THAT(http.Get("/v1/customers", {{"Authorization", "Bearer " + good}}), HasCode(200));

  api_.Post("/v1/keys/k:revoke", "{}");
  const absl::Time end = SystemClock().Now() + absl::Seconds(2);
  int code = 0;
  while ((code = http.Get("/v1/customers", {{"Authorization", "Bearer " + good}}).code) == 200 &&
         SystemClock().Now() < end)
    SystemClock().Sleep(absl::Milliseconds(20));
  EXPECT_EQ(code, 401) << "bites within a second";
  for (const Json& key : api_.List("/v1/keys", "keys")) {
    EXPECT_EQ(key.Dump().find(good.substr(8)), std::string::npos)
        << "a key's text is in its first answer and nowhere else";
    EXPECT_EQ(key.String("state") == "REVOKED", key.String("keyId") == "k") << key.Dump();
  }
}

TEST_F(AccessTest, APrincipalHasTwoLiveKeysSoThatOneCanBeReplaced) {
  const auto make = [&](const std::string& id) {
    return api_.http().Post("/v1/keys", R"({"keyId":")" + id + R"(","principal":"till","scopes":["customers.read"]})");
  };
  EXPECT_THAT(make("a"), HasCode(200));
  EXPECT_THAT(make("b"), HasCode(200));
  const Answer third = make("c");
  EXPECT_THAT(third, HasCode(400));
  EXPECT_EQ(third.status(), "FAILED_PRECONDITION") << third;
  api_.Post("/v1/keys/a:revoke", "{}");
  EXPECT_THAT(make("c"), HasCode(200));
}

TEST_F(AccessTest, EveryCallNeedsItsScope) {
  api_.Patch("/v1/customers/lan?allowMissing=true", R"({"segment":"a"})");
  HttpClient none(suite_->url(), Key("none", R"("events.read")"));
  const struct {
    const char *method, *path, *body, *scope;
  } calls[] = {{"GET", "/v1/customers", "", "customers.read"},
               {"GET", "/v1/customers/lan", "", "customers.read"},
               {"PATCH", "/v1/customers/lan", R"({"segment":"b"})", "customers.write"},
               {"POST", "/v1/interactions", "{}", "interactions.write"},
               {"GET", "/v1/surveys", "", "surveys.read"},
               {"POST", "/v1/surveys?surveyId=a", R"({"metric":"NPS","template":"nps"})", "surveys.write"},
               {"POST", "/v1/responses", "{}", "responses.write"},
               {"GET", "/v1/responses", "", "responses.read"},
               {"GET", "/v1/scores?metric=NPS", "", "scores.read"},
               {"GET", "/v1/customers/lan/satisfaction", "", "scores.read"},
               {"GET", "/v1/cases", "", "cases.read"},
               {"GET", "/v1/keys", "", "admin"}};
  std::set<std::string> made;
  for (const auto& call : calls) {
    const Answer refused = none.Send(call.method, call.path, call.body, {});
    EXPECT_EQ(refused.code, 403) << call.path << " " << refused;
    EXPECT_EQ(refused.status(), "PERMISSION_DENIED") << call.path;
    if (call.scope == std::string("admin")) continue;
    HttpClient one(suite_->url(),
                   api_.Post("/v1/keys", absl::StrCat(R"({"keyId":"k)", made.size(), R"(","principal":"p)", made.size(),
                                                      R"(","scopes":[")", call.scope, R"("]})"))
                       .String("secret"));
    made.insert(call.path + std::string(call.method));
    EXPECT_NE(one.Send(call.method, call.path, call.body, {}).code, 403) << call.path;
  }
  const Answer unknown = api_.http().Post("/v1/keys", R"({"keyId":"x","principal":"x","scopes":["everything"]})");
  EXPECT_THAT(unknown, HasCode(400));
}

TEST_F(AccessTest, AResourceOfAnotherTenantIsNotThere) {
  api_.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const Json bought =
      api_.Post("/v1/interactions", R"({"interactionId":"o1","customerId":"lan","type":"PURCHASE","occurredAt":")" +
                                        Rfc3339(Now()) + "\"}");
  api_.Post("/v1/responses", R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":1})");
  const std::string case_id = api_.Get("/v1/cases?consistencyToken=" + Escape(api_.token())).String("cases/0/caseId");
  HttpClient other(suite_->url(), suite_->MakeTenant("other-" + tenant_));
  for (const std::string path : {"/v1/customers/lan", "/v1/interactions/o1", "/v1/surveys/nps", "/v1/responses/r1"})
    EXPECT_THAT(other.Get(path), HasCode(404)) << path;
  EXPECT_THAT(other.Get("/v1/cases/" + case_id), HasCode(404));
  EXPECT_THAT(other.Post("/v1/cases/" + case_id + ":acknowledge", "{}"), HasCode(404));
  EXPECT_THAT(other.Patch("/v1/responses/r1", R"({"score":10})"), HasCode(404));
  EXPECT_THAT(other.Post("/v1/interactions/o1:void", R"({"reason":"x"})"), HasCode(404));
  const Answer foreign =
      other.Post("/v1/responses", R"({"responseId":"x","metric":"NPS","score":1,"interactionId":"o1"})");
  EXPECT_THAT(foreign, HasCode(400));
  EXPECT_THAT(foreign.fields(), ::testing::ElementsAre("interactionId"));
  EXPECT_EQ(other.Get("/v1/customers").json().Size("customers"), 0u);
  EXPECT_EQ(other.Get("/v1/cases").json().Size("cases"), 0u);
  EXPECT_EQ(other.Get("/v1/responses").json().Size("responses"), 0u);
  EXPECT_EQ(other.Get("/v1/scores?metric=NPS").json().Int("rows/0/responses"), 0);
  EXPECT_EQ(other.Get("/v1/customers/lan/history").json().Size("entries"), 0u);
  // The same ids belong to each tenant for itself.
  EXPECT_THAT(other.Post("/v1/responses", R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":10})"),
              HasCode(200));
  EXPECT_EQ(api_.Get("/v1/responses/r1").Int("score"), 1);
}

TEST_F(AccessTest, WhatIsTakenBackBitesOnEveryReplicaWithinASecond) {
  suite_->StartReplica("gateway2", "gateway");
  suite_->WaitReady("gateway2");
  HttpClient operates(suite_->url(), suite_->OperatorKey());
  // Until a second after `take_back` was answered a key may still work; whoever begins later is refused, everywhere.
  const auto bites = [&](const std::string& key, const std::function<void()>& take_back, int code) {
    HttpClient replicas[] = {HttpClient(suite_->url(), key), HttpClient(suite_->Url("gateway2"), key)};
    for (auto& replica : replicas) ASSERT_THAT(replica.Get("/v1/surveys"), HasCode(200));
    take_back();
    const absl::Time second_later = SystemClock().Now() + absl::Seconds(1);
    while (SystemClock().Now() < second_later)
      for (auto& replica : replicas) replica.Get("/v1/surveys");
    for (auto& replica : replicas) EXPECT_THAT(replica.Get("/v1/surveys"), HasCode(code));
  };
  bites(
      Key("k", R"("surveys.read")"), [&] { api_.Post("/v1/keys/k:revoke", "{}"); }, 401);
  bites(
      Key("r", R"("surveys.read")"), [&] { api_.Post("/v1/keys/r:rotate", R"({"newKeyId":"r2","overlap":"0s"})"); },
      401);
  const std::string key = Key("s", R"("surveys.read")");
  bites(
      key, [&] { operates.Post("/v1/tenants/" + tenant_ + ":suspend", R"({"reason":"test"})"); }, 403);
  const Answer suspended = HttpClient(suite_->url(), key).Get("/v1/surveys");
  EXPECT_EQ(suspended.reason(), "TENANT_SUSPENDED");
  EXPECT_THAT(operates.Post("/v1/tenants/" + tenant_ + ":resume", "{}"), HasCode(200));
  const absl::Time end = SystemClock().Now() + absl::Seconds(30);
  Answer again;
  while ((again = HttpClient(suite_->Url("gateway2"), key).Get("/v1/surveys")).code != 200 &&
         SystemClock().Now() < end) {
  }
  EXPECT_THAT(again, HasCode(200));
  EXPECT_EQ(api_.List("/v1/keys", "keys").size(), 5u) << "nothing was lost";
}

TEST_F(AccessTest, WhatIsRealAndWhatIsOfTheTestModeNeverMeet) {
  Api test(HttpClient(
      suite_->url(),
      api_.Post("/v1/keys", R"({"keyId":"t","principal":"dev","role":"ADMIN","testMode":true})").String("secret")));
  const auto fill = [](Api& api, const std::string& who, int score) {
    api.Patch("/v1/customers/" + who + "?allowMissing=true", R"({"displayName":"Name of )" + who + "\"}");
    api.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
    api.Post("/v1/interactions", R"({"interactionId":"o1","customerId":")" + who +
                                     R"(","type":"PURCHASE","occurredAt":")" + Rfc3339(Now()) + "\"}");
    api.Post("/v1/responses",
             absl::StrCat(R"({"responseId":"r1","metric":"NPS","score":)", score, R"(,"customerId":")", who, "\"}"));
  };
  fill(api_, "real", 10);
  fill(test, "tried", 0);  // the same ids: each belongs to its mode for itself
  const struct {
    Api& api;
    std::string own, other;
    int score;
  } sides[] = {{api_, "real", "tried", 10}, {test, "tried", "real", 0}};
  for (const auto& side : sides) {
    const std::string token = "&consistencyToken=" + Escape(side.api.token());
    EXPECT_THAT(side.api.http().Get("/v1/customers/" + side.own), HasCode(200));
    EXPECT_THAT(side.api.http().Get("/v1/customers/" + side.other), HasCode(404));
    EXPECT_EQ(side.api.Get("/v1/customers").Size("customers"), 1u);
    EXPECT_EQ(side.api.Get("/v1/interactions/o1").String("customerId"), side.own);
    EXPECT_EQ(side.api.Get("/v1/responses/r1").Int("score"), side.score);
    const Json row = side.api.Get("/v1/scores?metric=NPS" + token).At("rows/0");
    EXPECT_EQ(row.Int("responses"), 1) << row.Dump();
    EXPECT_EQ(row.Number("score"), side.score == 10 ? 100 : -100) << row.Dump();
    EXPECT_EQ(side.api.Get("/v1/cases?pageSize=50" + token).Size("cases"), side.score == 10 ? 0u : 1u);
    EXPECT_EQ(side.api.Get("/v1/customers/" + side.other + "/history?pageSize=50" + token).Size("entries"), 0u);
  }
}

TEST_F(AccessTest, APublishableKeyLeavesFeedbackFromAnyPageAndReadsNothing) {
  const Json made = api_.Post("/v1/keys", R"({"keyId":"web","principal":"web","kind":"PUBLISHABLE"})");
  HttpClient page(suite_->url(), made.String("secret"));
  const Answer left = page.Post("/v1/feedback", R"({"feedbackId":"f1","comment":"Nhân viên nhiệt tình"})",
                                {{"Origin", "https://shop.example"}});
  EXPECT_THAT(left, HasCode(200));
  EXPECT_EQ(left.headers.at("access-control-allow-origin"), "*");
  for (const char* path : {"/v1/responses", "/v1/responses/f1", "/v1/customers", "/v1/scores?metric=NPS", "/v1/keys"}) {
    const Answer refused = page.Get(path);
    EXPECT_THAT(refused, HasCode(403)) << path;
    EXPECT_EQ(refused.reason(), "NOT_PUBLISHABLE") << path;
    EXPECT_EQ(refused.headers.count("access-control-allow-origin"), 0u) << path;
  }
}

TEST_F(AccessTest, TheCommandLineMakesReplacesAndTakesBackKeysAndTenants) {
  const auto first_line = [](const std::string& text) {
    for (size_t at = 0; (at = text.find("hk_", at)) != std::string::npos;)
      return text.substr(at, text.find('\n', at) - at);
    return std::string();
  };
  suite_->OperatorKey();
  const std::string shop = "shop-" + tenant_;
  const Finished made = suite_->Cli({"tenant", "create", shop, "--name", "Nhà Én"});
  ASSERT_EQ(made.status, 0) << made.output;
  EXPECT_THAT(HttpClient(suite_->url(), first_line(made.output)).Get("/v1/keys"), HasCode(200));
  EXPECT_NE(suite_->Cli({"tenant", "list"}).output.find("Nhà Én"), std::string::npos);
  EXPECT_EQ(suite_->Cli({"tenant", "suspend", shop, "--reason", "nợ phí"}).status, 0);
  EXPECT_NE(suite_->Cli({"tenant", "list"}).output.find("nợ phí"), std::string::npos);
  EXPECT_EQ(suite_->Cli({"tenant", "resume", shop}).status, 0);
  EXPECT_EQ(suite_->Cli({"tenant", "issue-key", shop, "again"}).status, 0);
  EXPECT_NE(suite_->Cli({"tenant", "suspend", shop}).status, 0) << "without a reason";

  const Finished key = suite_->Cli({"key", "create", "crm-" + tenant_, "--role", "INTEGRATION"});
  ASSERT_EQ(key.status, 0) << key.output;
  EXPECT_THAT(HttpClient(suite_->url(), first_line(key.output)).Get("/v1/customers"), HasCode(200));
  const Finished test = suite_->Cli({"key", "create", "try-" + tenant_, "--role", "analyst", "--test"});
  EXPECT_EQ(first_line(test.output).substr(0, 8), "hk_test_") << test.output;
  const Finished open = suite_->Cli({"key", "create", "web-" + tenant_, "--publishable"});
  EXPECT_EQ(first_line(open.output).substr(0, 7), "hk_pub_") << open.output;
  EXPECT_EQ(suite_->Cli({"key", "rotate", "crm-" + tenant_, "crm2-" + tenant_, "--overlap", "1h"}).status, 0);
  EXPECT_EQ(suite_->Cli({"key", "revoke", "crm-" + tenant_}).status, 0);
  const std::string list = suite_->Cli({"key", "list"}).output;
  for (const char* word : {"INTEGRATION", "ANALYST", "hk_pub_"}) EXPECT_NE(list.find(word), std::string::npos) << list;
  EXPECT_NE(suite_->Cli({"key", "create", "x", "--role", "KING"}).status, 0);
}

TEST_F(AccessTest, AnUnknownForgedOrUsedLinkOpensNothing) {
  const Json survey = api_.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const std::string question = survey.String("questions/0/questionId");
  HttpClient browser(suite_->url(), "");
  for (const char* token : {"AAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "..%2f..%2fetc",
                            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_THAT(browser.Get(std::string("/s/") + token), HasCode(404)) << token;
    EXPECT_THAT(browser.Post(std::string("/s/") + token, question + "=1",
                             {{"Content-Type", "application/x-www-form-urlencoded"}}),
                HasCode(404))
        << token;
  }
  const auto buy = [&](const std::string& id, const std::string& who) {
    return api_.Post("/v1/interactions", absl::StrCat(R"({"interactionId":")", id, R"(","customerId":")", who,
                                                      R"(","type":"PURCHASE","occurredAt":")", Rfc3339(Now()), "\"}"));
  };
  // Used: answered by the CRM, which is an answer to the end.
  const Json used = buy("o1", "lan");
  const std::string path = PathOf(used.String("dispatch/0/link"));
  api_.Post("/v1/responses", absl::StrCat(R"({"responseId":"r1","score":9,"invitationId":")",
                                          used.String("dispatch/0/invitation"), "\"}"));
  const Answer again = browser.Post(path, question + "=0", {{"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_THAT(again, HasCode(410));
  EXPECT_EQ(api_.Get("/v1/responses/r1").Int("score"), 9);
  EXPECT_EQ(api_.Get("/v1/responses").Size("responses"), 1u);
  // Withdrawn with its interaction.
  const Json voided = buy("o2", "minh");
  api_.Post("/v1/interactions/o2:void", R"({"reason":"returned"})");
  EXPECT_EQ(api_.List("/v1/surveys/nps/invitations", "invitations").size(), 2u);
  EXPECT_EQ(browser
                .Post(PathOf(voided.String("dispatch/0/link")), question + "=0",
                      {{"Content-Type", "application/x-www-form-urlencoded"}})
                .code,
            410);
  EXPECT_EQ(api_.Get("/v1/responses").Size("responses"), 1u);
  // Bad fields change nothing and are told on the page.
  const Json open = buy("o3", "hoa");
  const std::string open_path = PathOf(open.String("dispatch/0/link"));
  for (const std::string& body :
       std::vector<std::string>{question + "=11", question + "=x", std::string(), std::string("nope=1"),
                                question + "=%ff", std::string(2 << 20, 'a')}) {
    const Answer refused = browser.Post(open_path, body, {{"Content-Type", "application/x-www-form-urlencoded"}});
    EXPECT_TRUE(refused.code == 400 || refused.code == 413) << body.substr(0, 40) << " " << refused;
    if (refused.code == 400) {
      EXPECT_EQ(refused.headers.at("content-type").substr(0, 9), "text/html") << body.substr(0, 40);
    }
  }
  EXPECT_EQ(api_.Get("/v1/responses").Size("responses"), 1u);
  // What a customer wrote is shown as text.
  const std::string evil = "<script>alert(1)</script>";
  const Form form = FormOf(browser.Get(open_path).body, open_path);
  std::map<std::string, std::string> fields = {{question, "7"}};
  for (const std::string& name : form.names)
    if (name != question && name.find("comment") != std::string::npos) fields[name] = evil;
  const Answer done = Submit(browser, form, fields);
  EXPECT_EQ(done.body.find(evil), std::string::npos);
  EXPECT_EQ(browser.Get(open_path).body.find(evil), std::string::npos);
}

TEST_F(AccessTest, NothingSecretIsInTheLogs) {
  api_.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const Json bought = api_.Post(
      "/v1/interactions",
      R"({"interactionId":"o1","customerId":"lan","type":"PURCHASE","occurredAt":")" + Rfc3339(Now()) +
          R"(","customer":{"displayName":"Planted Name 7731","email":"planted7731@nhaen.example","phone":"0900007731"}})");
  const std::string path = PathOf(bought.String("dispatch/0/link"));
  HttpClient browser(suite_->url(), "");
  browser.Get(path);
  api_.Post("/v1/responses",
            R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":1,"comment":"planted words 7731"})");
  api_.http().Post("/v1/responses", R"({"responseId":"r2","metric":"NPS","score":99,"comment":"planted words 7731"})");
  const std::string key = Key("k", R"("customers.read")");
  for (const char* name : {"survey", "scoring", "loop", "gateway"}) {
    const std::string log = suite_->Log(name);
    for (const std::string& secret :
         std::vector<std::string>{std::string("7731"), key.substr(3), path.substr(3), std::string("hoiam:hoiam")})
      EXPECT_EQ(log.find(secret), std::string::npos) << name << " logged " << secret;
  }
}

}  // namespace
}  // namespace hoiam::testing
