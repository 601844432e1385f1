// kill -9 of survey and loop while customers complain, people work their cases and the clock runs: every detractor's
// answer is in one case (I4), every acknowledged move is in its case's history once, and what was due was done once
// (I5).
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "platform/base/clock.h"
#include "tests/e2e/invariants.h"
#include "tests/e2e/webhook_receiver.h"

namespace hoiam::testing {
namespace {

constexpr int kWriters = 3, kWorkers = 3, kCustomers = 30;

// Customers who answer and people who work the cases, each sending everything again until it is acknowledged.
class Load {
 public:
  explicit Load(Suite& suite) {
    for (int i = 0; i < kWriters; ++i) threads_.emplace_back([this, &suite, i] { Answer(suite, i); });
    for (int i = 0; i < kWorkers; ++i) threads_.emplace_back([this, &suite, i] { Work(suite, i); });
  }

  Sent Stop() {
    stop_ = true;
    for (auto& t : threads_) t.join();
    return sent_;
  }
  const std::vector<std::string>& tokens() const { return tokens_; }
  const std::vector<std::string>& refused() const { return refused_; }
  size_t done() {
    std::lock_guard<std::mutex> lock(mutex_);
    return sent_.acknowledged.size() + sent_.moves.size();
  }

 private:
  using HttpAnswer = testing::Answer;

  // Sent until it is answered by more than trouble on the way.
  HttpAnswer Insist(HttpClient& http, const std::string& path, const std::string& body, const std::string& key) {
    HttpAnswer answer;
    for (const absl::Time end = SystemClock().Now() + absl::Seconds(60); SystemClock().Now() < end;) {
      answer = http.Post(path, body, {{"Idempotency-Key", key}});
      const bool in_progress = answer.code == 409 && answer.reason() == "IN_PROGRESS";
      if (answer.code != 0 && answer.code != 429 && answer.code < 500 && !in_progress) break;
      SystemClock().Sleep(absl::Milliseconds(20));
    }
    return answer;
  }

  void Answer(Suite& suite, int writer) {
    HttpClient http = suite.Http();
    http.set_timeout(absl::Seconds(3));
    std::mt19937 random(writer);
    std::string token;
    for (int i = 0; !stop_; ++i) {
      const std::string id = absl::StrCat("w", writer, "-", i);
      const int score = static_cast<int>(random() % 11);
      {
        std::lock_guard<std::mutex> lock(mutex_);
        sent_.attempted[id] = score;
      }
      const HttpAnswer answer = Insist(http, "/v1/responses",
                                       absl::StrCat(R"({"responseId":")", id, R"(","customerId":"c)",
                                                    random() % kCustomers, R"(","metric":"NPS","score":)", score, "}"),
                                       id);
      std::lock_guard<std::mutex> lock(mutex_);
      if (answer.code == 200) {
        token = answer.token();
        sent_.acknowledged[id] = score;
      } else {
        refused_.push_back(absl::StrCat(id, ": HTTP ", answer.code, " ", answer.body));
      }
    }
    std::lock_guard<std::mutex> lock(mutex_);
    if (!token.empty()) tokens_.push_back(token);
  }

  // The next move of a case in `state`.
  static std::string VerbOf(const std::string& state, const std::string& note, std::string& body) {
    if (state == "NEW" || state == "REOPENED") {
      body = R"({"note":")" + note + "\"}";
      return ":acknowledge";
    }
    if (state == "ACKNOWLEDGED") {
      body = R"({"channel":"phone","outcome":"REACHED","note":")" + note + "\"}";
      return ":contact";
    }
    if (state == "RESOLVED") {
      body = R"({"reason":")" + note + "\"}";
      return ":reopen";
    }
    body = R"({"owner":"w","note":")" + note + "\"}";
    return ":assign";
  }

  // Nobody works the cases of these customers: their deadlines pass.
  static bool IsNeglected(const Json& c) { return c.String("customerId").size() == 2 && c.String("customerId") < "c5"; }

  // Several people at the same cases: of concurrent moves one wins, the others see VERSION_MISMATCH or that the table
  // does not list it any more.
  void Work(Suite& suite, int worker) {
    HttpClient http = suite.Http();
    http.set_timeout(absl::Seconds(3));
    std::mt19937 random(100 + worker);
    for (int i = 0; !stop_; ++i) {
      auto open = http.Get("/v1/cases?pageSize=20&filter=" + Escape("open = true")).json().Items("cases");
      std::erase_if(open, IsNeglected);
      if (open.empty()) {
        SystemClock().Sleep(absl::Milliseconds(50));
        continue;
      }
      const Json& c = open[random() % open.size()];
      const std::string note = absl::StrCat("m", worker, "-", i), id = c.String("caseId");
      std::string body;
      const std::string verb = VerbOf(c.String("state"), note, body);
      body.insert(1, absl::StrCat(R"("version":")", c.Int("version"), "\","));
      const HttpAnswer answer = Insist(http, "/v1/cases/" + id + verb, body, note);
      const bool lost = answer.reason() == "VERSION_MISMATCH" || answer.reason() == "CASE_TRANSITION_REFUSED";
      std::lock_guard<std::mutex> lock(mutex_);
      if (answer.code == 200)
        sent_.moves[note] = id;
      else if (!lost)
        refused_.push_back(absl::StrCat(note, ": HTTP ", answer.code, " ", answer.body));
      (lost ? lost_ : won_) += 1;
    }
  }

  std::atomic<bool> stop_{false};
  std::atomic<int> lost_{0}, won_{0};
  std::mutex mutex_;
  Sent sent_;
  std::vector<std::string> tokens_, refused_;
  std::vector<std::thread> threads_;
};

TEST(LoopCrashTest, EveryDetractorIsInOneCaseAndEveryMoveIsMadeOnceHoweverOftenSurveyAndLoopAreKilled) {
  Suite suite({}, Suite::Time::kMovable);
  suite.StartReplica("loop2", "loop_service");
  suite.WaitAllReady();
  Api api(suite.Http());
  api.Patch("/v1/teams/cskh", R"({"escalatesTo":"cx"})");
  Load load(suite);
  std::mt19937 random(11);
  size_t before = 0;
  for (const std::string victim : {"loop", "survey", "loop2", "loop", "survey", "loop", "loop2", "survey"}) {
    SCOPED_TRACE(victim);
    EXPECT_TRUE(Eventually([&] { return load.done() >= before + 20 + random() % 20; })) << "work goes on between kills";
    before = load.done();
    suite.Advance(absl::Hours(5));  // deadlines pass while it is down
    suite.Kill(victim);
    suite.Restart(victim);
    suite.WaitAllReady();
  }
  const Sent sent = load.Stop();
  EXPECT_THAT(load.refused(), ::testing::IsEmpty());
  const Found found = FindAll(api, load.tokens());
  EXPECT_THAT(BrokenPromises(sent, found), ::testing::IsEmpty());
  size_t by_clock = 0;
  for (const FoundCase& c : found.cases)
    for (const FoundCase::Line& line : c.lines) by_clock += line.action == "overdue" || line.action == "escalate";
  EXPECT_GT(by_clock, 0u) << "deadlines did pass";
  EXPECT_GT(sent.moves.size(), 50u);
  std::printf("%zu answers, %zu moves, %zu cases, %zu things due\n", sent.acknowledged.size(), sent.moves.size(),
              found.cases.size(), by_clock);
}

}  // namespace
}  // namespace hoiam::testing
