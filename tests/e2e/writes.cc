#include "tests/e2e/writes.h"

#include <utility>

namespace hoiam::testing {

std::vector<Write> Writes(const std::function<std::string(const std::string& i)>& case_of) {
  const std::string when = Rfc3339(Now());
  const auto interaction = [when](const std::string& i, const std::string& amount) {
    return Call{"POST", "/v1/interactions",
                R"({"interactionId":")" + i + R"(","customerId":"c)" + i + R"(","type":"PURCHASE","amount":")" +
                    amount + R"(","currency":"VND","occurredAt":")" + when + "\"}"};
  };
  const auto post = [](std::string path, std::string body) { return Call{"POST", std::move(path), std::move(body)}; };
  const auto patch = [](std::string path, std::string body) { return Call{"PATCH", std::move(path), std::move(body)}; };
  const auto draft = [](Api& api, const std::string& i) {
    api.Post("/v1/surveys?surveyId=s" + i, R"({"metric":"NPS","template":"nps"})");
  };
  const auto key = [](Api& api, const std::string& i) {
    api.Post("/v1/keys", R"({"keyId":"k)" + i + R"(","principal":"p)" + i + R"(","scopes":["scores.read"]})");
  };
  return {
      {"survey", [=](auto& i) { return interaction(i, "10"); }, [=](auto& i) { return interaction(i, "11"); }},
      {"survey", [=](auto& i) { return post("/v1/interactions/" + i + ":void", R"({"reason":"RETURNED"})"); },
       [=](auto& i) { return post("/v1/interactions/" + i + ":void", R"({"reason":"MISTAKE"})"); },
       [=](Api& api, auto& i) { api.Post("/v1/interactions", interaction(i, "10").body); }},
      {"survey", [=](auto& i) { return patch("/v1/customers/c" + i + "?allowMissing=true", R"({"segment":"VIP"})"); },
       [=](auto& i) { return patch("/v1/customers/c" + i + "?allowMissing=true", R"({"segment":"NEW"})"); }},
      {"survey", [=](auto& i) { return post("/v1/surveys?surveyId=s" + i, R"({"metric":"NPS","template":"nps"})"); },
       [=](auto& i) { return post("/v1/surveys?surveyId=s" + i, R"({"metric":"CES","template":"ces"})"); }},
      {"survey", [=](auto& i) { return patch("/v1/surveys/s" + i, R"({"displayName":{"vi":"Sau khi mua"}})"); },
       [=](auto& i) { return patch("/v1/surveys/s" + i, R"({"displayName":{"vi":"Khác"}})"); }, draft},
      {"survey", [=](auto& i) { return post("/v1/surveys/s" + i + ":activate", "{}"); },
       [=](auto& i) { return post("/v1/surveys/other:activate", "{}"); }, draft},
      {"loop", [=](auto& i) { return post("/v1/cases/" + case_of(i) + ":assign", R"({"owner":"minh"})"); },
       [=](auto& i) { return post("/v1/cases/" + case_of(i) + ":assign", R"({"owner":"lan"})"); }},
      {"loop", [=](auto& i) { return post("/v1/cases/" + case_of(i) + "/notes", R"({"noteId":"n","text":"đã gọi"})"); },
       [=](auto& i) { return post("/v1/cases/" + case_of(i) + "/notes", R"({"noteId":"n","text":"chưa gọi"})"); }},
      {"gateway",
       [=](auto& i) {
         return post("/v1/keys", R"({"keyId":"k)" + i + R"(","principal":"p)" + i + R"(","scopes":["scores.read"]})");
       },
       [=](auto& i) {
         return post("/v1/keys", R"({"keyId":"k)" + i + R"(","principal":"p)" + i + R"(","scopes":["cases.read"]})");
       }},
      {"gateway", [=](auto& i) { return post("/v1/keys/k" + i + ":revoke", "{}"); },
       [=](auto& i) { return post("/v1/keys/other:revoke", "{}"); }, key},
  };
}

}  // namespace hoiam::testing
