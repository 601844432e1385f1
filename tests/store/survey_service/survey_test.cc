#include "absl/strings/str_cat.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class SurveyTest : public SurveyServiceTest {
 protected:
  absl::StatusOr<v1::Survey> Create(const v1::CreateSurveyRequest& q) { return Write(&CreateSurvey, q, As()); }
  absl::StatusOr<v1::Survey> Update(const v1::UpdateSurveyRequest& q) { return Write(&UpdateSurvey, q, As()); }
  absl::StatusOr<v1::Survey> Move(const std::string& id, SurveyVerb verb) {
    v1::MoveSurveyRequest q;
    q.set_survey_id(id);
    std::promise<absl::StatusOr<v1::Survey>> done;
    MoveSurvey(verb, replica_.deps(), As(), q,
               [&](absl::StatusOr<v1::Survey> s, rpc::ReplyMeta) { done.set_value(std::move(s)); });
    return done.get_future().get();
  }
  absl::StatusOr<v1::Survey> Get(const std::string& id, const std::string& tenant = "demo") {
    v1::GetSurveyRequest q;
    q.set_survey_id(id);
    return GetSurvey(replica_.deps(), As(tenant), q);
  }
  static v1::CreateSurveyRequest Custom(const std::string& id) {
    v1::CreateSurveyRequest q;
    q.set_survey_id(id);
    q.mutable_survey()->set_metric("CSAT");
    v1::Question* score = q.mutable_survey()->add_questions();
    score->set_question_id("score");
    score->set_type(v1::QuestionType::CSAT);
    score->mutable_text()->set_vi("Anh/chị hài lòng không?");
    return q;
  }
};

TEST_F(SurveyTest, ATemplateGivesMetricAndQuestions) {
  const auto s = MakeSurvey("nps", "nps");
  HOIAM_ASSERT_OK(s);
  EXPECT_EQ(s->metric(), "NPS");
  EXPECT_EQ(s->state(), v1::SurveyState::DRAFT);
  EXPECT_EQ(s->version(), 1);
  ASSERT_EQ(s->questions_size(), 5);
  EXPECT_EQ(s->questions(0).low_label().vi(), "Chắc chắn không");
  EXPECT_EQ(s->channels(0), v1::DeliveryChannel::LINK);
  EXPECT_EQ(Get("nps")->SerializeAsString(), s->SerializeAsString());
}

TEST_F(SurveyTest, TheSameIdAndBodyAgainIsTheSameSuccess) {
  HOIAM_ASSERT_OK(MakeSurvey("nps", "nps"));
  clock_.Advance(absl::Minutes(1));
  HOIAM_ASSERT_OK(Move("nps", SurveyVerb::kActivate));
  EXPECT_EQ(MakeSurvey("nps", "nps")->state(), v1::SurveyState::ACTIVE) << "as it is now";
  EXPECT_THAT(MakeSurvey("nps", "csat"), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
}

TEST_F(SurveyTest, EveryMistakeIsNamedAtOnce) {
  auto q = Custom("Bad Id");
  q.mutable_survey()->set_survey_id("other");
  q.mutable_survey()->mutable_trigger()->set_sample_percent(101);
  q.mutable_survey()->mutable_trigger()->mutable_delay()->set_seconds(-60);
  q.mutable_survey()->mutable_trigger()->add_interaction_types("purchase");
  q.mutable_survey()->mutable_expire_after()->set_seconds(1);
  q.mutable_survey()->mutable_fatigue()->mutable_window()->set_seconds(-1);
  v1::Question* follow_up = q.mutable_survey()->add_questions();
  follow_up->set_question_id("score");
  follow_up->mutable_show_if()->set_question_id("later");
  const auto r = Create(q);
  ASSERT_THAT(r, StatusIs(StatusCode::kInvalidArgument));
  const auto detail = DetailOf(r.status());
  std::vector<std::string> fields;
  for (const Violation& v : detail->violations) fields.push_back(absl::StrCat(v.field, " ", v.reason));
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre(
                          "surveyId INVALID_SLUG", "surveyId ID_MISMATCH", "trigger.samplePercent PERCENT_OUT_OF_RANGE",
                          "trigger.delay DURATION_OUT_OF_RANGE", "trigger.interactionTypes[0] INVALID_TYPE",
                          "expireAfter DURATION_OUT_OF_RANGE", "fatigue.window DURATION_OUT_OF_RANGE",
                          "questions[1].type REQUIRED", "questions[1].questionId DUPLICATE_ID",
                          "questions[1].text REQUIRED", "questions[1].showIf.questionId UNKNOWN_QUESTION"));
}

TEST_F(SurveyTest, MetricsAndTemplatesThatAreNotThereAreRefused) {
  auto q = Custom("s");
  q.mutable_survey()->set_metric("CSI");
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "METRIC_QUESTION_MISSING"));
  q.mutable_survey()->set_metric("HAPPINESS");
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
  q.mutable_survey()->clear_metric();
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  q.mutable_survey()->set_metric("NPS");
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "METRIC_QUESTION_MISSING"));
  q.mutable_survey()->set_template_("nps");
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "TEMPLATE_AND_QUESTIONS"));
  q.mutable_survey()->clear_questions();
  q.mutable_survey()->set_template_("horoscope");
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_TEMPLATE"));
  q.mutable_survey()->set_template_("csat");
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "METRIC_MISMATCH"));
  q.mutable_survey()->set_metric("HAPPINESS");
  EXPECT_THAT(Create(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
}

TEST_F(SurveyTest, AChangeMakesAVersionAndItsMetricStays) {
  HOIAM_ASSERT_OK(MakeSurvey("s", "nps"));
  v1::UpdateSurveyRequest q;
  q.mutable_survey()->set_survey_id("s");
  q.mutable_survey()->set_brand("Én Mới");
  const auto s = Update(q);
  HOIAM_ASSERT_OK(s);
  EXPECT_EQ(s->version(), 2);
  EXPECT_EQ(s->brand(), "Én Mới");
  EXPECT_EQ(s->template_(), "nps");
  EXPECT_EQ(Update(q)->version(), 2) << "the same again changes nothing";
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM survey_version"), 2);
  q.mutable_survey()->set_metric("CSAT");
  EXPECT_THAT(Update(q), StatusIs(StatusCode::kInvalidArgument, "METRIC_IMMUTABLE"));
  q.mutable_survey()->clear_metric();
  q.mutable_update_mask()->add_paths("state");
  EXPECT_THAT(Update(q), StatusIs(StatusCode::kInvalidArgument, "NOT_SETTABLE"));
  q.mutable_update_mask()->set_paths(0, "trigger.delay");
  EXPECT_THAT(Update(q), StatusIs(StatusCode::kInvalidArgument, "PATH_TOO_DEEP"));
  q.mutable_update_mask()->set_paths(0, "trigger");
  EXPECT_FALSE(Update(q)->has_trigger()) << "named and not given: cleared";
  q.mutable_update_mask()->set_paths(0, "questions");
  EXPECT_THAT(Update(q), StatusIs(StatusCode::kInvalidArgument, "METRIC_QUESTION_MISSING"));
  q.mutable_survey()->set_survey_id("nope");
  EXPECT_THAT(Update(q), StatusIs(StatusCode::kNotFound, "SURVEY_NOT_FOUND"));
}

TEST_F(SurveyTest, ItsLifeFollowsTheTable) {
  HOIAM_ASSERT_OK(MakeSurvey("s", "nps"));
  EXPECT_THAT(Move("s", SurveyVerb::kPause), StatusIs(StatusCode::kFailedPrecondition, "SURVEY_TRANSITION_REFUSED"));
  EXPECT_EQ(Move("s", SurveyVerb::kActivate)->state(), v1::SurveyState::ACTIVE);
  EXPECT_EQ(Move("s", SurveyVerb::kPause)->state(), v1::SurveyState::PAUSED);
  EXPECT_EQ(Move("s", SurveyVerb::kArchive)->state(), v1::SurveyState::ARCHIVED);
  EXPECT_THAT(Move("s", SurveyVerb::kActivate), StatusIs(StatusCode::kFailedPrecondition, "SURVEY_TRANSITION_REFUSED"));
  v1::UpdateSurveyRequest q;
  q.mutable_survey()->set_survey_id("s");
  q.mutable_survey()->set_brand("x");
  EXPECT_THAT(Update(q), StatusIs(StatusCode::kFailedPrecondition, "SURVEY_ARCHIVED"));
  EXPECT_THAT(Move("nope", SurveyVerb::kActivate), StatusIs(StatusCode::kNotFound, "SURVEY_NOT_FOUND"));
}

TEST_F(SurveyTest, ListsAreByIdAndKnowTheirTenant) {
  for (const char* id : {"c", "a", "b"}) HOIAM_ASSERT_OK(Create(Custom(id)));
  v1::ListSurveysRequest q;
  q.set_page_size(2);
  const auto first = ListSurveys(replica_.deps(), As(), q);
  HOIAM_ASSERT_OK(first);
  ASSERT_EQ(first->surveys_size(), 2);
  EXPECT_EQ(first->surveys(0).survey_id(), "a");
  q.set_page_token(first->next_page_token());
  const auto second = ListSurveys(replica_.deps(), As(), q);
  HOIAM_ASSERT_OK(second);
  ASSERT_EQ(second->surveys_size(), 1);
  EXPECT_EQ(second->surveys(0).survey_id(), "c");
  EXPECT_EQ(second->next_page_token(), "");
  EXPECT_THAT(ListSurveys(replica_.deps(), As("other"), q),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  EXPECT_THAT(Get("a", "other"), StatusIs(StatusCode::kNotFound, "SURVEY_NOT_FOUND"));
}

TEST_F(SurveyTest, AnInvitationByHandHoldsToTheWindowUnlessItSaysWhyNotAndToTheFloorAlways) {
  ActiveSurvey("s");
  const auto first = InviteByHand("s", "inv-1", "lan");
  HOIAM_ASSERT_OK(first);
  EXPECT_EQ(first->state(), v1::InvitationState::CREATED);
  EXPECT_FALSE(first->link().empty());
  EXPECT_EQ(Customer("lan").revision(), 1) << "an unknown customer becomes a bare one";
  const absl::Time asked = clock_.Now();
  v1::CreateInvitationRequest again;
  again.set_survey_id("s");
  again.set_invitation_id("inv-2");
  again.set_customer_id("lan");
  again.set_reask(v1::Reask::ISSUE_RESOLVED);
  clock_.Advance(absl::Hours(24) - absl::Microseconds(1));
  const auto floor = Write(&CreateInvitation, again, As());
  EXPECT_THAT(floor, StatusIs(StatusCode::kFailedPrecondition, "FLOOR_24H"));
  EXPECT_EQ(DetailOf(floor.status())->metadata.at("eligibleTime"),
            absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", asked + absl::Hours(24), absl::UTCTimeZone()));
  EXPECT_EQ(DetailOf(floor.status())->metadata.at("blockedBy"), "s");
  clock_.Advance(absl::Microseconds(1));
  EXPECT_THAT(InviteByHand("s", "inv-2", "lan"), StatusIs(StatusCode::kFailedPrecondition, "FATIGUE_WINDOW"));
  HOIAM_EXPECT_OK(Write(&CreateInvitation, again, As()));
}

TEST_F(SurveyTest, AnInvitationsIdBelongsToOneBody) {
  ActiveSurvey("s");
  HOIAM_ASSERT_OK(MakeSurvey("t", "csat"));
  HOIAM_ASSERT_OK(Activate("t"));
  const auto first = InviteByHand("s", "inv-1", "lan");
  EXPECT_EQ(InviteByHand("s", "inv-1", "lan")->SerializeAsString(), first->SerializeAsString());
  EXPECT_THAT(InviteByHand("t", "inv-1", "lan"), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_THAT(InviteByHand("s", "inv-1", "minh"), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  const std::string made = Record("i-1", "mai")->dispatch(0).invitation();
  EXPECT_THAT(InviteByHand("s", made, "minh"), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
}

TEST_F(SurveyTest, OnlyActiveSurveysInvite) {
  HOIAM_ASSERT_OK(MakeSurvey("s", "nps"));
  EXPECT_THAT(InviteByHand("s", "inv-1", "lan"), StatusIs(StatusCode::kFailedPrecondition, "SURVEY_NOT_ACTIVE"));
  EXPECT_THAT(InviteByHand("nope", "inv-1", "lan"), StatusIs(StatusCode::kNotFound, "SURVEY_NOT_FOUND"));
  EXPECT_THAT(InviteByHand("s", "", ""), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  HOIAM_ASSERT_OK(Activate("s"));
  HOIAM_ASSERT_OK(Record("i-minh", "minh"));
  v1::CreateInvitationRequest q;
  q.set_survey_id("s");
  q.set_invitation_id("inv-1");
  q.set_customer_id("lan");
  q.set_interaction_id("i-minh");
  EXPECT_THAT(Write(&CreateInvitation, q, As()),
              StatusIs(StatusCode::kInvalidArgument, "INTERACTION_OF_ANOTHER_CUSTOMER"));
  q.set_interaction_id("nope");
  EXPECT_THAT(Write(&CreateInvitation, q, As()), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_INTERACTION"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM invitation WHERE customer_id = 'lan'"), 0);
}

TEST_F(SurveyTest, InvitationsAreListedNewestFirst) {
  ActiveSurvey("s");
  for (int i = 0; i < 5; ++i) {
    HOIAM_ASSERT_OK(InviteByHand("s", absl::StrCat("inv-", i), absl::StrCat("c-", i)));
    if (i % 2) clock_.Advance(absl::Minutes(1));
  }
  std::vector<std::string> ids;
  v1::ListInvitationsRequest q;
  q.set_survey_id("s");
  q.set_page_size(2);
  do {
    const auto page = ListInvitations(replica_.deps(), As(), q);
    HOIAM_ASSERT_OK(page);
    for (const auto& i : page->invitations()) ids.push_back(i.invitation_id());
    q.set_page_token(page->next_page_token());
  } while (!q.page_token().empty());
  EXPECT_THAT(ids, ::testing::ElementsAre("inv-4", "inv-3", "inv-2", "inv-1", "inv-0"));
  q.set_survey_id("nope");
  EXPECT_THAT(ListInvitations(replica_.deps(), As(), q), StatusIs(StatusCode::kNotFound, "SURVEY_NOT_FOUND"));
}

}  // namespace
}  // namespace hoiam::survey
