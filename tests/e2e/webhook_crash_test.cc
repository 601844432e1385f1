// Webhooks when gateways are many, and when they die: each event once per webhook, none lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/api.h"
#include "tests/e2e/webhook_receiver.h"

namespace hoiam::testing {
namespace {

Suite::Env Settings() {
  return {{"HOIAM_WEBHOOK_ALLOW", "127.0.0.0/8"}, {"HOIAM_WEBHOOK_SCHEDULE", "0s,50ms,100ms,200ms,500ms,1s,1s,1s,2s"}};
}

void Make(Api& api, const WebhookReceiver& receiver, const std::string& id) {
  api.Post("/v1/webhooks", absl::StrCat(R"({"webhookId":")", id, R"(","url":")", receiver.Url("/" + id),
                                        R"(","eventTypes":["response.submitted"]})"));
}

// Answers of `customers`, in turn; each customer's ids count up.
void Answer(Api& api, int first, int n, int customers) {
  for (int i = first; i < first + n; ++i)
    api.Post("/v1/responses", absl::StrCat(R"({"responseId":"r)", i, R"(","customerId":"c)", i % customers,
                                           R"(","metric":"NPS","score":9})"));
}

// Of each customer, the answers in the order they were first received.
std::map<std::string, std::vector<int>> FirstOrder(const std::vector<Json>& received) {
  std::map<std::string, std::vector<int>> order;
  std::set<std::string> seen;
  for (const Json& r : received)
    if (seen.insert(r.String("id")).second)
      order[r.String("customerId")].push_back(
          std::stoi(Json(r.String("body")).String("data/response/responseId").substr(1)));
  return order;
}

TEST(WebhookReplicasTest, TwoGatewaysDeliverEachEventOnceToEachWebhookInOrder) {
  Suite suite(Settings());
  suite.StartReplica("gateway2", "gateway");
  suite.WaitAllReady();
  WebhookReceiver receiver;
  Api one(suite.Http()), two(HttpClient(suite.Url("gateway2"), suite.key()));
  Make(one, receiver, "a");
  Make(two, receiver, "b");
  constexpr int kEvents = 120;
  for (int i = 0; i < kEvents; i += 20) Answer(i % 40 ? one : two, i, 20, 5);
  for (const char* id : {"a", "b"}) {
    receiver.WaitFor(absl::StrCat("/", id), kEvents);
    EXPECT_TRUE(Eventually([&] { return two.Get(absl::StrCat("/v1/webhooks/", id)).Int("pending") == 0; }));
    const auto received = receiver.Received(absl::StrCat("/", id));
    const auto ids = Each(received, "id");
    EXPECT_EQ(ids.size(), static_cast<size_t>(kEvents));
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << "an event twice";
    for (const auto& [customer, answers] : FirstOrder(received))
      EXPECT_TRUE(std::is_sorted(answers.begin(), answers.end())) << customer;
  }
  // The one that holds the queues ends as it should: the other goes on at once.
  suite.process("gateway").Signal(SIGTERM);
  EXPECT_EQ(suite.process("gateway").Wait(absl::Seconds(60)), 0);
  Answer(two, kEvents, 20, 5);
  const auto received = receiver.WaitFor("/a", kEvents + 20);
  const auto ids = Each(received, "id");
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), static_cast<size_t>(kEvents + 20));
}

TEST(WebhookCrashTest, AGatewayThatIsKilledLosesNothingAndKeepsTheOrder) {
  Suite suite(Settings());
  WebhookReceiver receiver;
  {
    Api admin(suite.Http());
    Make(admin, receiver, "crm");
  }
  constexpr int kRounds = 3, kEvents = 40;
  for (int round = 0; round < kRounds; ++round) {
    Api writer(suite.Http());
    Answer(writer, round * kEvents, kEvents, 7);
    suite.Kill("gateway");
    suite.Restart("gateway");
    suite.WaitReady("gateway");
  }
  EXPECT_TRUE(Eventually([&] {
    const auto ids = Each(receiver.Received("/crm"), "id");
    return std::set<std::string>(ids.begin(), ids.end()).size() == kRounds * kEvents;
  }));
  Api api(suite.Http());
  EXPECT_TRUE(Eventually([&] { return api.Get("/v1/webhooks/crm").Int("pending") == 0; }));
  for (const auto& [customer, answers] : FirstOrder(receiver.Received("/crm")))
    EXPECT_TRUE(std::is_sorted(answers.begin(), answers.end())) << customer;
  EXPECT_EQ(api.List("/v1/webhooks/crm/deliveries", "deliveries").size(), static_cast<size_t>(kRounds * kEvents))
      << "queued once each";
}

}  // namespace
}  // namespace hoiam::testing
