// What must be refused: each bad input gets the error that api.md describes, with field and reason, and changes
// nothing.
#include <gtest/gtest.h>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class BadInputTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  BadInputTest()
      : key_(suite_->MakeTenant("t" + std::to_string(++tenants_))),
        api_(HttpClient(suite_->url(), key_)),
        http_(api_.http()) {}

  // Everything that a tenant has, as its own callers see it.
  std::string Everything() {
    std::string all;
    for (const auto& [path, field] :
         std::initializer_list<std::pair<std::string, std::string>>{{"/v1/customers", "customers"},
                                                                    {"/v1/responses", "responses"},
                                                                    {"/v1/surveys", "surveys"},
                                                                    {"/v1/cases", "cases"},
                                                                    {"/v1/keys", "keys"}}) {
      const Json list = api_.Get(path);
      for (Json item : list.Items(field)) all += item.Has("lastUsedTime") ? item.String("keyId") : item.Dump() + "\n";
    }
    return all;
  }

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

Suite* BadInputTest::suite_ = nullptr;
int BadInputTest::tenants_ = 0;

TEST_F(BadInputTest, EachMistakeIsNamedByFieldAndReasonAndChangesNothing) {
  api_.Post("/v1/interactions", Interaction("o1"));
  api_.Post("/v1/responses", R"({"responseId":"r1","customerId":"lan","metric":"NPS","score":9})");
  const std::string before = Everything();
  const std::string future = Rfc3339(Now() + absl::Hours(2)), past = "1999-12-31T23:59:59Z", at = Rfc3339(at_);
  const struct {
    const char* method;
    std::string path, body, reason, field;
  } cases[] = {
      // Answers.
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":11})", "SCORE_OUT_OF_RANGE", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":-1})", "SCORE_OUT_OF_RANGE", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"CSAT","score":0})", "SCORE_OUT_OF_RANGE", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"CSAT","score":6})", "SCORE_OUT_OF_RANGE", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"CES","score":0})", "SCORE_OUT_OF_RANGE", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"CES","score":8})", "SCORE_OUT_OF_RANGE", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"HAPPY","score":3})", "*", "metric"},
      {"POST", "/v1/responses", R"({"responseId":"x","score":3})", "*", "metric"},
      {"POST", "/v1/responses", R"({"metric":"NPS","score":3})", "REQUIRED", "responseId"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":"three"})", "*", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3.5})", "*", "score"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":99999999999})", "*", "score"},
      {"POST", "/v1/responses", R"({"responseId":7,"metric":"NPS","score":3})", "*", "responseId"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"colour":"red"})", "UNKNOWN_FIELD",
       "colour"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"voided":true})", "UNKNOWN_FIELD",
       "voided"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"respondedAt":")" + future + "\"}", "*",
       "respondedAt"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"respondedAt":")" + past + "\"}", "*",
       "respondedAt"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"respondedAt":"yesterday"})", "*",
       "respondedAt"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"respondedAt":"2026-02-30T00:00:00Z"})",
       "*", "respondedAt"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"surveyId":"nope"})", "*", "surveyId"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"invitationId":"nope"})", "*",
       "invitationId"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"interactionId":"nope"})", "*",
       "interactionId"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"language":"not a language"})", "*",
       "language"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"collectedBy":"ROBOT"})", "*",
       "collectedBy"},
      {"POST", "/v1/responses", R"({"responseId":"x","metric":"NPS","score":3,"effects":"RECORD_ONLY"})", "*",
       "effects"},
      {"POST", "/v1/responses",
       R"({"responseId":"x","metric":"NPS","score":3,"comment":")" + std::string(4001, 'a') + "\"}", "*", "comment"},
      {"POST", "/v1/responses", R"({"responseId":"..","metric":"NPS","score":3})", "INVALID_ID", "responseId"},
      {"POST", "/v1/responses", R"({"responseId":"a\u0001b","metric":"NPS","score":3})", "INVALID_ID", "responseId"},
      {"POST", "/v1/responses", R"({"responseId":")" + std::string(129, 'a') + R"(","metric":"NPS","score":3})",
       "INVALID_ID", "responseId"},
      {"PATCH", "/v1/responses/r1", R"({"score":11})", "SCORE_OUT_OF_RANGE", "score"},
      {"PATCH", "/v1/responses/r1", R"({"customerId":"other"})", "*", ""},
      {"PATCH", "/v1/responses/r1?updateMask=", R"({"score":3})", "*", "updateMask"},
      {"PATCH", "/v1/responses/r1?updateMask=metric", R"({"metric":"CSAT"})", "*", ""},
      {"PATCH", "/v1/responses/r1", R"({"responseId":"r2","score":3})", "*", "responseId"},
      {"POST", "/v1/responses/r1:void", "{}", "REQUIRED", "reason"},
      // Interactions.
      {"POST", "/v1/interactions", Interaction("x", R"(,"amount":"12.1234567","currency":"VND")"), "*", "amount"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"amount":"1234567890123456789","currency":"VND")"), "*",
       "amount"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"amount":"NaN","currency":"VND")"), "*", "amount"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"amount":"1e5","currency":"VND")"), "*", "amount"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"amount":12,"currency":"VND")"), "*", "amount"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"amount":"12")"), "*", "currency"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"amount":"12","currency":"vnd")"), "*", "currency"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"channel":"Not A Slug")"), "*", "channel"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"properties":{"a":{"b":1}})"), "*", "properties.a"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"properties":{"a":[1]})"), "*", "properties.a"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"customer":{"customerId":"other"})"), "*",
       "customer.customerId"},
      {"POST", "/v1/interactions", Interaction("x", R"(,"customer":{"email":"a@b\r\nBcc: c@d"})"), "*",
       "customer.email"},
      {"POST", "/v1/interactions", R"({"interactionId":"x","customerId":"lan","type":"PURCHASE"})", "REQUIRED",
       "occurredAt"},
      {"POST", "/v1/interactions", R"({"interactionId":"x","customerId":"lan","occurredAt":")" + at + "\"}", "REQUIRED",
       "type"},
      {"POST", "/v1/interactions",
       R"({"interactionId":"x","customerId":"lan","type":"buy it","occurredAt":")" + at + "\"}", "INVALID_TYPE",
       "type"},
      {"POST", "/v1/interactions", R"({"interactionId":"x","type":"PURCHASE","occurredAt":")" + at + "\"}", "REQUIRED",
       "customerId"},
      {"POST", "/v1/interactions",
       R"({"interactionId":"x","customerId":"lan","type":"PURCHASE","occurredAt":")" + future + "\"}", "*",
       "occurredAt"},
      {"POST", "/v1/interactions",
       R"({"interactionId":"x","customerId":"lan","type":"PURCHASE","occurredAt":")" + past + "\"}", "*", "occurredAt"},
      {"POST", "/v1/interactions/o1:void", R"({"reason":""})", "REQUIRED", "reason"},
      // Customers.
      {"PATCH", "/v1/customers/lan", R"({"displayName":"a\u0007b"})", "*", "displayName"},
      {"PATCH", "/v1/customers/lan", R"({"displayName":")" + std::string(257, 'a') + "\"}", "TOO_LONG", "displayName"},
      {"PATCH", "/v1/customers/lan", R"({"email":"no mail"})", "*", "email"},
      {"PATCH", "/v1/customers/lan", R"({"timeZone":"Mars/Base"})", "*", "timeZone"},
      {"PATCH", "/v1/customers/lan", R"({"locale":"klingon!"})", "*", "locale"},
      {"PATCH", "/v1/customers/lan", R"({"segment":")" + std::string(65, 'a') + "\"}", "TOO_LONG", "segment"},
      {"PATCH", "/v1/customers/lan", R"({"lifecycle":"DEAD"})", "*", "lifecycle"},
      {"PATCH", "/v1/customers/lan", R"({"customerId":"other"})", "*", "customerId"},
      {"PATCH", "/v1/customers/lan?updateMask=", R"({"segment":"a"})", "*", "updateMask"},
      {"PATCH", "/v1/customers/lan?updateMask=properties.city", R"({"properties":{"city":"x"}})", "*", "updateMask"},
      {"PATCH", "/v1/customers/lan?updateMask=colour", R"({"segment":"a"})", "*", "updateMask"},
      {"PATCH", "/v1/customers/lan?updateMask=revision", R"({"segment":"a"})", "*", ""},
      {"PATCH", "/v1/customers/lan?allowMissing=maybe", R"({"segment":"a"})", "*", "allowMissing"},
      // Surveys.
      {"POST", "/v1/surveys?surveyId=Bad%20Id", R"({"metric":"NPS","template":"nps"})", "INVALID_SLUG", "surveyId"},
      {"POST", "/v1/surveys", R"({"metric":"NPS","template":"nps"})", "REQUIRED", "surveyId"},
      {"POST", "/v1/surveys?surveyId=x", R"({"metric":"JOY","template":"nps"})", "*", "metric"},
      {"POST", "/v1/surveys?surveyId=x", R"({"metric":"NPS","template":"nope"})", "*", "template"},
      {"POST", "/v1/surveys?surveyId=x", R"({"metric":"NPS","template":"nps","trigger":{"samplePercent":101}})", "*",
       "trigger.samplePercent"},
      {"POST", "/v1/surveys?surveyId=x", R"({"metric":"NPS","template":"nps","trigger":{"delay":"-60s"}})", "*",
       "trigger.delay"},
      {"POST", "/v1/surveys?surveyId=x", R"({"metric":"NPS","template":"nps","channels":["PIGEON"]})", "*",
       "channels[0]"},
      {"POST", "/v1/surveys?surveyId=x", R"({"metric":"NPS","questions":[{"questionId":"q","type":"CSAT"}]})", "*", ""},
      {"POST", "/v1/surveys?surveyId=x", R"({"surveyId":"y","metric":"NPS","template":"nps"})", "*", "surveyId"},
      // Reads.
      {"GET", "/v1/customers?pageSize=1001", "", "*", "pageSize"},
      {"GET", "/v1/customers?pageSize=-1", "", "*", "pageSize"},
      {"GET", "/v1/customers?pageSize=ten", "", "*", "pageSize"},
      {"GET", "/v1/customers?pageToken=Zm9yZ2Vk", "", "*", "pageToken"},
      {"GET", "/v1/customers?colour=red", "", "*", "colour"},
      {"GET", "/v1/customers?filter=" + Escape("phone ~ 1"), "", "*", "filter"},
      {"GET", "/v1/customers?filter=" + Escape("(phone = \"1\""), "", "*", "filter"},
      {"GET", "/v1/customers?filter=" + Escape("shoe = \"1\""), "", "*", "filter"},
      {"GET", "/v1/responses?filter=" + Escape("score = \"x\""), "", "*", "filter"},
      {"GET", "/v1/cases?filter=" + Escape("state = NEWISH"), "", "*", "filter"},
      {"GET", "/v1/cases?consistencyToken=!!!", "", "*", "consistencyToken"},
      {"GET", "/v1/scores", "", "*", "metric"},
      {"GET", "/v1/scores?metric=JOY", "", "*", "metric"},
      {"GET", "/v1/scores?metric=NPS&interval=HOUR", "", "*", "interval"},
      {"GET", "/v1/scores?metric=NPS&groupBy=shoe", "", "*", "groupBy"},
      {"GET", "/v1/scores?metric=NPS&timeZone=Mars", "", "*", "timeZone"},
      {"GET", "/v1/scores?metric=NPS&startTime=2026-02-01T00:00:00Z&endTime=2026-01-01T00:00:00Z", "", "*", ""},
      {"GET", "/v1/scores?metric=NPS&metric=CSAT", "", "*", "metric"},
      {"GET", "/v1/customers/lan/history?kinds=DREAM", "", "*", "kinds"},
  };
  for (const auto& c : cases) {
    const Answer answer = http_.Send(c.method, c.path, c.body, {});
    SCOPED_TRACE(absl::StrCat(c.method, " ", c.path, " ", c.body.substr(0, 300), "\n→ HTTP ", answer.code, " ",
                              answer.body.substr(0, 700)));
    EXPECT_EQ(answer.code, 400);
    EXPECT_EQ(answer.status(), "INVALID_ARGUMENT");
    EXPECT_TRUE(c.reason == "*" ? !answer.reason().empty() : answer.reason() == c.reason) << "wanted " << c.reason;
    if (c.field.empty()) continue;
    EXPECT_THAT(answer.fields(), Contains(::testing::StartsWith(c.field)));
    EXPECT_FALSE(answer.json().String("error/message").empty());
    EXPECT_FALSE(answer.headers.count("x-request-id") == 0);
  }
  EXPECT_EQ(Everything(), before);
}

TEST_F(BadInputTest, AllViolationsOfABodyAreToldAtOnce) {
  const Answer shape = http_.Post("/v1/responses", R"({"responseId":5,"colour":1,"score":"x","comment":[]})");
  EXPECT_THAT(shape, HasCode(400));
  EXPECT_THAT(shape.fields(), ElementsAre("colour", "comment", "responseId", "score"));
  const Answer meaning = http_.Post(
      "/v1/responses", R"({"responseId":"..","metric":"NPS","score":12,"respondedAt":"1990-01-01T00:00:00Z"})");
  EXPECT_THAT(meaning.fields(), ElementsAre("respondedAt", "responseId", "score")) << meaning;
  const Answer nested = http_.Post("/v1/interactions:batchRecord", R"({"effects":"NONE","interactions":[],"more":1})");
  EXPECT_THAT(nested.fields(), Contains("effects"));
  EXPECT_THAT(nested.fields(), Contains("more"));
}

TEST_F(BadInputTest, TheDetailsAreGooglesErrorModel) {
  const Json e = http_.Post("/v1/responses", R"({"responseId":"x","metric":"NPS","score":11})").json();
  EXPECT_EQ(e.Int("error/code"), 400);
  EXPECT_EQ(e.String("error/status"), "INVALID_ARGUMENT");
  const Json info = e.At("error/details/0");
  EXPECT_EQ(info.String("@type"), "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(info.String("reason"), "SCORE_OUT_OF_RANGE");
  EXPECT_EQ(info.String("domain"), "hoiam");
  EXPECT_EQ(info.String("metadata/field"), "score");
  EXPECT_EQ(info.String("metadata/min"), "0");
  EXPECT_EQ(info.String("metadata/max"), "10");
}

TEST_F(BadInputTest, ZeroIsAnAnswerAndAbsentIsNone) {
  const Json zero = api_.Post("/v1/responses", R"({"responseId":"zero","customerId":"lan","metric":"NPS","score":0})");
  EXPECT_EQ(zero.Int("response/score"), 0);
  const Answer skipped = http_.Post(
      "/v1/responses", R"({"responseId":"skipped","customerId":"lan","metric":"NPS","comment":"không có ạ"})");
  ASSERT_THAT(skipped, HasCode(200));
  EXPECT_FALSE(skipped.json().Has("response/score"));
  const Json row = api_.ScoreRow("metric=NPS&consistencyToken=" + Escape(skipped.token()));
  EXPECT_EQ(row.Int("responses"), 1) << "skips never enter n";
  EXPECT_EQ(row.Int("distribution/0"), 1);
}

TEST_F(BadInputTest, WhatIsNotJsonIsRefused) {
  const std::string before = Everything();
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += R"({"a":)";
  const std::string bodies[] = {
      "",
      "{",
      "[]",
      "null",
      "\"x\"",
      R"({"responseId":"x",})",
      R"({"responseId":"x"}})",
      R"({'responseId':'x'})",
      R"({"responseId":"x","responseId":"y","metric":"NPS","score":1})",
      R"({"responseId":"x","metric":"NPS","score":NaN})",
      R"({"responseId":"x","metric":"NPS","score":01})",
      "{\"responseId\":\"x\xff\",\"metric\":\"NPS\",\"score\":1}",
      "{\"responseId\":\"x\xc0\xaf\",\"metric\":\"NPS\",\"score\":1}",
      R"({"responseId":"x\ud800","metric":"NPS","score":1})",
      R"({"responseId":"x","metric":"NPS","score":1,"answers":)" + deep + "1" + std::string(40, '}') + "}",
      "{\"responseId\":\"x\",\"metric\":\"NPS\",\"score\":1,\"comment\":" + std::string(5000, '[') +
          std::string(5000, ']') + "}"};
  for (const std::string& body : bodies) {
    const Answer answer = http_.Post("/v1/responses", body);
    EXPECT_EQ(answer.code, 400) << body.substr(0, 100) << "\n" << answer;
    EXPECT_NE(answer.reason(), "") << body.substr(0, 100) << "\n" << answer;
    EXPECT_TRUE(answer.json().valid());
  }
  const Answer form = http_.Post("/v1/responses", "responseId=x", {{"Content-Type", "text/plain"}});
  EXPECT_TRUE(form.code == 400 || form.code == 415) << form;
  EXPECT_EQ(Everything(), before);
}

TEST_F(BadInputTest, ABodyThatIsTooLargeIsAnsweredAndTheServerGoesOn) {
  const std::string before = Everything();
  for (const size_t size : {size_t{1} << 20, size_t{10} << 20}) {
    const Answer answer = http_.Post(
        "/v1/responses", R"({"responseId":"x","metric":"NPS","score":1,"comment":")" + std::string(size, 'a') + "\"}");
    EXPECT_THAT(answer, HasCode(413)) << "the answer is readable, not a reset";
    EXPECT_EQ(answer.reason(), "BODY_TOO_LARGE") << answer;
    EXPECT_EQ(http_.Get("/v1/customers").code, 200);
  }
  std::string items;
  for (int i = 0; i < 1001; ++i)
    absl::StrAppend(&items, i ? "," : "", R"({"responseId":"b)", i, R"(","metric":"NPS","score":1})");
  const Answer many = http_.Post("/v1/responses:batchImport", R"({"responses":[)" + items + "]}");
  EXPECT_THAT(many, HasCode(400)) << "a batch holds 1,000 items";
  EXPECT_THAT(many.fields(), Contains("responses"));
  // A batch may be larger than 1 MiB.
  std::string large;
  for (int i = 0; i < 900; ++i)
    absl::StrAppend(&large, i ? "," : "", R"({"responseId":"l)", i, R"(","metric":"NPS","score":1,"comment":")",
                    std::string(2000, 'a'), "\"}");
  EXPECT_EQ(Everything(), before);
  EXPECT_THAT(http_.Post("/v1/responses:batchImport", R"({"responses":[)" + large + "]}"), HasCode(200));
}

}  // namespace
}  // namespace hoiam::testing
