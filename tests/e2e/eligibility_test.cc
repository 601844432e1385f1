// "Why was I (not) asked?", over REST: every skip has its rule and the moment at which it opens, and every rule can be
// looked at before anything happens.
#include <gmock/gmock.h>

#include <map>

#include "absl/strings/str_format.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::ElementsAre;

class EligibilityTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  EligibilityTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {}

  Json Order(const std::string& id, const std::string& customer, const std::string& type = "PURCHASE") {
    return api_.Post("/v1/interactions",
                     absl::StrCat(R"({"interactionId":")", id, R"(","customerId":")", customer, R"(","type":")", type,
                                  R"(","touchpoint":"store","occurredAt":")", Rfc3339(Now()), "\"}"));
  }
  Json Eligibility(const std::string& customer) { return api_.Get("/v1/customers/" + customer + "/eligibility"); }
  // Verdicts of the first survey, by rule.
  std::map<std::string, Json> Verdicts(const std::string& customer) {
    std::map<std::string, Json> out;
    for (const Json& v : Eligibility(customer).Items("surveys/0/rules")) out.emplace(v.String("rule"), v);
    return out;
  }
  Json InvitationOf(const std::string& survey, const std::string& id) {
    for (const Json& i : api_.List("/v1/surveys/" + survey + "/invitations", "invitations"))
      if (i.String("invitationId") == id) return i;
    ADD_FAILURE() << "no invitation " << id;
    return Json();
  }
  // An active survey that mails after a purchase.
  void Mails(const std::string& id) {
    api_.Post("/v1/surveys?surveyId=" + id,
              R"({"template":"nps","channels":["EMAIL"],"trigger":{"interactionTypes":["PURCHASE"]}})");
    api_.Post("/v1/surveys/" + id + ":activate", "{}");
  }
  // Quiet from the last full hour to three hours on.
  absl::Time QuietNow() {
    const absl::CivilHour hour(absl::ToCivilHour(Now(), absl::UTCTimeZone()));
    api_.Patch("/v1/askPolicy", absl::StrFormat(R"({"timeZone":"UTC","quietFrom":"%02d:00","quietUntil":"%02d:00"})",
                                                (hour - 1).hour(), (hour + 3).hour()));
    return absl::FromCivil(hour + 3, absl::UTCTimeZone());
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* EligibilityTest::suite_ = nullptr;
int EligibilityTest::tenants_ = 0;

TEST_F(EligibilityTest, TheSecondOrderIsSkippedWithDateAndRuleAndEveryRuleIsShown) {
  api_.ActiveSurvey("shop", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const absl::Time before = Now();
  ASSERT_EQ(Order("o1", "lan").String("dispatch/0/decision"), "INVITED");
  const Json second = Order("o2", "lan");
  EXPECT_EQ(second.String("dispatch/0/decision"), "SKIPPED");
  EXPECT_EQ(second.String("dispatch/0/reason"), "FATIGUE_WINDOW");
  EXPECT_EQ(second.String("dispatch/0/rule"), "survey_window");
  EXPECT_EQ(second.String("dispatch/0/blockedBy"), "shop");
  EXPECT_GE(second.Time("dispatch/0/eligibleTime"), before + absl::Hours(30 * 24));

  const Json e = Eligibility("lan");
  std::vector<std::string> rules;
  for (const Json& v : e.Items("surveys/0/rules")) {
    rules.push_back(v.String("rule"));
    EXPECT_FALSE(v.String("text/vi").empty()) << v.Dump();
    EXPECT_FALSE(v.String("text/en").empty()) << v.Dump();
  }
  EXPECT_THAT(rules, ElementsAre("unsubscribed", "consent", "respondent_kind", "channel", "sample", "blackout",
                                 "daily_limit", "floor_24h", "survey_window"));
  EXPECT_EQ(e.Time("surveys/0/eligibleTime"), second.Time("dispatch/0/eligibleTime"));
  EXPECT_EQ(e.Time("nextEligibleTime"), second.Time("dispatch/0/eligibleTime"));
  EXPECT_EQ(e.String("surveys/0/lastDispatch/reason"), "FATIGUE_WINDOW");
}

TEST_F(EligibilityTest, OneSurveysClockHoldsAnotherBackOnlyByARuleThatSaysSo) {
  api_.ActiveSurvey("shop", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  api_.ActiveSurvey("web", "NPS", R"({"interactionTypes":["VISIT"]})");
  api_.Patch("/v1/askPolicy", R"({"rules":[{"ruleId":"nps_quarter","metric":"NPS","maxAsks":1,"window":"7776000s"}]})");
  ASSERT_EQ(Order("o1", "lan").String("dispatch/0/decision"), "INVITED");
  const Json visit = Order("o2", "lan", "VISIT");
  EXPECT_EQ(visit.String("dispatch/0/reason"), "POLICY_RULE");
  EXPECT_EQ(visit.String("dispatch/0/rule"), "nps_quarter");
  EXPECT_EQ(visit.String("dispatch/0/blockedBy"), "shop");
  const std::string by_hand = R"({"invitationId":"h1","customerId":"lan"})";
  EXPECT_THAT(api_.http().Post("/v1/surveys/web/invitations", by_hand),
              IsRefused(400, "FAILED_PRECONDITION", "POLICY_RULE", ""));
  EXPECT_THAT(api_.http().Post("/v1/surveys/web/invitations",
                               R"({"invitationId":"h1","customerId":"lan","reask":"CIRCUMSTANCES_CHANGED"})"),
              IsRefused(400, "FAILED_PRECONDITION", "FLOOR_24H", ""))
      << "round the rule, not round the floor";
}

TEST_F(EligibilityTest, AMailOfTheNightWaitsForTheMorningAndIsWithdrawnWhenTheCustomerHasEnough) {
  const absl::Time morning = QuietNow();
  Mails("mail");
  api_.Patch("/v1/customers/lan?allowMissing=true", R"({"email":"lan@nhaen.example"})");
  EXPECT_EQ(Eligibility("lan").Time("surveys/0/sendTime"), morning);
  const Json order = Order("o1", "lan");
  ASSERT_EQ(order.String("dispatch/0/decision"), "INVITED") << order.Dump();
  EXPECT_EQ(order.String("dispatch/0/channel"), "EMAIL");
  EXPECT_EQ(order.Time("dispatch/0/sendTime"), morning);
  const std::string id = order.String("dispatch/0/invitation");
  EXPECT_EQ(InvitationOf("mail", id).String("state"), "SCHEDULED");
  api_.Post("/v1/customers/lan:unsubscribe", R"({"reason":"by phone"})");
  EXPECT_EQ(InvitationOf("mail", id).String("state"), "REVOKED");
  EXPECT_EQ(Verdicts("lan").at("unsubscribed").String("reason"), "UNSUBSCRIBED");
  EXPECT_EQ(Order("o2", "lan").String("dispatch/0/reason"), "UNSUBSCRIBED");
}

TEST_F(EligibilityTest, WithoutConsentNobodyIsAskedWhereThePolicyWantsIt) {
  api_.ActiveSurvey("shop", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  api_.Patch("/v1/askPolicy", R"({"consentRequired":true})");
  EXPECT_EQ(Order("o1", "lan").String("dispatch/0/reason"), "NO_CONSENT");
  EXPECT_FALSE(Verdicts("lan").at("consent").Bool("allows"));
  api_.Post("/v1/customers/lan/consents", R"({"consentId":"c1","wish":"GIVEN","how":"giấy đăng ký thẻ"})");
  EXPECT_TRUE(Verdicts("lan").at("consent").Bool("allows"));
  EXPECT_EQ(Order("o2", "lan").String("dispatch/0/decision"), "INVITED");
}

TEST_F(EligibilityTest, OnDaysWithoutSurveysNobodyIsAskedUntilTheyAreOver) {
  api_.ActiveSurvey("shop", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const absl::CivilDay today = absl::ToCivilDay(Now(), absl::UTCTimeZone());
  api_.Patch("/v1/askPolicy",
             absl::StrCat(R"({"timeZone":"UTC","blackouts":[{"firstDay":")", absl::FormatCivilTime(today - 1),
                          R"(","lastDay":")", absl::FormatCivilTime(today + 2), R"(","reason":"Tết"}]})"));
  const Json order = Order("o1", "lan");
  EXPECT_EQ(order.String("dispatch/0/reason"), "BLACKOUT");
  EXPECT_EQ(order.Time("dispatch/0/eligibleTime"), absl::FromCivil(today + 3, absl::UTCTimeZone()));
  EXPECT_EQ(Verdicts("lan").at("blackout").Time("opensTime"), absl::FromCivil(today + 3, absl::UTCTimeZone()));
}

}  // namespace
}  // namespace hoiam::testing
