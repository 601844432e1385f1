// The clock that tests move: what ships refuses it, the four programs of a test agree on it, and weeks may pass at
// once.
#include <gtest/gtest.h>

#include "hoiam/survey/v1/survey_service.grpc.pb.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(MovableClockTest, WhatShipsHasNoneOfItAndRefusesToStart) {
  for (const std::string program : {"survey_service", "scoring_service", "loop_service", "gateway"}) {
    const std::string file = BinDir() + "/" + program;
    const Finished refused = RunToEnd({{file}, {{"HOIAM_TEST_CLOCK_FILE", "/dev/null"}}, ""});
    EXPECT_EQ(refused.status, 2) << program;
    EXPECT_THAT(refused.output, AllOf(HasSubstr("HOIAM_TEST_CLOCK_FILE: the clock of this program cannot be moved"),
                                      HasSubstr("HOIAM_LISTEN: must be set")))
        << "with every other mistake";
    EXPECT_EQ(ReadFile(file).find("MovableClock"), std::string::npos) << program;
    EXPECT_NE(ReadFile(BinDir() + "/movable/" + program).find("MovableClock"), std::string::npos) << program;
  }
  const Finished cli = RunToEnd({{BinDir() + "/hoiam", "cases"}, {{"HOIAM_TEST_CLOCK_FILE", "/dev/null"}}, ""});
  EXPECT_EQ(cli.status, 2);
  EXPECT_THAT(cli.output, HasSubstr("cannot be moved"));
}

TEST(MovableClockTest, AFileThatIsNotThereIsAMistakeOfTheSettings) {
  const Finished refused =
      RunToEnd({{BinDir() + "/movable/loop_service"}, {{"HOIAM_TEST_CLOCK_FILE", "/nowhere/clock"}}, ""});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.output, HasSubstr("HOIAM_TEST_CLOCK_FILE: /nowhere/clock cannot be read"));
}

TEST(MovableClockTest, TheProgramsAgreeAndWeeksPassWithoutHarmToFeedTokensAndKeys) {
  Suite suite({}, Suite::Time::kMovable);
  Api api(suite.Http());
  const auto answer = [&](const std::string& id, int score) {
    api.Post("/v1/responses", R"({"responseId":")" + id + R"(","customerId":"lan","metric":"NPS","score":)" +
                                  std::to_string(score) + "}");
  };
  const std::string expiring = api.Post("/v1/keys", R"({"keyId":"k","principal":"k","role":"ADMIN","expireTime":")" +
                                                        Rfc3339(suite.clock().Now() + absl::Hours(24)) + "\"}")
                                   .String("secret");
  HttpClient soon_expired(suite.url(), expiring);
  EXPECT_EQ(soon_expired.Get("/v1/cases").code, 200);
  answer("r1", 9);
  const std::string early = api.token();

  for (int weeks = 1; weeks <= 30; weeks += 29) {
    suite.Advance(absl::Hours(24 * 7 * weeks));
    const absl::Time now = suite.clock().Now();
    const auto is_now = [&](absl::Time t) { return absl::AbsDuration(t - now) < absl::Minutes(5); };
    const std::string id = absl::StrCat("r-", weeks);
    answer(id, 3);  // survey's time, loop's and the gateway's
    EXPECT_TRUE(is_now(api.Get("/v1/responses/" + id).Time("respondedAt")));
    const Json c = api.Get("/v1/cases?consistencyToken=" + Escape(api.token())).At("cases/0");
    EXPECT_TRUE(is_now(c.Time("updateTime"))) << c.Dump();
    const Json key =
        api.Post("/v1/keys", absl::StrCat(R"({"keyId":"k)", weeks, R"(","principal":"p","role":"VIEWER"})"));
    EXPECT_TRUE(is_now(key.Time("key/createTime"))) << key.Dump();
    // scoring's: what was answered long ago is stale.
    const Json sheet = api.Get("/v1/customers/lan/satisfaction?consistencyToken=" + Escape(api.token()));
    EXPECT_FALSE(sheet.Bool("metrics/0/stale"));
    EXPECT_EQ(api.ScoreRow("metric=NPS&consistencyToken=" + Escape(early)).Int("responses"), 1 + (weeks > 1 ? 2 : 1))
        << "a token of before";
    suite.WaitAllReady();
  }
  suite.Advance(absl::Hours(24 * 200));
  EXPECT_TRUE(api.Get("/v1/customers/lan/satisfaction").Bool("metrics/0/stale"));
  EXPECT_EQ(soon_expired.Get("/v1/cases").code, 401) << "a key ends when its time has come";
  suite.WaitAllReady();

  // A caller's deadline is by the machine's clock, as the caller's own clock is.
  auto stub = survey::v1::ResponseService::NewStub(suite.Channel());
  grpc::ClientContext context;
  Suite::Authorize(context, suite.key());
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  survey::v1::GetResponseRequest request;
  request.set_response_id("r1");
  survey::v1::Response response;
  const grpc::Status status = stub->GetResponse(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

}  // namespace
}  // namespace hoiam::testing
