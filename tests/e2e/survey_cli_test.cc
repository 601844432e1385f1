// `hoiam survey` as a person uses it: from a template to the funnel, and why somebody is asked or not.
#include <gtest/gtest.h>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class SurveyCliTest : public ::testing::Test {
 protected:
  std::string Run(std::vector<std::string> args) {
    args.insert(args.begin(), "survey");
    const Finished done = suite_.Cli(args);
    EXPECT_EQ(done.status, 0) << done.output;
    return done.output;
  }
  // What cannot be done: exit status and words.
  std::string Fails(int status, std::vector<std::string> args) {
    args.insert(args.begin(), "survey");
    const Finished done = suite_.Cli(args);
    EXPECT_EQ(done.status, status) << done.output;
    return done.output;
  }
  Json Buy(const std::string& order, const std::string& customer, const std::string& touchpoint) {
    return api_.Post("/v1/interactions", absl::StrCat(R"({"interactionId":")", order, R"(","customerId":")", customer,
                                                      R"(","type":"PURCHASE","touchpoint":")", touchpoint,
                                                      R"(","occurredAt":")", Rfc3339(Now() - absl::Minutes(5)), "\"}"));
  }

  Suite suite_{{{"HOIAM_LANG", "en"}}};
  Api api_{suite_.Http()};
};

TEST_F(SurveyCliTest, FromATemplateToTheFunnel) {
  EXPECT_THAT(Run({}), HasSubstr("hoiam survey templates")) << "an empty list says what to do";
  EXPECT_THAT(Run({"templates"}), AllOf(HasSubstr("nps"), HasSubstr("CSAT"), HasSubstr("CES")));
  // Quiet hours would keep what is asked at night until the morning.
  api_.Patch("/v1/askPolicy", R"({"quietUntil":"00:00","quietFrom":"00:00"})");

  const std::string made = Run({"create", "after-purchase", "--template", "nps", "--brand", "Nhà Én", "--name",
                                "After the purchase", "--on", "purchase", "--channel", "link"});
  EXPECT_THAT(made, AllOf(HasSubstr("draft"), HasSubstr("PURCHASE"), HasSubstr("Nhà Én"),
                          HasSubstr("hoiam survey activate after-purchase")));
  EXPECT_THAT(Run({"activate", "after-purchase"}), HasSubstr("after-purchase: active"));
  EXPECT_THAT(Run({"list"}), AllOf(HasSubstr("after-purchase"), HasSubstr("active"), HasSubstr("PURCHASE")));
  EXPECT_THAT(Run({"show", "after-purchase"}), AllOf(HasSubstr("NPS"), HasSubstr("After the purchase")));
  EXPECT_THAT(Run({"funnel", "after-purchase"}), HasSubstr("Nobody was asked"));

  const std::string invitation = Buy("o1", "lan", "delivery").String("dispatch/0/invitation");
  ASSERT_NE(invitation, "");
  Buy("o2", "lan", "delivery");
  Buy("o3", "minh", "store");
  api_.Post("/v1/responses", R"({"responseId":"r1","invitationId":")" + invitation + R"(","score":9})");

  const Json funnel = api_.Get("/v1/surveys/after-purchase/funnel?byTouchpoint=true");
  const auto count = [&](int row, const std::string& step) -> int64_t {
    for (const Json& s : funnel.At(absl::StrCat("rows/", row)).Items("steps")) {
      if (s.String("step") == step) return s.Int("count");
    }
    return -1;
  };
  EXPECT_EQ(funnel.String("rows/0/touchpoint"), "");
  EXPECT_EQ(count(0, "TRIGGERED"), 3);
  EXPECT_EQ(count(0, "ELIGIBLE"), 2);
  EXPECT_EQ(count(0, "SAMPLED"), 2);
  EXPECT_EQ(count(0, "SENT"), 2);
  EXPECT_EQ(count(0, "DELIVERED"), -1) << "nobody reports it";
  EXPECT_EQ(count(0, "STARTED"), 1);
  EXPECT_EQ(count(0, "FINISHED"), 1);
  EXPECT_EQ(funnel.Size("rows/0/skips"), 1u);
  EXPECT_EQ(funnel.Int("rows/0/skips/0/count"), 1);
  EXPECT_EQ(funnel.String("rows/0/questions/0/questionId"), "nps");
  EXPECT_EQ(funnel.Int("rows/0/questions/0/shown"), 1);
  EXPECT_EQ(funnel.Int("rows/0/questions/0/answered"), 1);
  EXPECT_EQ(funnel.String("rows/1/touchpoint"), "delivery");
  EXPECT_EQ(count(1, "TRIGGERED"), 2);
  EXPECT_EQ(count(1, "FINISHED"), 1);
  EXPECT_EQ(funnel.String("rows/2/touchpoint"), "store");
  EXPECT_EQ(count(2, "TRIGGERED"), 1);
  EXPECT_EQ(count(2, "FINISHED"), 0);
  EXPECT_EQ(funnel.Size("rows"), 3u);

  EXPECT_THAT(Run({"funnel", "after-purchase", "--by-touchpoint"}),
              AllOf(HasSubstr("Triggered"), HasSubstr("█"), HasSubstr("50.0%"), HasSubstr("Why not asked"),
                    HasSubstr("delivery"), HasSubstr("store"), Not(HasSubstr("Delivered"))));
  EXPECT_THAT(Run({"funnel", "after-purchase", "--to", "2020-01-01"}), HasSubstr("Nobody was asked"));
  EXPECT_EQ(api_.Get("/v1/surveys/after-purchase/funnel?startTime=2000-01-01T00:00:00Z&endTime=" +
                     Rfc3339(Now() + absl::Hours(48)))
                .Dump(),
            api_.Get("/v1/surveys/after-purchase/funnel").Dump())
      << "all days";

  // She was asked a minute ago; he too, and neither can be asked again before tomorrow.
  EXPECT_THAT(Run({"why", "lan"}), AllOf(HasSubstr("✗ after-purchase"), HasSubstr("floor_24h"), HasSubstr("✓"),
                                         HasSubstr("would ask from"), HasSubstr("Last time")));
  api_.Patch("/v1/customers/new?allowMissing=true", "{}");
  EXPECT_THAT(Run({"why", "new", "--survey", "after-purchase"}), HasSubstr("✓ after-purchase  would ask"));

  EXPECT_THAT(Run({"waves", "after-purchase"}), HasSubstr("There is no wave yet"));
  api_.Post("/v1/surveys/after-purchase/waves?waveId=spring",
            R"({"sample":{"size":1,"seed":"42"},"startTime":")" + Rfc3339(Now() + absl::Hours(24 * 30)) + "\"}");
  EXPECT_THAT(Run({"waves", "after-purchase"}), AllOf(HasSubstr("spring"), HasSubstr("running"), HasSubstr("42")));

  EXPECT_THAT(Run({"pause", "after-purchase"}), HasSubstr("paused"));
  EXPECT_THAT(Run({"archive", "after-purchase"}), HasSubstr("archived"));
  EXPECT_THAT(Fails(1, {"activate", "after-purchase"}),
              AllOf(HasSubstr("SURVEY_TRANSITION_REFUSED"), HasSubstr("hoiam survey create")));
}

TEST_F(SurveyCliTest, AMistakeSaysWhatToDoNext) {
  EXPECT_THAT(Fails(1, {"show", "nope"}), AllOf(HasSubstr("SURVEY_NOT_FOUND"), HasSubstr("hoiam survey list")));
  EXPECT_THAT(Fails(1, {"create", "x", "--template", "nope"}), HasSubstr("hoiam survey templates"));
  EXPECT_THAT(Fails(2, {"create", "x"}), HasSubstr("--template"));
  EXPECT_THAT(Fails(2, {"create", "x", "--template", "nps", "--delay", "soon"}), HasSubstr("2h, 30m or 3d"));
  EXPECT_THAT(Fails(2, {"create", "x", "--template", "nps", "--channel", "pigeon"}), HasSubstr("email,link"));
  EXPECT_THAT(Fails(2, {"create", "x", "--file", "/nowhere/survey.json"}), HasSubstr("/nowhere/survey.json"));
  EXPECT_THAT(Fails(2, {"create", "x", "--file", "survey.json", "--on", "PURCHASE"}), HasSubstr("leave out --on"));
  EXPECT_THAT(Fails(2, {"dance"}), HasSubstr("hoiam survey --help"));
  EXPECT_THAT(Fails(1, {"why", "nobody"}), HasSubstr("CUSTOMER_NOT_FOUND"));
  EXPECT_THAT(Fails(1, {"funnel", "nope"}), HasSubstr("SURVEY_NOT_FOUND"));
  EXPECT_EQ(api_.Get("/v1/surveys").Size("surveys"), 0u) << "nothing was made";
}

TEST_F(SurveyCliTest, TheSampleShopHasGoodsAndACsiWaveAndIsLoadedOnce) {
  for (int load = 0; load < 2; ++load) {
    const Finished done = suite_.Cli({"demo"}, absl::Seconds(120));
    ASSERT_EQ(done.status, 0) << done.output;
    EXPECT_EQ(api_.List("/v1/responses?filter=" + Escape("survey = nha-en-csi"), "responses").size(), 60u);
  }
  EXPECT_THAT(Run({"list"}), HasSubstr("nha-en-csi"));
}

TEST_F(SurveyCliTest, AFileIsTheWholeSurveyAsTheApiTakesIt) {
  const std::string file = MakeTempDir() + "/survey.json";
  WriteFile(file, R"({"metric":"CSAT","questions":[{"questionId":"csat","type":"CSAT","text":{"vi":"Mấy sao?"}}],
      "trigger":{"interactionTypes":["DELIVERY"],"delay":"7200s","samplePercent":50}})");
  EXPECT_THAT(Run({"create", "stars", "--file", file}),
              AllOf(HasSubstr("Mấy sao?"), HasSubstr("DELIVERY +2 h 50%"), HasSubstr("draft")));
  WriteFile(file, R"({"metric":"CSAT","colour":"red"})");
  EXPECT_THAT(Fails(1, {"create", "red", "--file", file}), HasSubstr("colour")) << "nothing is passed over";
}

}  // namespace
}  // namespace hoiam::testing
