// A measure of the company's own, from its definition to its figures: asked on the respondent's page, heard by the
// loop, counted by the version in force when the answer was stored.
#include <gmock/gmock.h>

#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

// 0–4: 0–1 unhappy, 2 indifferent, 3–4 happy.
constexpr char kTaste[] = R"({"displayName":{"vi":"Khẩu vị","en":"Taste"},"min":0,"max":4,"parts":[
    {"name":"bad","mood":"UNHAPPY","low":0,"high":1,"weight":-1},
    {"name":"fair","mood":"INDIFFERENT","low":2,"high":2,"weight":0},
    {"name":"good","mood":"HAPPY","low":3,"high":4,"weight":1}]})";
// The same with only 4 happy.
constexpr char kStrict[] = R"({"parts":[
    {"name":"bad","mood":"UNHAPPY","low":0,"high":1,"weight":-1},
    {"name":"fair","mood":"INDIFFERENT","low":2,"high":3,"weight":0},
    {"name":"good","mood":"HAPPY","low":4,"high":4,"weight":1}]})";
constexpr char kSurvey[] = R"({"displayName":{"vi":"Món ăn"},"brand":"Nhà Én","metric":"TASTE","questions":[
    {"questionId":"taste","type":"SCALE","metric":"TASTE","text":{"vi":"Món này thế nào ạ?"},
     "lowLabel":{"vi":"Dở"},"highLabel":{"vi":"Ngon"}},
    {"questionId":"why","type":"TEXT","text":{"vi":"Vì sao ạ?"},
     "showIf":{"questionId":"taste","bands":["UNHAPPY"]}}]})";

class OwnMetricTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite(Suite::Env{{"HOIAM_LANG", "en"}}); }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  OwnMetricTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {}

  Json Define(const char* body = kTaste) { return api_.Patch("/v1/metrics/TASTE?allowMissing=true", body); }
  void Ask() {
    api_.Post("/v1/surveys?surveyId=taste", kSurvey);
    api_.Post("/v1/surveys/taste:activate", "{}");
  }
  // The page of a customer who is asked.
  std::string PageFor(const std::string& customer) {
    const Json made = api_.Post("/v1/surveys/taste/invitations", absl::StrCat(R"({"invitationId":"i-)", customer,
                                                                              R"(","customerId":")", customer, "\"}"));
    return PathOf(made.String("invitation/link"));
  }
  Json AnswerOf(const std::string& customer) {
    const auto found = api_.List("/v1/responses?filter=" + Escape("customer = \"" + customer + "\""), "responses");
    EXPECT_EQ(found.size(), 1u);
    return found.empty() ? Json() : found[0];
  }
  std::string Metrics() { return api_.Get("/v1/metrics").Dump("metrics"); }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* OwnMetricTest::suite_ = nullptr;
int OwnMetricTest::tenants_ = 0;

TEST_F(OwnMetricTest, ItIsDefinedAskedAnsweredHeardAndKeepsItsVersion) {
  const Json made = Define();
  EXPECT_EQ(made.Int("version"), 1);
  EXPECT_EQ(made.String("scope"), "TOUCHPOINT");
  Ask();
  EXPECT_EQ(api_.Get("/v1/surveys/taste").String("scope"), "TOUCHPOINT");

  const std::string path = PageFor("lan");
  HttpClient browser(suite_->url(), "");
  const std::string html = browser.Get(path).body;
  EXPECT_THAT(html, HasSubstr(R"(name="taste" value="0")"));
  EXPECT_THAT(html, HasSubstr(R"(name="taste" value="4")"));
  EXPECT_THAT(html, Not(HasSubstr(R"(name="taste" value="5")")));
  // The first page asks for the score; the unhappy are asked why, and then it ends.
  EXPECT_THAT(Submit(browser, FormOf(html, path), {{"taste", "1"}}), HasCode(303));
  const std::string more = browser.Get(path).body;
  EXPECT_THAT(more, HasSubstr("Vì sao ạ?"));
  const Answer end = Submit(browser, FormOf(more, path), {{"why", "mặn quá"}});
  EXPECT_THAT(end, HasCode(200));
  EXPECT_THAT(end.body, HasSubstr("nói thẳng")) << "the words for the unhappy";
  const Json lan = AnswerOf("lan");
  EXPECT_EQ(lan.String("metric"), "TASTE");
  EXPECT_EQ(lan.Int("score"), 1);
  EXPECT_EQ(lan.Int("metricVersion"), 1);
  EXPECT_EQ(lan.String("scope"), "TOUCHPOINT");

  // An unhappy answer opens a case as a detractor's does; a happy one none.
  const Json happy =
      api_.Post("/v1/responses", R"({"responseId":"r-mai","customerId":"mai","metric":"TASTE","score":3})");
  EXPECT_EQ(happy.Int("response/metricVersion"), 1);
  std::vector<std::string> about;
  for (const Json& c : api_.List("/v1/cases?consistencyToken=" + Escape(api_.token()), "cases"))
    about.push_back(c.String("customerId"));
  EXPECT_THAT(about, UnorderedElementsAre("lan"));

  EXPECT_EQ(Define(kStrict).Int("version"), 2);
  api_.Post("/v1/responses", R"({"responseId":"r-ha","customerId":"ha","metric":"TASTE","score":3})");
  EXPECT_EQ(AnswerOf("ha").Int("metricVersion"), 2);
  EXPECT_EQ(AnswerOf("mai").Int("metricVersion"), 1);
  EXPECT_EQ(api_.Patch("/v1/responses/r-mai", R"({"score":4})").Int("response/metricVersion"), 1)
      << "an amended answer counts by the version it was stored with";

  // 100 × (−1 of lan + 1 of mai by version 1, 0 of ha by version 2) / 3.
  const Json row = api_.ScoreRow("metric=TASTE&consistencyToken=" + Escape(api_.token()));
  EXPECT_EQ(row.Int("responses"), 3);
  EXPECT_EQ(row.Number("score"), 0);
  EXPECT_EQ(row.Size("formulaVersions"), 2u) << row.Dump();
}

TEST_F(OwnMetricTest, ABadDefinitionSaysEveryMistakeAndChangesNothing) {
  Define();
  const std::string before = Metrics();
  HttpClient& http = api_.http();
  const Answer bad = http.Patch("/v1/metrics/tasty?allowMissing=true", R"({"min":5,"max":11,"parts":[
      {"name":"Bad","mood":"UNHAPPY","low":5,"high":7,"weight":0.5},
      {"name":"good","low":7,"high":10,"weight":0.5}]})");
  EXPECT_THAT(bad, IsRefused(400, "INVALID_ARGUMENT", "INVALID_METRIC_ID", "metricId"));
  EXPECT_THAT(bad.fields(), UnorderedElementsAre("metricId", "displayName", "max", "parts", "parts[0].name",
                                                 "parts[1].mood", "parts[1].low", "parts[1].high"));
  EXPECT_THAT(http.Patch("/v1/metrics/NPS?allowMissing=true", kTaste),
              IsRefused(400, "INVALID_ARGUMENT", "METRIC_TAKEN", "metricId"));
  EXPECT_THAT(http.Patch("/v1/metrics/OTHER", kTaste), IsRefused(404, "NOT_FOUND", "METRIC_NOT_FOUND", ""));
  EXPECT_THAT(http.Patch("/v1/metrics/TASTE", R"({"max":5})"), IsRefused(400, "INVALID_ARGUMENT", "SCALE_GAP", "max"));
  EXPECT_THAT(http.Post("/v1/surveys?surveyId=s", R"({"metric":"TASTY","questions":[
      {"questionId":"q","type":"SCALE","metric":"TASTY","text":{"vi":"?"}}]})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_METRIC", "metric"));
  EXPECT_THAT(http.Post("/v1/responses", R"({"responseId":"r-1","customerId":"lan","metric":"TASTE","score":5})"),
              IsRefused(400, "INVALID_ARGUMENT", "SCORE_OUT_OF_RANGE", "score"));
  EXPECT_THAT(http.Get("/v1/responses/r-1"), HasCode(404));
  EXPECT_EQ(Metrics(), before);
}

TEST_F(OwnMetricTest, WhatComesWithHoiamCannotBeChangedAndIsListedFirst) {
  Define();
  std::vector<std::string> ids;
  for (const Json& m : api_.Get("/v1/metrics").Items("metrics")) ids.push_back(m.String("metricId"));
  EXPECT_THAT(ids, ::testing::ElementsAre("NPS", "CSAT", "CES", "CSI", "TASTE"));
}

TEST_F(OwnMetricTest, OnTheCommandLineItIsMadeFromAFileAndListed) {
  const std::string file = MakeTempDir() + "/metric.json";
  WriteFile(file, kTaste);
  const Finished made = suite_->Cli({"survey", "metric", "CLI_TASTE", "--file", file});
  EXPECT_EQ(made.status, 0) << made.output;
  EXPECT_THAT(made.output, HasSubstr("bad 0–1 (−1) · fair 2 (0) · good 3–4 (1)"));
  const Finished listed = suite_->Cli({"survey", "metrics"});
  EXPECT_THAT(listed.output, HasSubstr("detractors 0–6 (−1) · passives 7–8 (0) · promoters 9–10 (1)"));
  EXPECT_THAT(listed.output, HasSubstr("CLI_TASTE"));
  WriteFile(file, R"({"max":9})");
  const Finished refused = suite_->Cli({"survey", "metric", "CLI_TASTE", "--file", file});
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.output, HasSubstr("METRIC_FIXED"));
}

}  // namespace
}  // namespace hoiam::testing
