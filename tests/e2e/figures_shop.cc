#include "tests/e2e/figures_shop.h"

namespace hoiam::testing {

absl::Time Today() {
  static const absl::Time today =
      absl::FromUnixSeconds((absl::ToUnixSeconds(Now()) + 7 * 3600) / 86400 * 86400 - 7 * 3600);
  return today;
}

absl::Time DaysAgo(int days) { return Today() - absl::Hours(24 * days); }

Suite* FiguresShop::suite_ = nullptr;
std::string FiguresShop::token_;

void FiguresShop::Arrange(Api& api) {
  for (const auto& [id, stage] : {std::pair("store.checkout", "DURING"), std::pair("delivery", "AFTER")})
    api.Patch(absl::StrCat("/v1/touchpoints/", id, "?allowMissing=true"),
              absl::StrCat(R"({"displayName":{"vi":"x"},"place":"OFFLINE","stage":")", stage, "\"}"));
  const auto survey = [&](const std::string& id, const std::string& body) {
    api.Post("/v1/surveys?surveyId=" + id, R"({"displayName":{"vi":"x"},"channels":["LINK"],)" + body + "}");
    api.Post("/v1/surveys/" + id + ":activate", "{}");
  };
  survey("rel", R"("metric":"NPS","trigger":{"interactionTypes":["NEVER"]},"questions":[
    {"questionId":"nps","type":"NPS","text":{"vi":"x"},"required":true},
    {"questionId":"why","type":"MULTIPLE_CHOICE","text":{"vi":"x"},"options":[
      {"optionId":"late","text":{"vi":"x"}},{"optionId":"price","text":{"vi":"x"}}]}])");
  survey("sat", R"("metric":"CSAT","trigger":{"interactionTypes":["NEVER"]},"questions":[
    {"questionId":"csat","type":"CSAT","text":{"vi":"x"},"required":true},
    {"questionId":"hoped","type":"EXPECTATION","text":{"vi":"x"}},
    {"questionId":"ideal","type":"IDEAL","text":{"vi":"x"}}])");
  survey("index", R"("metric":"CSI","trigger":{"interactionTypes":["NEVER"]},"questions":[
    {"questionId":"goods","type":"CSI","object":"PRODUCT","text":{"vi":"x"}},
    {"questionId":"staff","type":"CSI","object":"SERVICE","text":{"vi":"x"}},
    {"questionId":"matters","type":"CSI_IMPORTANCE","maxChoices":1,"text":{"vi":"x"}}])");
  api.Patch("/v1/metrics/MOOD?allowMissing=true", R"({"displayName":{"vi":"Vui"},"min":1,"max":3,"parts":[
    {"name":"sad","mood":"UNHAPPY","low":1,"high":1,"weight":-1},
    {"name":"so","mood":"INDIFFERENT","low":2,"high":2,"weight":0},
    {"name":"glad","mood":"HAPPY","low":3,"high":3,"weight":1}]})");

  std::string customers, bought;
  for (int i = 0; i < 40; ++i) {
    absl::StrAppend(&customers, i ? "," : "", R"({"customerId":"c)", i, R"(","segment":")", i < 20 ? "VIP" : "new",
                    R"(","ownerTeam":")", i < 37 ? "north" : "south", "\"}");
    absl::StrAppend(&bought, i ? "," : "", R"({"interactionId":"b)", i, R"(","customerId":"c)", i,
                    R"(","type":"PURCHASE","touchpoint":"store.checkout","channel":"store","occurredAt":")",
                    Rfc3339(DaysAgo(21)), R"(","amount":"100000","cost":"5000","currency":"VND"})");
  }
  for (int i = 0; i < 30; ++i) {
    absl::StrAppend(&customers, R"(,{"customerId":"d)", i, R"(","segment":"new"})");
    absl::StrAppend(&bought, R"(,{"interactionId":"d)", i, R"(","customerId":"d)", i,
                    R"(","type":"DELIVERY","touchpoint":"delivery","channel":"web","occurredAt":")",
                    Rfc3339(DaysAgo(21)), "\"}");
  }
  // One pays in another currency as well.
  absl::StrAppend(&bought, R"(,{"interactionId":"usd","customerId":"c10","type":"PURCHASE","occurredAt":")",
                  Rfc3339(DaysAgo(22)), R"(","amount":"20.5","currency":"USD"})");
  api.Post("/v1/customers:batchUpsert", R"({"customers":[)" + customers + "]}");
  api.Post("/v1/interactions:batchRecord", R"({"effects":"RECORD_ONLY","interactions":[)" + bought + "]}");

  std::vector<std::string> answers;
  for (int i = 0; i < 40; ++i) {
    const std::string who = absl::StrCat("c", i);
    const int before = i < 20 ? 3 : i < 30 ? 7 : 9, now = i < 10 ? 3 : i < 20 ? 8 : 9;
    const char* why = i < 8 || i >= 38 ? "late" : i < 12 ? "price" : nullptr;
    answers.push_back(
        AnswerOf(absl::StrCat("before-", i), who, 45, absl::StrCat(R"("surveyId":"rel","score":)", before)));
    answers.push_back(AnswerOf(
        absl::StrCat("now-", i), who, 10,
        absl::StrCat(R"("surveyId":"rel","score":)", now,
                     why ? absl::StrCat(R"(,"answers":[{"questionId":"why","choices":[")", why, "\"]}]") : "")));
  }
  for (int i = 0; i < 30; ++i) {
    // Those asked what they had expected: 1 below, 2 as expected, 3 above; of the satisfied, two still name something.
    const std::string hoped = i < 1 ? "below" : i < 3 ? "as_expected" : "above";
    const std::string ideal = i < 2   ? R"(,{"questionId":"ideal","text":"nhanh hơn"})"
                              : i < 5 ? R"(,{"questionId":"ideal","nothingMissing":true})"
                                      : "";
    answers.push_back(AnswerOf(
        absl::StrCat("store-", i), absl::StrCat("c", i), 20,
        absl::StrCat(R"("surveyId":"sat","score":5,"interactionId":"b)", i, "\"",
                     i < 6 ? R"(,"answers":[{"questionId":"hoped","choices":[")" + hoped + "\"]}" + ideal + "]" : "")));
    answers.push_back(
        AnswerOf(absl::StrCat("delivery-", i), absl::StrCat("d", i), 20,
                 absl::StrCat(R"("surveyId":"sat","score":)", i < 10 ? 5 : 1, R"(,"interactionId":"d)", i, "\"")));
  }
  for (int i = 0; i < 5; ++i)
    answers.push_back(AnswerOf(absl::StrCat("index-", i), absl::StrCat("c", i), 15,
                               absl::StrCat(R"("surveyId":"index","answers":[{"questionId":"goods","number":8},
      {"questionId":"staff","number":6},{"questionId":"matters","choices":[")",
                                            i < 4 ? "goods" : "staff", "\"]}]")));
  // Kept apart from the forty: about the service, not asked, given something for it.
  for (int i = 0; i < 9; ++i) {
    const std::string who = absl::StrCat("e", i);
    if (i < 6) answers.push_back(AnswerOf("service-" + who, who, 5, R"("metric":"NPS","score":9,"scope":"SERVICE")"));
    if (i < 7) answers.push_back(AnswerOf("unasked-" + who, who, 5, R"("metric":"NPS","score":0,"solicited":false)"));
    answers.push_back(AnswerOf("given-" + who, who, 5, R"("metric":"NPS","score":10,"incentivised":true)"));
    if (i < 6)
      answers.push_back(AnswerOf("mood-" + who, who, 5, absl::StrCat(R"("metric":"MOOD","score":)", i < 4 ? 3 : 1)));
  }
  ImportAll(api, answers);
}

}  // namespace hoiam::testing
