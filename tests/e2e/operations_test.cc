// How the suite behaves as something that is operated: probes, metrics, settings, drain, a database that goes and comes
// back.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <thread>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"
#include "tests/support/database.h"

namespace hoiam::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class OperationsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { UsePrivateDatabase(); }

  Suite suite_;
  Api api_{suite_.Http()};

  Answer Ops(const std::string& name, const std::string& path) {
    return GetOverSocket(suite_.Socket(name + ".ops"), path);
  }
  bool Within(absl::Duration d, const std::function<bool()>& done) {
    for (const absl::Time end = SystemClock().Now() + d; SystemClock().Now() < end;
         SystemClock().Sleep(absl::Milliseconds(10)))
      if (done()) return true;
    return false;
  }
};

TEST_F(OperationsTest, ProbesAndMetricsAnswerOnEveryProcess) {
  for (const char* name : {"survey", "scoring", "loop", "gateway"}) {
    SCOPED_TRACE(name);
    EXPECT_THAT(Ops(name, "/livez"), HasCode(200));
    EXPECT_THAT(Ops(name, "/readyz"), HasCode(200));
    const Answer verbose = Ops(name, "/readyz?verbose");
    EXPECT_TRUE(verbose.json().valid()) << verbose;
    EXPECT_THAT(Ops(name, "/metrics").body, AllOf(HasSubstr("# TYPE"), HasSubstr("hoiam_")));
  }
  HttpClient anyone(suite_.url(), "");
  EXPECT_THAT(anyone.Get("/livez"), HasCode(200));
  EXPECT_THAT(anyone.Get("/readyz"), HasCode(200));
}

TEST_F(OperationsTest, EveryAnswerCarriesARequestIdAndEveryWriteAToken) {
  const Answer read = api_.http().Get("/v1/customers");
  EXPECT_EQ(read.headers.count("x-request-id"), 1u);
  const Answer write = api_.http().Patch("/v1/customers/lan?allowMissing=true", R"({"segment":"a"})");
  EXPECT_EQ(write.headers.count("x-request-id"), 1u);
  EXPECT_FALSE(write.token().empty());
  EXPECT_NE(write.headers.at("x-request-id"), read.headers.at("x-request-id"));
  EXPECT_EQ(api_.http().Get("/v1/nothing").headers.count("x-request-id"), 1u);
}

TEST_F(OperationsTest, ReadinessFollowsTheDatabaseAndLivenessDoesNot) {
  KillDatabase();
  for (const char* name : {"survey", "scoring", "loop"}) {
    EXPECT_TRUE(Within(absl::Seconds(10), [&] { return Ops(name, "/readyz").code == 503; })) << name;
    EXPECT_THAT(Ops(name, "/livez"), HasCode(200)) << name;
  }
  const Answer refused = api_.http().Post("/v1/responses", R"({"responseId":"r1","metric":"NPS","score":1})");
  EXPECT_EQ(refused.code, 503) << "a clear answer, not a hang";
  EXPECT_EQ(refused.headers.count("retry-after"), 1u);
  RestartDatabase();
  suite_.WaitAllReady();
  EXPECT_EQ(api_.Post("/v1/responses", R"({"responseId":"r1","metric":"NPS","score":1})").Int("response/score"), 1);
  EXPECT_EQ(api_.ScoreRow("metric=NPS&consistencyToken=" + Escape(api_.token())).Int("responses"), 1);
}

TEST_F(OperationsTest, AStoppedProcessFinishesWhatRunsAndEndsWithZero) {
  std::atomic<bool> stop{false};
  std::atomic<int> stored{0}, unavailable{0};
  std::string other;
  std::thread writer([&] {
    HttpClient http = suite_.Http();
    for (int i = 0; !stop; ++i) {
      const Answer answer =
          http.Post("/v1/responses", absl::StrCat(R"({"responseId":"r)", i, R"(","metric":"NPS","score":9})"));
      if (answer.code == 200)
        ++stored;
      else if (answer.code == 503)
        ++unavailable;
      else
        absl::StrAppend(&other, answer.code, " ", answer.body);
    }
  });
  SystemClock().Sleep(absl::Milliseconds(300));
  for (const char* name : {"survey", "scoring", "loop"}) {
    suite_.process(name).Signal(SIGTERM);
    EXPECT_EQ(suite_.process(name).Wait(absl::Seconds(15)), 0) << name;
    suite_.Restart(name);
    suite_.WaitReady(name);
  }
  SystemClock().Sleep(absl::Milliseconds(200));
  stop = true;
  writer.join();
  EXPECT_EQ(other, "") << "each call is answered, or told to come again";
  EXPECT_EQ(api_.List("/v1/responses", "responses").size(), static_cast<size_t>(stored));
  suite_.process("gateway").Signal(SIGTERM);
  EXPECT_EQ(suite_.process("gateway").Wait(absl::Seconds(15)), 0);
}

TEST_F(OperationsTest, WrongSettingsAreAllToldAndEndTheProcess) {
  for (const char* name : {"survey_service", "scoring_service", "loop_service", "gateway"}) {
    Program program;
    program.argv = {BinDir() + "/" + name};
    program.env = {{"HOIAM_DB_URL", "postgres://nope"},
                   {"HOIAM_PARTITIONS", "many"},
                   {"HOIAM_LISTEN", "unix:" + suite_.dir() + "/x.sock"}};
    const Finished done = RunToEnd(program, absl::Seconds(10));
    EXPECT_EQ(done.status, 2) << name << "\n" << done.output;
    EXPECT_THAT(done.output, AllOf(HasSubstr("HOIAM_DB_URL"), HasSubstr("HOIAM_PARTITIONS"))) << name;
    EXPECT_THAT(done.output, ::testing::Not(HasSubstr("nope"))) << "a setting that may hold a password is not shown";
  }
  // The number of partitions was fixed when the schema was made.
  suite_.StartReplica("other", "survey_service", {{"HOIAM_PARTITIONS", "8"}});
  const auto status = suite_.process("other").Wait(absl::Seconds(10));
  ASSERT_TRUE(status.has_value()) << "it refuses to start";
  EXPECT_NE(*status, 0);
  EXPECT_THAT(suite_.Log("other"), HasSubstr("partition"));
}

TEST_F(OperationsTest, ASlowClientHoldsNobodyUp) {
  std::vector<std::thread> slow;
  std::atomic<bool> stop{false};
  // Half a request each, and then silence.
  for (int i = 0; i < 50; ++i)
    slow.emplace_back([&] {
      HttpClient http(suite_.url(), "");
      http.set_timeout(absl::Seconds(2));
      while (!stop) http.Send("POST", "/v1/responses", "{}", {{"Content-Length", "1000"}});
    });
  const absl::Time start = SystemClock().Now();
  for (int i = 0; i < 20; ++i) EXPECT_THAT(api_.http().Get("/v1/customers"), HasCode(200));
  EXPECT_LT(SystemClock().Now() - start, absl::Seconds(2));
  stop = true;
  for (auto& t : slow) t.join();
}

}  // namespace
}  // namespace hoiam::testing
