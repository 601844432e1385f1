// What answers keep of the moment they were stored in, from the API to the figures that are cut by it.
#include <gmock/gmock.h>

#include <map>

#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class ProfileTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  ProfileTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {}

  void Buyer(const std::string& id, const std::string& segment, int tier) {
    api_.Patch("/v1/customers/" + id + "?allowMissing=true",
               absl::StrCat(R"({"segment":")", segment, R"(","properties":{"hạng":)", tier, "}}"));
    api_.Post("/v1/customers/" + id + "/usage",
              absl::StrCat(R"({"usageId":"u-)", id, R"(","item":"NC-1","status":")", tier > 1 ? "IN_USE" : "BROKEN",
                           R"(","occurredAt":")", Rfc3339(Now() - absl::Hours(2)), "\"}"));
    api_.Post("/v1/interactions", absl::StrCat(R"({"interactionId":"i-)", id, R"(","customerId":")", id,
                                               R"(","type":"REPAIR","touchpoint":"warranty.desk","channel":"store",)",
                                               R"("cost":"80000.50","currency":"VND","properties":{"item":"NC-1"},)",
                                               R"("occurredAt":")", Rfc3339(Now() - absl::Hours(1)), "\"}"));
  }
  Json Answer(const std::string& id, const std::string& customer, int score, const std::string& more = "") {
    return api_.Post("/v1/responses",
                     absl::StrCat(R"({"responseId":")", id, R"(","customerId":")", customer, R"(","interactionId":"i-)",
                                  customer, R"(","metric":"NPS","score":)", score, more, "}"));
  }
  // Rows by the value of their group; each lists exactly the answers that it counts.
  std::map<std::string, double> ScoresBy(const std::string& dimension) {
    std::map<std::string, double> scores;
    const Json table =
        api_.Get("/v1/scores?metric=NPS&groupBy=" + dimension + "&consistencyToken=" + Escape(api_.token()));
    for (const Json& row : table.Items("rows")) {
      if (row.Has("score")) scores[row.String("group/" + dimension)] = row.Number("score");
      EXPECT_EQ(static_cast<int64_t>(api_.List(row.String("verbatims/path"), "responses", 100).size()),
                row.Int("responses"))
          << row.Dump();
    }
    return scores;
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* ProfileTest::suite_ = nullptr;
int ProfileTest::tenants_ = 0;

constexpr char kProfile[] = R"({"criteria":[{"filter":"segment = \"VIP\"","weight":40},
    {"filter":"properties.\"hạng\" >= 2","weight":60}]})";

TEST_F(ProfileTest, FiguresAreCutByWhatAnswersKept) {
  const Json set = api_.Patch("/v1/icpProfile", kProfile);
  EXPECT_EQ(set.Int("fitFrom"), 50);
  EXPECT_EQ(api_.Get("/v1/icpProfile").Dump(), set.Dump());
  for (int k = 0; k < 6; ++k) {
    Buyer(absl::StrCat("lan", k), "VIP", 2);
    Buyer(absl::StrCat("minh", k), "VIP", 1);
  }
  EXPECT_EQ(api_.Get("/v1/customers/lan0").Number("icpScore"), 100);
  EXPECT_EQ(api_.Get("/v1/customers/minh0").String("icpFit"), "NO_FIT");
  EXPECT_EQ(api_.Get("/v1/interactions/i-lan0").String("cost"), "80000.5");
  for (int k = 0; k < 6; ++k) {
    const Json fits = Answer(absl::StrCat("fits-", k), absl::StrCat("lan", k), 9);
    EXPECT_EQ(fits.String("response/icpFit"), "FIT");
    EXPECT_EQ(fits.String("response/stage"), "AFTER") << "warranty.desk is below warranty";
    EXPECT_EQ(fits.String("response/scope"), "RELATIONSHIP");
    Answer(absl::StrCat("other-", k), absl::StrCat("minh", k), 3, R"(,"collectedBy":"STAFF")");
  }
  const std::map<std::string, double> fit = {{"FIT", 100}, {"NO_FIT", -100}}, who = {{"SELF", 100}, {"STAFF", -100}},
                                      used = {{"BROKEN", -100}, {"IN_USE", 100}}, stage = {{"AFTER", 0}};
  EXPECT_EQ(ScoresBy("icpFit"), fit);
  EXPECT_EQ(ScoresBy("collectedBy"), who);
  EXPECT_EQ(ScoresBy("usageStatus"), used);
  EXPECT_EQ(ScoresBy("stage"), stage);

  api_.Patch("/v1/icpProfile", R"({"criteria":[{"filter":"segment = \"NOBODY\"","weight":1}]})");
  EXPECT_EQ(api_.Get("/v1/customers/lan0").String("icpFit"), "NO_FIT");
  EXPECT_EQ(ScoresBy("icpFit"), fit) << "what was stored keeps the fit it had";
}

TEST_F(ProfileTest, WhatIsWrongIsNamedWithFieldAndReason) {
  const auto bad = api_.http().Patch(
      "/v1/icpProfile", R"({"criteria":[{"filter":"email = a","weight":1},{"filter":"segment = a","weight":0}]})");
  EXPECT_THAT(bad, IsRefused(400, "INVALID_ARGUMENT", "INVALID_FILTER", "criteria[0].filter"));
  EXPECT_THAT(bad.fields(), Contains("criteria[1].weight"));
  EXPECT_THAT(api_.http().Post("/v1/responses", R"({"responseId":"r","metric":"NPS","score":1,"scope":"COMPANY"})"),
              HasCode(400));
  EXPECT_THAT(api_.http().Get("/v1/responses?filter=" + Escape("scope = COMPANY")),
              IsRefused(400, "INVALID_ARGUMENT", "INVALID_FILTER", "filter"));
}

}  // namespace
}  // namespace hoiam::testing
