// Asking again because the issue was fixed: a resolved case asks for the customer's word, after a while and round the
// cooldown.
#include <gtest/gtest.h>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

constexpr absl::Duration kFourteenDays = absl::Hours(14 * 24);

class RecoveryTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  RecoveryTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {
    api_.Post("/v1/surveys?surveyId=recovery",
              R"({"displayName":{"vi":"Sau xử lý","en":"Recovery"},"template":"recovery","recovery":true,
                  "trigger":{"on":"CASE_RESOLVED","delay":"1209600s"}})");
    api_.Post("/v1/surveys/recovery:activate", "{}");
  }

  // A case of `customer`, resolved. Answers its id.
  std::string Resolved(const std::string& customer) {
    api_.Post("/v1/responses", absl::StrCat(R"({"responseId":"r-)", customer,
                                            R"(","metric":"NPS","score":2,"customerId":")", customer, "\"}"));
    const auto cases = api_.Get("/v1/cases?consistencyToken=" + Escape(api_.token()) +
                                "&filter=" + Escape("customer = \"" + customer + "\""))
                           .Items("cases");
    EXPECT_EQ(cases.size(), 1u);
    const std::string id = cases.empty() ? "" : cases[0].String("caseId");
    api_.Post("/v1/cases/" + id + ":acknowledge", "{}");
    api_.Post("/v1/cases/" + id + ":contact", R"({"channel":"phone","note":"Đã gọi","outcome":"REACHED"})");
    Resolve(id);
    return id;
  }
  void Resolve(const std::string& id) {
    std::string cause;
    for (const Json& c : api_.List("/v1/rootCauses", "rootCauses"))
      if (!c.String("parent").empty()) cause = c.String("rootCauseId");
    const std::string team = api_.List("/v1/teams", "teams")[0].String("teamId");
    api_.Post("/v1/cases/" + id + ":resolve",
              absl::StrCat(R"({"rootCause":")", cause, R"(","originatorTeam":")", team,
                           R"(","resolution":"Giao lại","customerReply":"Cảm ơn em"})"));
  }
  // The survey's invitations once there are `n` of them in `state`; what there is after ten seconds.
  std::vector<Json> Invitations(const std::string& state, size_t n) {
    const absl::Time until = SystemClock().Now() + absl::Seconds(10);
    for (;;) {
      std::vector<Json> found;
      for (const Json& i : api_.List("/v1/surveys/recovery/invitations", "invitations"))
        if (i.String("state") == state) found.push_back(i);
      if (found.size() == n || SystemClock().Now() > until) return found;
    }
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* RecoveryTest::suite_ = nullptr;
int RecoveryTest::tenants_ = 0;

TEST_F(RecoveryTest, AResolvedCaseAsksFourteenDaysLaterRoundTheCooldown) {
  api_.Patch("/v1/askPolicy", R"({"rules":[{"ruleId":"rarely","maxAsks":1,"window":"7776000s"}]})");
  api_.ActiveSurvey("csat", "CSAT", R"({"interactionTypes":["PURCHASE"]})");
  const Json order =
      api_.Post("/v1/interactions", absl::StrCat(R"({"interactionId":"o1","customerId":"lan","type":"PURCHASE",
                               "occurredAt":")",
                                                 Rfc3339(Now()), "\"}"));
  ASSERT_EQ(order.String("dispatch/0/decision"), "INVITED") << order.Dump();

  const std::string id = Resolved("lan");
  const auto scheduled = Invitations("SCHEDULED", 1);
  ASSERT_EQ(scheduled.size(), 1u) << "an issue was fixed: the policy's rule does not hold";
  EXPECT_EQ(scheduled[0].String("customerId"), "lan");
  EXPECT_EQ(scheduled[0].String("caseId"), id);
  EXPECT_GE(scheduled[0].Time("sendTime"), Now() + kFourteenDays - absl::Minutes(5));
  EXPECT_LE(scheduled[0].Time("sendTime"), Now() + kFourteenDays + absl::Hours(10))
      << "at most to the end of the quiet hours";
}

TEST_F(RecoveryTest, ACaseThatIsOpenedAgainTakesBackTheQuestionUntilItIsResolvedAgain) {
  const std::string id = Resolved("lan");
  ASSERT_EQ(Invitations("SCHEDULED", 1).size(), 1u);
  api_.Post("/v1/cases/" + id + ":reopen", R"({"reason":"Khách gọi lại, hàng vẫn lỗi"})");
  EXPECT_EQ(Invitations("REVOKED", 1).size(), 1u);
  api_.Post("/v1/cases/" + id + ":acknowledge", "{}");
  api_.Post("/v1/cases/" + id + ":contact", R"({"channel":"phone","note":"Đã đổi hàng","outcome":"REACHED"})");
  Resolve(id);
  EXPECT_EQ(Invitations("SCHEDULED", 1).size(), 1u) << "what was never sent was no ask";
  EXPECT_EQ(Invitations("REVOKED", 1).size(), 1u);
}

TEST_F(RecoveryTest, ANoteOnAResolvedCaseAsksNobodyTwice) {
  const std::string id = Resolved("lan");
  ASSERT_EQ(Invitations("SCHEDULED", 1).size(), 1u);
  api_.Post("/v1/cases/" + id + ":verify", R"({"evidence":"CUSTOMER_WORD"})");
  Resolved("minh");  // a later case has come through: so has whatever the move before it caused
  EXPECT_EQ(Invitations("SCHEDULED", 2).size(), 2u);
}

}  // namespace
}  // namespace hoiam::testing
