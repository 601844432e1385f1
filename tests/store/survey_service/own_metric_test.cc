// Metrics of a tenant's own: how they are made, what is refused, and what answers keep of them.
#include "survey_service/app/ask_policy.h"
#include "survey_service/app/metrics.h"
#include "survey_service/app/templates.h"
#include "survey_service/limits.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;
using ::testing::UnorderedElementsAre;

class OwnMetricTest : public SurveyServiceTest {
 protected:
  // 0–4: 0–1 unhappy, 2 indifferent, 3–4 happy.
  static v1::Metric Taste(const std::string& id = "TASTE") {
    v1::Metric m;
    m.set_metric_id(id);
    m.mutable_display_name()->set_vi("Khẩu vị");
    m.set_max(4);
    Add(m, "bad", v1::Mood::UNHAPPY, 0, 1, -1);
    Add(m, "fair", v1::Mood::INDIFFERENT, 2, 2, 0);
    Add(m, "good", v1::Mood::HAPPY, 3, 4, 1);
    return m;
  }
  // The same with only 4 happy.
  static v1::Metric Strict() {
    v1::Metric m = Taste();
    m.mutable_parts(1)->set_high(3);
    m.mutable_parts(2)->set_low(4);
    return m;
  }
  static void Add(v1::Metric& m, const char* name, v1::Mood::Code mood, int low, int high, double weight) {
    auto* p = m.add_parts();
    p->set_name(name);
    p->set_mood(mood);
    p->set_low(low);
    p->set_high(high);
    p->set_weight(weight);
  }

  absl::StatusOr<v1::Metric> Set(const v1::Metric& m, bool make = true, const std::string& tenant = "demo") {
    v1::UpdateMetricRequest q;
    *q.mutable_metric() = m;
    q.set_allow_missing(make);
    return Write(&UpdateMetric, q, As(tenant));
  }
  std::vector<v1::Metric> Own(const std::string& tenant = "demo") {
    const auto all = survey::ListMetrics(replica_.deps(), As(tenant), {});
    EXPECT_THAT(all, IsOk());
    std::vector<v1::Metric> own;
    for (const v1::Metric& m : all->metrics())
      if (!m.built_in()) own.push_back(m);
    return own;
  }
  // A survey of TASTE: taste, and why for the unhappy.
  v1::CreateSurveyRequest SurveyOfTaste(const std::string& id) {
    v1::CreateSurveyRequest q;
    q.set_survey_id(id);
    v1::Survey& s = *q.mutable_survey();
    s.set_metric("TASTE");
    auto* taste = s.add_questions();
    taste->set_question_id("taste");
    taste->set_type(v1::QuestionType::SCALE);
    taste->set_metric("TASTE");
    taste->mutable_text()->set_vi("Món này thế nào ạ?");
    auto* why = s.add_questions();
    why->set_question_id("why");
    why->set_type(v1::QuestionType::TEXT);
    why->mutable_text()->set_vi("Vì sao ạ?");
    why->mutable_show_if()->set_question_id("taste");
    why->mutable_show_if()->add_bands("UNHAPPY");
    return q;
  }
  absl::StatusOr<v1::Survey> Create(const v1::CreateSurveyRequest& q) { return Write(&CreateSurvey, q, As()); }
  event::v1::ResponseChanged LastAnswer() {
    const auto events = replica_.events();
    for (auto e = events.rbegin(); e != events.rend(); ++e)
      if (e->has_response()) return e->response();
    ADD_FAILURE() << "no answer was told";
    return {};
  }
  absl::StatusOr<v1::Response> Amend(const std::string& id, int score) {
    v1::UpdateResponseRequest q;
    q.mutable_response()->set_response_id(id);
    q.mutable_response()->set_score(score);
    auto r = Write(&UpdateResponse, q, As());
    if (!r.ok()) return r.status();
    return r->response();
  }
};

std::vector<std::string> Refused(const absl::Status& s) {
  std::vector<std::string> out;
  const auto detail = DetailOf(s);
  EXPECT_TRUE(detail) << s;
  if (!detail) return out;
  for (const Violation& v : detail->violations) out.push_back(v.field + " " + v.reason);
  return out;
}

TEST_F(OwnMetricTest, WhatHoiamBringsIsListedWithItsParts) {
  const auto all = survey::ListMetrics(replica_.deps(), As(), {});
  HOIAM_ASSERT_OK(all);
  ASSERT_EQ(all->metrics_size(), 4);
  std::vector<std::string> ids;
  for (const v1::Metric& m : all->metrics()) {
    EXPECT_TRUE(m.built_in());
    EXPECT_EQ(m.version(), 1);
    ids.push_back(m.metric_id());
  }
  EXPECT_THAT(ids, ElementsAre("NPS", "CSAT", "CES", "CSI"));
  const v1::Metric& nps = all->metrics(0);
  EXPECT_EQ(nps.scope(), v1::Scope::RELATIONSHIP);
  EXPECT_EQ(nps.max(), 10);
  ASSERT_EQ(nps.parts_size(), 3);
  EXPECT_EQ(nps.parts(0).weight(), -1);
  EXPECT_EQ(nps.parts(2).low(), 9);
  EXPECT_EQ(nps.parts(2).mood(), v1::Mood::HAPPY);
}

TEST_F(OwnMetricTest, AMetricIsMadeOnceAndToldOnce) {
  const auto made = Set(Taste());
  HOIAM_ASSERT_OK(made);
  EXPECT_EQ(made->version(), 1);
  EXPECT_EQ(made->scope(), v1::Scope::TOUCHPOINT);
  EXPECT_EQ(TimeOf(made->create_time()), clock_.Now());
  EXPECT_EQ(Set(Taste())->version(), 1) << "nothing changed";
  ASSERT_EQ(Own().size(), 1);
  EXPECT_EQ(Own()[0].SerializeAsString(), made->SerializeAsString());
  EXPECT_THAT(Own("other"), IsEmpty());
  const auto events = replica_.TakeEvents();
  ASSERT_EQ(events.size(), 1);
  EXPECT_EQ(events[0].subject(), "");
  EXPECT_EQ(events[0].metric().metric().SerializeAsString(), made->SerializeAsString());
  EXPECT_THAT(Set(Taste("OTHER"), false), StatusIs(StatusCode::kNotFound, "METRIC_NOT_FOUND"));
}

TEST_F(OwnMetricTest, OtherBoundsOrWeightsMakeAVersionAndAnotherNameDoesNot) {
  HOIAM_ASSERT_OK(Set(Taste()));
  v1::Metric name;
  name.set_metric_id("TASTE");
  name.mutable_display_name()->set_vi("Độ ngon");
  EXPECT_EQ(Set(name)->version(), 1);
  clock_.Advance(absl::Hours(1));
  const auto strict = Set(Strict());
  HOIAM_ASSERT_OK(strict);
  EXPECT_EQ(strict->version(), 2);
  EXPECT_EQ(TimeOf(strict->create_time()), clock_.Now());
  v1::Metric weights = Strict();
  weights.mutable_parts(1)->set_weight(0.5);
  EXPECT_EQ(Set(weights)->version(), 3);
  ASSERT_EQ(Own().size(), 1);
  EXPECT_EQ(Own()[0].version(), 3);
  std::vector<int> told;
  for (const auto& e : replica_.TakeEvents()) told.push_back(e.metric().metric().version());
  EXPECT_THAT(told, ElementsAre(1, 1, 2, 3));
}

TEST_F(OwnMetricTest, ABadDefinitionIsRefusedWithEveryMistakeAndChangesNothing) {
  v1::Metric m;
  m.set_metric_id("nps");
  m.set_min(3);
  m.set_max(12);
  Add(m, "bad", v1::Mood::UNSPECIFIED, 3, 5, 2);
  Add(m, "bad", v1::Mood::HAPPY, 7, 12, 0.0001);
  EXPECT_THAT(
      Refused(Set(m).status()),
      UnorderedElementsAre("metricId INVALID_METRIC_ID", "displayName REQUIRED", "max OUT_OF_RANGE",
                           "parts[0].mood REQUIRED", "parts[0].weight OUT_OF_RANGE", "parts[1].name DUPLICATE_NAME",
                           "parts[1].low SCALE_GAP", "parts[1].weight OUT_OF_RANGE"));
  for (const char* taken : {"NPS", "CSI", "EXPECTATION", "IDEAL_GAP", "CSI_IMPORTANCE", "CSI_CHOSEN"})
    EXPECT_THAT(Refused(Set(Taste(taken)).status()), ElementsAre("metricId METRIC_TAKEN")) << taken;
  EXPECT_THAT(Own(), IsEmpty());

  HOIAM_ASSERT_OK(Set(Taste()));
  v1::Metric other = Taste();
  other.set_max(5);
  other.mutable_parts(0)->set_name("awful");
  other.mutable_parts(2)->set_high(5);
  other.mutable_parts(2)->set_mood(v1::Mood::INDIFFERENT);
  EXPECT_THAT(Refused(Set(other).status()),
              UnorderedElementsAre("max METRIC_FIXED", "parts[0].name METRIC_FIXED", "parts[2].mood METRIC_FIXED"));
  other = Taste();
  other.mutable_parts()->RemoveLast();
  other.mutable_parts(1)->set_high(4);
  EXPECT_THAT(Refused(Set(other).status()), ElementsAre("parts METRIC_FIXED"));
  v1::UpdateMetricRequest mask;
  *mask.mutable_metric() = Taste();
  mask.mutable_update_mask()->add_paths("version");
  EXPECT_THAT(Refused(Write(&UpdateMetric, mask, As()).status()), ElementsAre("updateMask NOT_SETTABLE"));
  EXPECT_EQ(Own()[0].version(), 1);
  EXPECT_EQ(replica_.TakeEvents().size(), 1);
}

TEST_F(OwnMetricTest, ATenantHasAHundredMetricsAndAMetricAHundredVersions) {
  for (size_t i = 0; i < kMaxMetrics; ++i) HOIAM_ASSERT_OK(Set(Taste("M" + std::to_string(i))));
  EXPECT_THAT(Set(Taste("ONE_MORE")), StatusIs(StatusCode::kFailedPrecondition, "METRICS_FULL"));
  HOIAM_ASSERT_OK(Set(Taste("ONE_MORE"), true, "other"));
  v1::Metric m = Taste("M0");
  for (int version = 2; version <= kMaxMetricVersions; ++version) {
    m.mutable_parts(1)->set_weight(version / 1000.0);
    ASSERT_EQ(Set(m)->version(), version);
  }
  m.mutable_parts(1)->set_weight(0.5);
  EXPECT_THAT(Set(m), StatusIs(StatusCode::kFailedPrecondition, "METRIC_VERSIONS_FULL"));
  EXPECT_EQ(Own().size(), kMaxMetrics);
}

TEST_F(OwnMetricTest, AnAnswerCountsForAMetricThatThereIsOnItsScale) {
  EXPECT_THAT(Respond(Answer("r-1", "lan", "TASTE", 3)), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
  HOIAM_ASSERT_OK(Set(Taste()));
  EXPECT_THAT(Respond(Answer("r-1", "lan", "TASTE", 5)), StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
  const auto r = Respond(Answer("r-1", "lan", "TASTE", 0));
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->metric_version(), 1);
  EXPECT_EQ(r->scope(), v1::Scope::TOUCHPOINT);
  EXPECT_EQ(LastAnswer().band(), "UNHAPPY");
  auto other = Answer("r-2", "lan", "TASTE", 3);
  EXPECT_THAT(Write(&CreateResponse, other, As("other")), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));

  v1::CreateFeedbackRequest said;
  said.set_feedback_id("f-1");
  said.set_customer_id("lan");
  said.set_metric("TASTE");
  said.set_score(4);
  clock_.Advance(absl::Minutes(1));
  HOIAM_ASSERT_OK(Write(&CreateFeedback, said, As()));
  EXPECT_EQ(LastAnswer().band(), "HAPPY");
  EXPECT_EQ(LastAnswer().previous_score(), 0);
  EXPECT_EQ(LastAnswer().previous_band(), "UNHAPPY");
  said.set_feedback_id("f-2");
  said.set_metric("TASTY");
  EXPECT_THAT(Refused(Write(&CreateFeedback, said, As()).status()), ElementsAre("metric UNKNOWN_METRIC"));
}

TEST_F(OwnMetricTest, AnAnswerKeepsTheVersionItWasStoredWith) {
  HOIAM_ASSERT_OK(Set(Taste()));
  EXPECT_EQ(Respond(Answer("r-1", "lan", "TASTE", 3))->metric_version(), 1);
  EXPECT_EQ(LastAnswer().band(), "HAPPY");
  HOIAM_ASSERT_OK(Set(Strict()));
  EXPECT_EQ(Respond(Answer("r-2", "mai", "TASTE", 3))->metric_version(), 2);
  EXPECT_EQ(LastAnswer().band(), "INDIFFERENT");

  const auto amended = Amend("r-1", 2);
  HOIAM_ASSERT_OK(amended);
  EXPECT_EQ(amended->metric_version(), 1);
  EXPECT_EQ(LastAnswer().band(), "INDIFFERENT");
  EXPECT_EQ(LastAnswer().replaced_band(), "HAPPY") << "as it counted: by version 1";
  EXPECT_THAT(Amend("r-1", 5), StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
  v1::VoidResponseRequest away;
  away.set_response_id("r-1");
  away.set_reason("test");
  HOIAM_ASSERT_OK(Write(&VoidResponse, away, As()));
  EXPECT_EQ(Response("r-1").metric_version(), 1);
  EXPECT_EQ(Respond(Answer("n-1", "lan", "NPS", 9))->metric_version(), 1);
}

TEST_F(OwnMetricTest, ASurveyAsksOnItsScaleAndBandsFollowTheMoods) {
  EXPECT_THAT(Refused(Create(SurveyOfTaste("taste")).status()), ElementsAre("metric UNKNOWN_METRIC"));
  HOIAM_ASSERT_OK(Set(Taste()));
  auto wrong = SurveyOfTaste("taste");
  wrong.mutable_survey()->mutable_questions(0)->set_metric("OTHER");
  wrong.mutable_survey()->mutable_questions(1)->mutable_show_if()->set_bands(0, "DETRACTOR");
  EXPECT_THAT(Refused(Create(wrong).status()), ::testing::Contains("questions[0].metric UNKNOWN_METRIC"));
  const auto made = Create(SurveyOfTaste("taste"));
  HOIAM_ASSERT_OK(made);
  EXPECT_EQ(made->scope(), v1::Scope::TOUCHPOINT);
  HOIAM_ASSERT_OK(Create(SurveyOfTaste("taste")));
  HOIAM_ASSERT_OK(Activate("taste"));

  auto q = Answer("r-1", "lan", "", 0);
  q.clear_score();
  q.set_survey_id("taste");
  auto* a = q.add_answers();
  a->set_question_id("taste");
  a->set_number(1);
  auto* why = q.add_answers();
  why->set_question_id("why");
  why->set_text("mặn quá");
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->metric(), "TASTE");
  EXPECT_EQ(r->score(), 1);
  EXPECT_EQ(LastAnswer().band(), "UNHAPPY");
  q.set_response_id("r-2");
  q.mutable_answers(0)->set_number(4);
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "QUESTION_NOT_ASKED"));
  q.mutable_answers(0)->set_number(5);
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));

  v1::UpdateSurveyRequest change;
  change.mutable_survey()->set_survey_id("taste");
  change.mutable_survey()->mutable_display_name()->set_vi("Món ăn");
  const auto changed = Write(&UpdateSurvey, change, As());
  HOIAM_ASSERT_OK(changed);
  EXPECT_EQ(changed->version(), 2);
  *change.mutable_survey()->mutable_questions() = SurveyOfTaste("x").survey().questions();
  change.mutable_survey()->mutable_questions(0)->set_metric("OTHER");
  EXPECT_THAT(Refused(Write(&UpdateSurvey, change, As()).status()),
              ::testing::Contains("questions[0].metric UNKNOWN_METRIC"));
}

TEST_F(OwnMetricTest, TheRespondentsPageHasTheScaleAndTheFormIsReadOnIt) {
  HOIAM_ASSERT_OK(Set(Taste()));
  HOIAM_ASSERT_OK(Create(SurveyOfTaste("taste")));
  HOIAM_ASSERT_OK(Activate("taste"));
  const auto i = InviteByHand("taste", "i-1", "lan");
  HOIAM_ASSERT_OK(i);
  v1::GetRespondentPageRequest open;
  open.set_token(TokenOf(i->link()));
  const auto page = GetRespondentPage(replica_.deps(), As(), open);
  HOIAM_ASSERT_OK(page);
  ASSERT_EQ(page->metrics_size(), 1);
  EXPECT_EQ(page->metrics(0).metric_id(), "TASTE");
  EXPECT_EQ(page->metrics(0).max(), 4);
  EXPECT_THAT(page->shown(), ElementsAre("taste"));
  EXPECT_TRUE(page->more_may_come());

  v1::SubmitAnswerRequest form;
  form.set_token(open.token());
  form.add_shown("taste");
  auto* a = form.add_answers();
  a->set_question_id("taste");
  a->set_number(7);
  EXPECT_THAT(Refused(Write(&SubmitAnswer, form, As()).status()), ElementsAre("taste SCORE_OUT_OF_RANGE"));
  a->set_number(3);
  HOIAM_ASSERT_OK(Write(&SubmitAnswer, form, As()));
  EXPECT_EQ(LastAnswer().band(), "HAPPY");
  EXPECT_EQ(LastAnswer().response().metric_version(), 1);
  // What the answer was is decided by the version it counts by, also when the form is sent again.
  HOIAM_ASSERT_OK(Set(Strict()));
  a->set_number(2);
  HOIAM_ASSERT_OK(Write(&SubmitAnswer, form, As()));
  EXPECT_EQ(LastAnswer().response().metric_version(), 1);
  EXPECT_EQ(LastAnswer().replaced_band(), "HAPPY");
}

TEST_F(OwnMetricTest, ARuleOfThePolicyMayBeAboutIt) {
  v1::UpdateAskPolicyRequest q;
  auto* rule = q.mutable_policy()->add_rules();
  rule->set_rule_id("taste_quarter");
  rule->set_metric("TASTE");
  rule->set_max_asks(1);
  rule->mutable_window()->set_seconds(90 * 86400);
  EXPECT_THAT(Refused(Write(&UpdateAskPolicy, q, As()).status()), ElementsAre("rules[0].metric UNKNOWN_METRIC"));
  HOIAM_ASSERT_OK(Set(Taste()));
  HOIAM_ASSERT_OK(Write(&UpdateAskPolicy, q, As()));
}

TEST_F(OwnMetricTest, ASurveySaysWhatItIsAboutElseItsTemplateElseItsMetric) {
  EXPECT_EQ(MakeSurvey("a", "nps")->scope(), v1::Scope::RELATIONSHIP);
  EXPECT_EQ(MakeSurvey("b", "recovery", false)->scope(), v1::Scope::SERVICE);
  v1::Metric journey = Taste();
  journey.set_scope(v1::Scope::JOURNEY);
  HOIAM_ASSERT_OK(Set(journey));
  EXPECT_EQ(Create(SurveyOfTaste("c"))->scope(), v1::Scope::JOURNEY);
  auto own = SurveyOfTaste("d");
  own.mutable_survey()->set_scope(v1::Scope::PRODUCT_USE);
  own.mutable_survey()->set_incentivised(true);
  const auto d = Create(own);
  HOIAM_ASSERT_OK(d);
  EXPECT_EQ(d->scope(), v1::Scope::PRODUCT_USE);
  EXPECT_TRUE(d->incentivised());
  own.set_survey_id("e");
  own.mutable_survey()->set_scope(static_cast<v1::Scope::Code>(77));
  EXPECT_THAT(Refused(Create(own).status()), ElementsAre("scope UNKNOWN_VALUE"));

  v1::UpdateSurveyRequest change;
  change.mutable_survey()->set_survey_id("d");
  change.mutable_update_mask()->add_paths("scope");
  change.mutable_update_mask()->add_paths("incentivised");
  const auto back = Write(&UpdateSurvey, change, As());
  HOIAM_ASSERT_OK(back);
  EXPECT_EQ(back->scope(), v1::Scope::JOURNEY) << "cleared: that of its metric";
  EXPECT_FALSE(back->incentivised());
  EXPECT_EQ(back->version(), 2);

  auto q = Answer("r-1", "lan", "TASTE", 3);
  q.set_survey_id("c");
  EXPECT_EQ(Respond(q)->scope(), v1::Scope::JOURNEY);
  const auto templates = ListTemplates(replica_.deps(), As(), {});
  for (const v1::Template& t : templates->templates()) EXPECT_NE(t.scope(), v1::Scope::UNSPECIFIED) << t.template_id();
}

}  // namespace
}  // namespace hoiam::survey
