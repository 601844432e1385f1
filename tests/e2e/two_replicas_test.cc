// Two survey_service processes, each behind a gateway of its own, decide for one customer at the same moment: the head
// lock in the database lets one of them invite, and the other sees it.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "tests/e2e/invariants.h"

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

TEST(TwoReplicasTest, TwoOfEachConsumerCountAndOpenEverythingOnce) {
  Suite suite;
  suite.StartReplica("scoring2", "scoring_service");
  suite.StartReplica("loop2", "loop_service");
  suite.WaitAllReady();
  Api api(suite.Http());
  Sent sent;
  std::mutex mutex;
  std::vector<std::string> tokens;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&, caller] {
      HttpClient http = suite.Http();
      std::string token;
      for (int i = 0; i < 150; ++i) {
        const std::string id = absl::StrCat("r", caller, "-", i);
        const int score = (i * 7 + caller) % 11;
        const Answer answer =
            http.Post("/v1/responses", absl::StrCat(R"({"responseId":")", id, R"(","customerId":"c)", i % 20,
                                                    R"(","metric":"NPS","score":)", score, "}"));
        EXPECT_EQ(answer.code, 200) << answer;
        token = answer.token();
        std::lock_guard<std::mutex> lock(mutex);
        sent.attempted[id] = sent.acknowledged[id] = score;
      }
      std::lock_guard<std::mutex> lock(mutex);
      tokens.push_back(token);
    });
  }
  // One of each goes away in the middle; the other takes over what it followed.
  suite.Kill("scoring");
  suite.Kill("loop2");
  suite.Restart("scoring");
  suite.Restart("loop2");
  for (auto& caller : callers) caller.join();
  suite.WaitAllReady();
  const Found found = FindAll(api, tokens);
  EXPECT_EQ(found.responses.size(), 600u);
  EXPECT_THAT(BrokenPromises(sent, found), ::testing::IsEmpty());
}

}  // namespace
}  // namespace hoiam::testing
