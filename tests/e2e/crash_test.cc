// kill -9 in the middle of writes: what was acknowledged is there exactly once, in responses, rollup and cases.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "platform/base/clock.h"
#include "tests/e2e/invariants.h"
#include "tests/support/database.h"

namespace hoiam::testing {
namespace {

constexpr int kWriters = 6, kCustomers = 40;

// Callers that send every answer again until it is acknowledged, as a CRM does.
class Load {
 public:
  explicit Load(Suite& suite) {
    for (int w = 0; w < kWriters; ++w) threads_.emplace_back([this, &suite, w] { Write(suite, w); });
  }

  Sent Stop() {
    stop_ = true;
    for (auto& t : threads_) t.join();
    threads_.clear();
    return sent_;
  }
  std::vector<std::string> tokens() const { return tokens_; }
  const std::vector<std::string>& refused() const { return refused_; }
  size_t acknowledged() {
    std::lock_guard<std::mutex> lock(mutex_);
    return sent_.acknowledged.size();
  }

 private:
  void Write(Suite& suite, int w) {
    HttpClient http = suite.Http();
    http.set_timeout(absl::Seconds(3));
    std::mt19937 random(w);
    std::string token;
    for (int i = 0; !stop_; ++i) {
      const std::string id = absl::StrCat("w", w, "-", i);
      const int score = static_cast<int>(random() % 11);
      const std::string body =
          absl::StrCat(R"({"responseId":")", id, R"(","customerId":"c)", random() % kCustomers,
                       R"(","metric":"NPS","score":)", score, R"(,"respondedAt":")", Rfc3339(Now()), "\"}");
      const Headers headers = i % 2 ? Headers{{"Idempotency-Key", id}} : Headers{};
      {
        std::lock_guard<std::mutex> lock(mutex_);
        sent_.attempted[id] = score;
      }
      for (const absl::Time end = SystemClock().Now() + absl::Seconds(30); SystemClock().Now() < end;) {
        const Answer answer = http.Post("/v1/responses", body, headers);
        if (answer.code == 200) {
          token = answer.token();
          std::lock_guard<std::mutex> lock(mutex_);
          sent_.acknowledged[id] = score;
          break;
        }
        // No answer, unavailable, too late, still running, shed: try again. Anything else is a broken contract.
        const bool in_progress = answer.code == 409 && answer.reason() == "IN_PROGRESS";
        if (answer.code != 0 && answer.code != 429 && answer.code < 500 && !in_progress) {
          std::lock_guard<std::mutex> lock(mutex_);
          refused_.push_back(absl::StrCat(id, ": HTTP ", answer.code, " ", answer.body));
          break;
        }
        SystemClock().Sleep(absl::Milliseconds(20));
      }
    }
    std::lock_guard<std::mutex> lock(mutex_);
    if (!token.empty()) tokens_.push_back(token);
  }

  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  Sent sent_;
  std::vector<std::string> tokens_, refused_;
  std::vector<std::thread> threads_;
};

TEST(CrashTest, EveryAcknowledgedAnswerIsThereExactlyOnceAfterKills) {
  UsePrivateDatabase();
  Suite suite;
  Api api(suite.Http());
  Load load(suite);
  std::mt19937 random(7);
  const auto a_moment = [&] { SystemClock().Sleep(absl::Milliseconds(200 + random() % 400)); };
  size_t before = 0;
  const char* victims[] = {"survey",  "database", "survey", "survey",   "database",
                           "scoring", "loop",     "survey", "database", "survey"};
  for (const std::string victim : victims) {
    SCOPED_TRACE(victim);
    a_moment();
    const size_t count = load.acknowledged();
    EXPECT_GT(count, before) << "writes go on between the kills";
    before = count;
    if (victim == "database") {
      KillDatabase();
      a_moment();
      RestartDatabase();
    } else {
      suite.Kill(victim);
      suite.Restart(victim);
    }
    suite.WaitAllReady();
  }
  a_moment();
  const Sent sent = load.Stop();
  for (const char* name : {"scoring", "loop", "gateway"}) EXPECT_TRUE(suite.process(name).running()) << name;
  EXPECT_THAT(load.refused(), ::testing::IsEmpty());
  EXPECT_GT(sent.acknowledged.size(), 200u);

  const absl::Time healed = SystemClock().Now();
  const Found found = FindAll(api, load.tokens());
  EXPECT_LT(SystemClock().Now() - healed, absl::Seconds(30)) << "lag is back to 0";
  EXPECT_THAT(BrokenPromises(sent, found), ::testing::IsEmpty());
  EXPECT_LE(found.cases.size(), static_cast<size_t>(kCustomers)) << "one open case for each customer";
  std::printf("%zu acknowledged, %zu stored, %zu cases, %zu kills\n", sent.acknowledged.size(), found.responses.size(),
              found.cases.size(), std::size(victims));
}

}  // namespace
}  // namespace hoiam::testing
