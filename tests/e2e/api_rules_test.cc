// The rules of api.md that hold for every call: batches, ids, retries, PATCH, paths, pages, filters.
#include <gtest/gtest.h>

#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::ElementsAre;

class ApiRulesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  ApiRulesTest()
      : key_(suite_->MakeTenant("t" + std::to_string(++tenants_))),
        api_(HttpClient(suite_->url(), key_)),
        http_(api_.http()) {}

  std::string Interaction(const std::string& id, const std::string& more = "") {
    return absl::StrCat(R"({"interactionId":")", id, R"(","customerId":"lan","type":"PURCHASE","occurredAt":")",
                        Rfc3339(at_), "\"", more, "}");
  }

  static Suite* suite_;
  static int tenants_;
  const absl::Time at_ = Now() - absl::Hours(1);
  const std::string key_;
  Api api_;
  HttpClient& http_;
};

Suite* ApiRulesTest::suite_ = nullptr;
int ApiRulesTest::tenants_ = 0;

TEST_F(ApiRulesTest, OneBadItemOfABatchNeverFailsTheOthers) {
  const std::string at = Rfc3339(at_);
  const Json batch = api_.Post(
      "/v1/interactions:batchRecord",
      absl::StrCat(
          R"({"effects":"RECORD_ONLY","interactions":[)", Interaction("good-1"), ",",
          Interaction("bad-1", R"(,"colour":1)"), ",",
          R"({"interactionId":"bad-2","customerId":"lan","type":"PURCHASE","occurredAt":"1980-01-01T00:00:00Z"})", ",",
          "7", ",", R"({"interactionId":"bad-3","customerId":"lan","type":"PURCHASE","occurredAt":"never"})", ",",
          Interaction("good-2"), "]}"));
  ASSERT_EQ(batch.Size("results"), 6u) << batch.Dump();
  for (const int good : {0, 5}) EXPECT_EQ(batch.Int(absl::StrCat("results/", good, "/status/code")), 0) << batch.Dump();
  for (const int bad : {1, 2, 3, 4})
    EXPECT_EQ(batch.Int(absl::StrCat("results/", bad, "/status/code")), 3) << batch.Dump();
  EXPECT_EQ(batch.String("results/0/interactionId"), "good-1");
  EXPECT_EQ(batch.String("results/2/interactionId"), "bad-2");
  for (const char* id : {"good-1", "good-2"})
    EXPECT_EQ(http_.Get(std::string("/v1/interactions/") + id).code, 200) << id;
  for (const char* id : {"bad-1", "bad-2", "bad-3"})
    EXPECT_EQ(http_.Get(std::string("/v1/interactions/") + id).code, 404) << id;

  const Json answers = api_.Post(
      "/v1/responses:batchImport",
      R"({"responses":[{"responseId":"a","metric":"NPS","score":11},{"responseId":"b","metric":"NPS","score":10},)"
      R"({"responseId":"b","metric":"NPS","score":10},{"responseId":"b","metric":"NPS","score":9}]})");
  EXPECT_EQ(answers.Int("results/0/status/code"), 3);
  EXPECT_EQ(answers.Int("results/1/status/code"), 0);
  EXPECT_EQ(answers.Int("results/2/status/code"), 0) << "the same again";
  EXPECT_EQ(answers.Int("results/3/status/code"), 6) << "another body with that id";
  EXPECT_EQ(api_.Get("/v1/responses").Size("responses"), 1u);

  const Json customers =
      api_.Post("/v1/customers:batchUpsert",
                R"({"customers":[{"customerId":"hoa","segment":"VIP"},{"customerId":"."},{"segment":"x"}]})");
  EXPECT_EQ(customers.Int("results/0/status/code"), 0);
  EXPECT_EQ(customers.Int("results/1/status/code"), 3);
  EXPECT_EQ(customers.Int("results/2/status/code"), 3);
}

TEST_F(ApiRulesTest, ARepeatedIdIsTheSameSuccessOrAConflict) {
  const std::string body =
      R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":2,"comment":"x","respondedAt":")" + Rfc3339(at_) +
      "\"}";
  const Json first = api_.Post("/v1/responses", body);
  EXPECT_EQ(api_.Post("/v1/responses", body).Dump("response"), first.Dump("response"));
  EXPECT_THAT(http_.Post("/v1/responses", R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":3})"),
              IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));
  const Json bought = api_.Post("/v1/interactions", Interaction("o1", R"(,"amount":"10.50","currency":"VND")"));
  EXPECT_EQ(
      api_.Post("/v1/interactions", Interaction("o1", R"(,"amount":"10.5","currency":"VND")")).Dump("interaction"),
      bought.Dump("interaction"))
      << "the same amount";
  EXPECT_THAT(http_.Post("/v1/interactions", Interaction("o1", R"(,"amount":"10.51","currency":"VND")")),
              IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));
  const Json survey = api_.Post("/v1/surveys?surveyId=s1", R"({"metric":"NPS","template":"nps"})");
  EXPECT_EQ(api_.Post("/v1/surveys?surveyId=s1", R"({"metric":"NPS","template":"nps"})").Dump(), survey.Dump());
  EXPECT_THAT(http_.Post("/v1/surveys?surveyId=s1", R"({"metric":"CSAT","template":"csat"})"),
              IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));
  EXPECT_EQ(api_.Get("/v1/responses").Size("responses"), 1u);
  EXPECT_EQ(api_.Get("/v1/cases?consistencyToken=" + Escape(api_.token())).Size("cases"), 1u);
}

TEST_F(ApiRulesTest, AnIdempotencyKeyReplaysItsAnswerAndRefusesAnotherPayload) {
  const std::string body = R"({"metric":"NPS","score":2,"responseId":"r1"})";
  const Answer first = http_.Post("/v1/responses", body, {{"Idempotency-Key", "k-1"}});
  ASSERT_THAT(first, HasCode(200));
  EXPECT_EQ(first.headers.count("idempotency-replayed"), 0u);
  const Answer again =
      http_.Post("/v1/responses", R"({"responseId":"r1", "score":2, "metric":"NPS"})", {{"Idempotency-Key", "k-1"}});
  ASSERT_THAT(again, HasCode(200));
  EXPECT_EQ(again.headers.count("idempotency-replayed") ? again.headers.at("idempotency-replayed") : "", "true")
      << again;
  EXPECT_EQ(again.json().Dump("response"), first.json().Dump("response"));
  EXPECT_THAT(
      http_.Post("/v1/responses", R"({"responseId":"r2","metric":"NPS","score":2})", {{"Idempotency-Key", "k-1"}}),
      HasCode(422));
  EXPECT_EQ(http_.Post("/v1/responses", R"({"responseId":"r2","metric":"NPS","score":2})", {{"Idempotency-Key", "k-1"}})
                .reason(),
            "IDEMPOTENCY_KEY_REUSED");
  EXPECT_EQ(http_.Get("/v1/responses/r2").code, 404);
  // A PATCH that is replayed is not applied again.
  api_.Patch("/v1/customers/lan?allowMissing=true", R"({"segment":"a"})");
  ASSERT_THAT(http_.Patch("/v1/customers/lan", R"({"segment":"b"})", {{"Idempotency-Key", "k-2"}}), HasCode(200));
  api_.Patch("/v1/customers/lan", R"({"segment":"c"})");
  EXPECT_EQ(
      http_.Patch("/v1/customers/lan", R"({"segment":"b"})", {{"Idempotency-Key", "k-2"}}).json().String("segment"),
      "b");
  EXPECT_EQ(api_.Get("/v1/customers/lan").String("segment"), "c");
  // A key's secret is shown once.
  const std::string make = R"({"keyId":"till","principal":"till","scopes":["interactions.write"]})";
  const Answer secret = http_.Post("/v1/keys", make, {{"Idempotency-Key", "k-3"}});
  ASSERT_THAT(secret, HasCode(200));
  EXPECT_THAT(secret.json().String("secret"), ::testing::StartsWith("hk_"));
  const Answer replay = http_.Post("/v1/keys", make, {{"Idempotency-Key", "k-3"}});
  ASSERT_THAT(replay, HasCode(200));
  EXPECT_EQ(replay.json().String("secret"), "");
  // Refused calls are not remembered.
  EXPECT_EQ(
      http_.Post("/v1/responses", R"({"responseId":"r9","metric":"NPS","score":99})", {{"Idempotency-Key", "k-4"}})
          .code,
      400);
  EXPECT_EQ(
      http_.Post("/v1/responses", R"({"responseId":"r9","metric":"NPS","score":9})", {{"Idempotency-Key", "k-4"}}).code,
      200);
}

TEST_F(ApiRulesTest, PatchSetsWhatIsPresentAndAMaskReplacesProperties) {
  api_.Patch("/v1/customers/lan?allowMissing=true",
             R"({"segment":"VIP","givenName":"Lan","properties":{"city":"Vinh","visits":3}})");
  Json c = api_.Patch("/v1/customers/lan", R"({"properties":{"visits":4,"app":true}})");
  EXPECT_EQ(c.String("segment"), "VIP");
  EXPECT_THAT(c.Names("properties"), ElementsAre("app", "city", "visits")) << "merged by key";
  EXPECT_EQ(c.Number("properties/visits"), 4);
  c = api_.Patch("/v1/customers/lan?updateMask=properties", R"({"properties":{"city":"Huế"},"givenName":"ignored"})");
  EXPECT_THAT(c.Names("properties"), ElementsAre("city")) << "the whole map";
  EXPECT_EQ(c.String("givenName"), "Lan") << "not in the mask";
  c = api_.Patch("/v1/customers/lan?updateMask=segment", "{}");
  EXPECT_EQ(c.String("segment"), "") << "in the mask and absent: cleared";
  EXPECT_EQ(c.String("givenName"), "Lan");
  EXPECT_THAT(http_.Patch("/v1/customers/nobody", R"({"segment":"a"})"), HasCode(404));
  EXPECT_THAT(http_.Get("/v1/customers/nobody"), HasCode(404));
}

TEST_F(ApiRulesTest, IdsWithSlashesColonsAndPercentSignsAreOneSegment) {
  for (const std::string id :
       {"a/b", "a:b", "50%", "a b+c", "đơn hàng 1", "x:void", "batchUpsert", "?q#f", "\"quoted\"", "..."}) {
    SCOPED_TRACE(id);
    const std::string path = "/v1/customers/" + Escape(id);
    const Json made = api_.Patch(path + "?allowMissing=true", R"({"segment":"s"})");
    EXPECT_EQ(made.String("customerId"), id);
    EXPECT_EQ(api_.Get(path).String("customerId"), id);
    EXPECT_EQ(api_.Post(path + ":unsubscribe", R"({"reason":"said so"})").String("customer/customerId"), id);
  }
  api_.Post("/v1/interactions",
            R"({"interactionId":"o/1:2","customerId":"a/b","type":"PURCHASE","occurredAt":")" + Rfc3339(at_) + "\"}");
  EXPECT_EQ(api_.Get("/v1/interactions/o%2F1%3A2").String("interactionId"), "o/1:2");
  EXPECT_TRUE(api_.Post("/v1/interactions/o%2F1%3A2:void", R"({"reason":"x"})").Bool("interaction/voided"));
  EXPECT_THAT(http_.Get("/v1/customers/a/b"), HasCode(404)) << "another path";
  EXPECT_THAT(http_.Get("/v1/customers/%zz"), HasCode(400));
  EXPECT_THAT(http_.Get("/v1/customers/%ff"), HasCode(400)) << "not UTF-8";
}

TEST_F(ApiRulesTest, UnknownPathsAndMethodsAreJsonErrors) {
  for (const char* path : {"/v1/nothing", "/v1", "/v2/customers", "/v1/customers/lan:fly", "/v1/customers/"}) {
    const Answer answer = http_.Get(path);
    EXPECT_TRUE(answer.code == 404 || answer.code == 400 || answer.code == 405) << path << " " << answer;
    EXPECT_TRUE(answer.json().Has("error/message")) << path << " " << answer;
  }
  const Answer wrong = http_.Send("DELETE", "/v1/customers/lan", "", {});
  EXPECT_TRUE(wrong.code == 404 || wrong.code == 405) << wrong;
}

TEST_F(ApiRulesTest, PageTokensAreBoundToTheirQuery) {
  for (int i = 0; i < 5; ++i)
    api_.Post("/v1/responses", absl::StrCat(R"({"responseId":"r)", i, R"(","metric":"NPS","score":)", i, "}"));
  const Json page = api_.Get("/v1/responses?pageSize=2");
  const std::string token = page.String("nextPageToken");
  ASSERT_FALSE(token.empty());
  EXPECT_EQ(api_.List("/v1/responses", "responses", 2).size(), 5u);
  EXPECT_THAT(http_.Get("/v1/responses?pageSize=2&filter=" + Escape("score = 1") + "&pageToken=" + Escape(token)),
              HasCode(400));
  EXPECT_THAT(http_.Get("/v1/customers?pageToken=" + Escape(token)), HasCode(400)) << "of another list";
  std::string forged = token;
  forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_THAT(http_.Get("/v1/responses?pageToken=" + Escape(forged)), HasCode(400));
}

TEST_F(ApiRulesTest, CustomersAreListedByTheirLastChangeAndFoundByPhoneAndMail) {
  for (int i = 0; i < 5; ++i)
    api_.Patch(absl::StrCat("/v1/customers/c", i, "?allowMissing=true"),
               absl::StrCat(R"({"phone":"091200000)", i, R"(","email":"c)", i, R"(@nhaen.example"})"));
  api_.Patch("/v1/customers/c1", R"({"segment":"VIP"})");
  std::vector<std::string> ids;
  absl::Time last = absl::InfinitePast();
  for (const Json& c : api_.List("/v1/customers", "customers", 2)) {
    ids.push_back(c.String("customerId"));
    EXPECT_GE(c.Time("updateTime"), last);
    last = c.Time("updateTime");
  }
  EXPECT_THAT(ids, ElementsAre("c0", "c2", "c3", "c4", "c1"));
  const auto found = [&](const std::string& filter) {
    const Json page = api_.Get("/v1/customers?filter=" + Escape(filter));
    return page.Size("customers") == 1 ? page.String("customers/0/customerId")
                                       : absl::StrCat(page.Size("customers"), " customers");
  };
  EXPECT_EQ(found("phone = \"0912000003\""), "c3");
  EXPECT_EQ(found("email = \"c4@nhaen.example\""), "c4");
  EXPECT_EQ(found("segment = \"VIP\""), "c1");
  EXPECT_EQ(found("update_time >= \"" + Rfc3339(last) + "\""), "c1");
}

TEST_F(ApiRulesTest, ARepeatedQueryValueMayBeGivenEitherWay) {
  api_.Post("/v1/interactions", Interaction("o1"));
  api_.Post("/v1/responses", R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":9})");
  const std::string token = "&consistencyToken=" + Escape(api_.token());
  EXPECT_EQ(api_.Get("/v1/customers/lan/history?kinds=INTERACTION&kinds=RESPONSE" + token).Size("entries"), 2u);
  EXPECT_EQ(api_.Get("/v1/customers/lan/history?kinds=INTERACTION,RESPONSE" + token).Size("entries"), 2u);
  EXPECT_EQ(api_.Get("/v1/scores?metric=NPS&groupBy=touchpoint,segment" + token).Size("rows/0/group"), 2u);
}

TEST_F(ApiRulesTest, AnIdempotencyKeyIsTheSameOnBothPorts) {
  EXPECT_THAT(
      http_.Post("/v1/responses", R"({"responseId":"r1","metric":"NPS","score":2})", {{"Idempotency-Key", "k"}}),
      HasCode(200));
  const auto stub = survey::v1::ResponseService::NewStub(suite_->Channel());
  const auto call = [&](int score) {
    grpc::ClientContext context;
    Suite::Authorize(context, key_);
    context.AddMetadata("idempotency-key", "k");
    survey::v1::CreateResponseRequest q;
    q.set_response_id("r1");
    q.set_metric("NPS");
    q.set_score(score);
    survey::v1::CreateResponseResponse r;
    return stub->CreateResponse(&context, q, &r);
  };
  EXPECT_TRUE(call(2).ok()) << "the same payload: a replay";
  EXPECT_THAT(call(3).error_details(), ::testing::HasSubstr("IDEMPOTENCY_KEY_REUSED"));
}

TEST_F(ApiRulesTest, FiltersChooseByFieldAndOperator) {
  for (int i = 0; i <= 10; ++i)
    api_.Post("/v1/responses", absl::StrCat(R"({"responseId":"r)", i, R"(","customerId":"c)", i % 2,
                                            R"(","metric":"NPS","score":)", i, "}"));
  const auto count = [&](const std::string& filter) {
    return api_.Get("/v1/responses?filter=" + Escape(filter)).Size("responses");
  };
  EXPECT_EQ(count("score < 7"), 7u);
  EXPECT_EQ(count("score >= 7 AND score <= 8"), 2u);
  EXPECT_EQ(count("score = 0 OR score = 10"), 2u);
  EXPECT_EQ(count("metric = \"NPS\" AND (score = 1 OR score = 2) AND customer = \"c1\""), 1u);
  EXPECT_EQ(count("score != 5"), 10u);
  EXPECT_EQ(count("metric = \"CSAT\""), 0u);
  EXPECT_EQ(count("customer = \"c1\\\" OR 1 = 1 --\""), 0u) << "a value is only a value";
}

}  // namespace
}  // namespace hoiam::testing
