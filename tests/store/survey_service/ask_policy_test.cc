// The policy by which a tenant asks, and triggers: what is kept, and what is refused.
#include "survey_service/app/ask_policy.h"

#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class AskPolicyTest : public SurveyServiceTest {
 protected:
  absl::StatusOr<v1::AskPolicy> SetPolicy(const v1::AskPolicy& policy) {
    v1::UpdateAskPolicyRequest q;
    *q.mutable_policy() = policy;
    return Write(&UpdateAskPolicy, q, As());
  }
};

TEST_F(AskPolicyTest, APolicyHasItsDefaultsAndKeepsWhatIsSet) {
  const auto first = GetAskPolicy(replica_.deps(), As(), {});
  HOIAM_ASSERT_OK(first);
  EXPECT_EQ(first->quiet_until(), "07:00");
  EXPECT_EQ(first->quiet_from(), "22:00");
  EXPECT_EQ(first->time_zone(), "Asia/Ho_Chi_Minh");
  EXPECT_EQ(first->confirm_above(), 1000);
  EXPECT_EQ(first->revision(), 0);
  v1::AskPolicy change;
  change.set_quiet_until("08:30");
  auto* rule = change.add_rules();
  rule->set_rule_id("quarter");
  rule->set_metric("NPS");
  rule->set_max_asks(1);
  rule->mutable_window()->set_seconds(90 * 86400);
  const auto set = SetPolicy(change);
  HOIAM_ASSERT_OK(set);
  EXPECT_EQ(set->quiet_until(), "08:30");
  EXPECT_EQ(set->quiet_from(), "22:00");
  EXPECT_EQ(set->revision(), 1);
  EXPECT_EQ(SetPolicy(change)->revision(), 1) << "nothing changed";
  EXPECT_EQ(GetAskPolicy(replica_.deps(), As(), {})->SerializeAsString(), set->SerializeAsString());
  EXPECT_EQ(GetAskPolicy(replica_.deps(), As("other"), {})->revision(), 0);
}

TEST_F(AskPolicyTest, APolicyThatMeansNothingIsRefusedWithEveryMistakeAndNothingChanges) {
  v1::AskPolicy p;
  p.set_quiet_until("7:00");
  p.set_time_zone("Asia/Saigonn");
  p.set_confirm_above(-1);
  auto* twice = p.add_rules();
  twice->set_rule_id("floor_24h");
  twice->set_metric("XYZ");
  auto* b = p.add_blackouts();
  b->set_first_day("2026-02-20");
  b->set_last_day("2026-02-14");
  p.add_blackouts()->set_first_day("2026-02-30");
  const absl::Status s = SetPolicy(p).status();
  std::vector<std::pair<std::string, std::string>> found;
  const auto detail = DetailOf(s);
  ASSERT_TRUE(detail) << s;
  for (const Violation& v : detail->violations) found.emplace_back(v.field, v.reason);
  EXPECT_THAT(found, UnorderedElementsAre(
                         Pair("quietUntil", "INVALID_TIME_OF_DAY"), Pair("timeZone", "UNKNOWN_TIME_ZONE"),
                         Pair("confirmAbove", "NUMBER_OUT_OF_RANGE"), Pair("rules[0].ruleId", "DUPLICATE_ID"),
                         Pair("rules[0].metric", "UNKNOWN_METRIC"), Pair("rules[0].maxAsks", "NUMBER_OUT_OF_RANGE"),
                         Pair("rules[0].window", "DURATION_OUT_OF_RANGE"), Pair("blackouts[0].lastDay", "EMPTY_RANGE"),
                         Pair("blackouts[1].firstDay", "INVALID_DAY"), Pair("blackouts[1].lastDay", "INVALID_DAY")));
  EXPECT_EQ(GetAskPolicy(replica_.deps(), As(), {})->revision(), 0);
}

TEST_F(AskPolicyTest, ATriggerThatCannotHoldIsRefusedWithFieldAndReason) {
  v1::CreateSurveyRequest q;
  q.set_survey_id("s");
  q.mutable_survey()->set_template_("nps");
  v1::Trigger& t = *q.mutable_survey()->mutable_trigger();
  t.add_usage_statuses("PROBLEM");  // of an interaction there is none
  t.set_min_amount("10");
  t.set_max_amount("9.999999");
  t.mutable_delay()->set_seconds(91 * 86400);
  auto* p = t.add_properties();
  p->set_key("tier");
  p->set_operator_(v1::Comparison::GT);
  p->mutable_value()->set_string_value("gold");
  t.add_respondent_kinds(v1::RespondentKind::UNSPECIFIED);
  std::vector<std::pair<std::string, std::string>> found;
  const auto detail = DetailOf(Write(&CreateSurvey, q, As()).status());
  ASSERT_TRUE(detail);
  for (const Violation& v : detail->violations) found.emplace_back(v.field, v.reason);
  EXPECT_THAT(found, UnorderedElementsAre(
                         Pair("trigger.usageStatuses", "NOT_FOR_EVENT"), Pair("trigger.maxAmount", "EMPTY_RANGE"),
                         Pair("trigger.currency", "REQUIRED"), Pair("trigger.delay", "DURATION_OUT_OF_RANGE"),
                         Pair("trigger.properties[0].value", "NUMBER_REQUIRED"),
                         Pair("trigger.respondentKinds[0]", "REQUIRED")));
}

}  // namespace
}  // namespace hoiam::survey
