// Two survey_service processes, each behind a gateway of its own, decide for one customer at the same moment: the head
// lock in the database lets one of them invite, and the other sees it.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

TEST(TwoReplicasTest, ACustomerIsInvitedOnceHoweverManyDecideAtOnce) {
  Suite suite;
  suite.StartReplica("survey2", "survey_service");
  suite.StartReplica("gateway2", "gateway", {{"HOIAM_SURVEY_ADDR", "unix:" + suite.Socket("survey2")}});
  suite.WaitAllReady();
  Api api(suite.Http());
  api.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");

  constexpr int kRounds = 60, kCallers = 8;
  const std::string at = Rfc3339(Now());
  std::atomic<int> invited{0}, skipped{0}, failed{0};
  std::atomic<int> arrived{0};
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      HttpClient http(caller % 2 ? suite.Url("gateway2") : suite.url(), suite.key());
      for (int round = 0; round < kRounds; ++round) {
        ++arrived;
        while (arrived < (round + 1) * kCallers) std::this_thread::yield();  // all at once
        const Answer answer = http.Post(
            "/v1/interactions", absl::StrCat(R"({"interactionId":"o-)", round, "-", caller, R"(","customerId":"c)",
                                             round, R"(","type":"PURCHASE","occurredAt":")", at, "\"}"));
        const std::string decision = answer.json().String("dispatch/0/decision");
        ++(decision == "INVITED" ? invited : decision == "SKIPPED" ? skipped : failed);
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(invited, kRounds);
  EXPECT_EQ(skipped, kRounds * (kCallers - 1));
  EXPECT_EQ(api.List("/v1/surveys/nps/invitations", "invitations").size(), static_cast<size_t>(kRounds));
}

TEST(TwoReplicasTest, OneIdWithTwoBodiesIsStoredOnceAndOneLinkIsAnsweredOnce) {
  Suite suite;
  suite.StartReplica("survey2", "survey_service");
  suite.StartReplica("gateway2", "gateway", {{"HOIAM_SURVEY_ADDR", "unix:" + suite.Socket("survey2")}});
  suite.WaitAllReady();
  Api api(suite.Http());
  HttpClient one(suite.url(), suite.key()), two(suite.Url("gateway2"), suite.key());
  std::string token;
  for (int round = 0; round < 40; ++round) {
    Answer answers[2];
    const auto post = [&](HttpClient& http, int score, Answer& answer) {
      answer = http.Post("/v1/responses", absl::StrCat(R"({"responseId":"r)", round, R"(","customerId":"c)", round,
                                                       R"(","metric":"NPS","score":)", score, "}"));
    };
    std::thread other([&] { post(two, 1, answers[1]); });
    post(one, 9, answers[0]);
    other.join();
    EXPECT_EQ((answers[0].code == 200) + (answers[1].code == 200), 1) << answers[0] << "\n" << answers[1];
    EXPECT_EQ((answers[0].code == 409) + (answers[1].code == 409), 1) << answers[0] << "\n" << answers[1];
    const Answer& stored = answers[0].code == 200 ? answers[0] : answers[1];
    EXPECT_EQ(api.Get(absl::StrCat("/v1/responses/r", round)).Int("score"), stored.json().Int("response/score"));
    token += "&consistencyToken=" + Escape(stored.token());
  }
  EXPECT_EQ(api.ScoreRow("metric=NPS" + token).Int("responses"), 40);
}

}  // namespace
}  // namespace hoiam::testing
