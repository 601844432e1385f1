// Mails: many that are due at one moment, through one survey_service to a real mail server on this machine.
#include <algorithm>

#include "platform/base/clock.h"
#include "tests/bench/measures.h"
#include "tests/e2e/api.h"
#include "tests/support/mail_server.h"

namespace hoiam::bench {
namespace {

using testing::Rfc3339;

// Customers [0, n) bought at `at`.
void Buy(testing::Api& api, int n, absl::Time at) {
  for (int from = 0; from < n; from += 500) {
    std::string customers, interactions;
    for (int i = from; i < std::min(from + 500, n); ++i) {
      const char* comma = i > from ? "," : "";
      absl::StrAppend(&customers, comma, R"({"customerId":"c)", i, R"(","email":"c)", i,
                      R"(@nhaen.example","honorific":"chị","givenName":"Lan","displayName":"Nguyễn Thị Lan"})");
      absl::StrAppend(&interactions, comma, R"({"interactionId":"o)", i, R"(","customerId":"c)", i,
                      R"(","type":"PURCHASE","occurredAt":")", Rfc3339(at), "\"}");
    }
    api.Post("/v1/customers:batchUpsert", "{\"customers\":[" + customers + "]}");
    api.Post("/v1/interactions:batchRecord", "{\"interactions\":[" + interactions + "]}");
  }
}

}  // namespace

void MeasureMail(const Settings& s) {
  const int mails = s.quick ? 500 : 10'000, delay = s.quick ? 10 : 60;
  testing::MailServer server;
  testing::Suite suite({{"HOIAM_MAIL", server.url()}, {"HOIAM_MAIL_FROM", "khaosat@nhaen.example"}});
  testing::Api api(suite.Http());
  api.Patch("/v1/askPolicy", R"({"quietFrom":"07:00","quietUntil":"07:00"})");
  api.Post(
      "/v1/surveys?surveyId=nps",
      absl::StrCat(R"({"metric":"NPS","template":"nps","channels":["EMAIL"],"brand":"Nhà Én","dailyLimit":100000,)",
                   R"("trigger":{"interactionTypes":["PURCHASE"],"delay":")", delay, "s\"}}"));
  api.Post("/v1/surveys/nps:activate", "{}");
  const Clock& clock = SystemClock();
  const absl::Time at = testing::Now(), due = at + absl::Seconds(delay);
  Buy(api, mails, at);
  Verify(clock.Now() < due, "all mails waited before the first was due");
  while (server.Count() < static_cast<size_t>(mails) && clock.Now() < due + absl::Minutes(5))
    clock.Sleep(absl::Milliseconds(5));
  Alone("mail  one replica to a local SMTP server", "mails/s", {Target::kAtLeast, 500},
        {mails / absl::ToDoubleSeconds(clock.Now() - due)});
  Verify(server.Count() == static_cast<size_t>(mails), "every mail came once");
}

}  // namespace hoiam::bench
