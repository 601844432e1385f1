// What is asked and what may be answered, over rows: the kinds of questions, what is known, receipts.
#include <gmock/gmock.h>

#include "survey_service/app/usage.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;

class QuestionsTest : public SurveyServiceTest {
 protected:
  std::string Invite(const std::string& template_id, const std::string& interaction = "i-1") {
    if (interaction == "i-1") ActiveSurvey("s", template_id);
    return TokenOf(Record(interaction, "lan")->dispatch(0).link());
  }
  v1::RespondentPage Page(const std::string& token) {
    v1::GetRespondentPageRequest q;
    q.set_token(token);
    const auto page = GetRespondentPage(replica_.deps(), As(""), q);
    HOIAM_EXPECT_OK(page);
    return page.ok() ? *page : v1::RespondentPage();
  }
  // A form that says it showed what the page shows, as a browser sends it.
  v1::SubmitAnswerRequest Form(const std::string& token) {
    v1::SubmitAnswerRequest q;
    q.set_token(token);
    *q.mutable_shown() = Page(token).shown();
    q.set_finished(true);
    return q;
  }
  absl::StatusOr<v1::SubmitAnswerResponse> Submit(const v1::SubmitAnswerRequest& q) {
    return Write(&SubmitAnswer, q, As(""));
  }
  template <class Message>
  static v1::Answer* Add(Message& q, const std::string& id) {
    v1::Answer* a = q.add_answers();
    a->set_question_id(id);
    return a;
  }
};

TEST_F(QuestionsTest, AnAnswerOfTheCsiHasAttributesAndNoScore) {
  const std::string token = Invite("csi");
  EXPECT_THAT(Page(token).shown(), Contains("important"));
  EXPECT_FALSE(Page(token).more_may_come());
  auto form = Form(token);
  EXPECT_THAT(Submit(form), StatusIs(StatusCode::kInvalidArgument, "REQUIRED")) << "no attribute, nothing to store";
  Add(form, "quality")->set_number(9);
  Add(form, "staff")->set_number(4);
  Add(form, "important")->add_choices("staff");
  Add(form, "expectation")->add_choices("below");
  Add(form, "ideal")->set_text("Không có ạ");
  replica_.TakeEvents();
  const auto r = Submit(form);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->state(), v1::InvitationState::ANSWERED);
  EXPECT_FALSE(r->response().has_score());
  EXPECT_EQ(r->response().metric(), "CSI");
  EXPECT_TRUE(r->response().finished());
  ASSERT_EQ(r->response().answers_size(), 5);
  EXPECT_TRUE(r->response().answers(4).nothing_missing());
  EXPECT_EQ(r->response().answers(4).text(), "Không có ạ");
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM standing"), 0) << "no score to stand";
}

TEST_F(QuestionsTest, ThePageEndsWhenNothingIsLeftThatItDidNotShow) {
  const std::string token = Invite("recovery");
  EXPECT_THAT(Page(token).shown(), ElementsAre("settled", "nps"));
  EXPECT_TRUE(Page(token).more_may_come());
  auto form = Form(token);
  Add(form, "settled")->add_choices("no");
  Add(form, "nps")->set_number(3);
  const auto first = Submit(form);
  HOIAM_ASSERT_OK(first);
  EXPECT_EQ(first->state(), v1::InvitationState::STARTED);
  EXPECT_FALSE(first->response().finished());
  EXPECT_THAT(first->shown(), ElementsAre("settled", "nps", "more_help"));
  EXPECT_THAT(Page(token).shown(), ElementsAre("settled", "nps", "more_help"));
  EXPECT_FALSE(Page(token).more_may_come());
  form = Form(token);
  Add(form, "settled")->add_choices("no");
  Add(form, "nps")->set_number(3);
  Add(form, "more_help")->set_text("Gọi lại giúp");
  const auto last = Submit(form);
  HOIAM_ASSERT_OK(last);
  EXPECT_EQ(last->state(), v1::InvitationState::ANSWERED);
  EXPECT_EQ(last->response().revision(), 2) << "one answer, amended";
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 1);
}

TEST_F(QuestionsTest, WhatWasAnsweredIsNotAskedAgainUntilItsTimeIsUp) {
  const std::string token = Invite("source");
  EXPECT_THAT(Page(token).shown(), ElementsAre("csat", "source"));
  auto form = Form(token);
  form.set_finished(false);
  Add(form, "csat")->set_number(5);
  Add(form, "source")->add_choices("zalo");
  HOIAM_ASSERT_OK(Submit(form));
  EXPECT_THAT(Page(token).shown(), ElementsAre("csat", "source")) << "answered here: it may be amended";
  clock_.Advance(absl::Hours(24 * 31));
  EXPECT_THAT(Page(Invite("source", "i-2")).shown(), ElementsAre("csat"));
  clock_.Advance(absl::Hours(24 * 3650));
  EXPECT_THAT(Page(Invite("source", "i-3")).shown(), ElementsAre("csat", "source"));
}

TEST_F(QuestionsTest, WhatTheProfileSaysIsSkippedAlsoWhereItIsRequired) {
  v1::CreateSurveyRequest q;
  q.set_survey_id("s");
  q.mutable_survey()->set_metric("NPS");
  q.mutable_survey()->mutable_trigger()->add_interaction_types("PURCHASE");
  for (const char* id : {"nps", "district"}) {
    v1::Question* question = q.mutable_survey()->add_questions();
    question->set_question_id(id);
    question->mutable_text()->set_vi("?");
    question->set_type(v1::QuestionType::TEXT);
    question->set_required(true);
  }
  q.mutable_survey()->mutable_questions(0)->set_type(v1::QuestionType::NPS);
  q.mutable_survey()->mutable_questions(1)->set_known_from("quan");
  HOIAM_ASSERT_OK(Write(&CreateSurvey, q, As()));
  HOIAM_ASSERT_OK(Activate("s"));
  auto purchase = Purchase("i-1", "lan");
  (*purchase.mutable_customer()->mutable_properties())["quan"].set_string_value("Cầu Giấy");
  const std::string token = TokenOf(Record(purchase)->dispatch(0).link());
  EXPECT_THAT(Page(token).shown(), ElementsAre("nps"));
  auto form = Form(token);
  Add(form, "nps")->set_number(8);
  EXPECT_EQ(Submit(form)->state(), v1::InvitationState::ANSWERED);
  auto answer = Answer("r-1", "lan", "NPS", 8);
  answer.set_survey_id("s");
  HOIAM_EXPECT_OK(Respond(answer));
  answer = Answer("r-2", "hoa", "NPS", 8);
  answer.set_survey_id("s");
  EXPECT_THAT(Respond(answer), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
}

TEST_F(QuestionsTest, AnswersToWhatWasNotAskedAreRefused) {
  HOIAM_ASSERT_OK(MakeSurvey("s", "nps"));
  auto q = Answer("r-1", "lan", "NPS", 9);
  q.set_survey_id("s");
  Add(q, "detractor_cause")->add_choices("price");
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "QUESTION_NOT_ASKED"));
  q.set_score(6);
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->finished());
  v1::UpdateResponseRequest change;
  change.mutable_response()->set_response_id("r-1");
  change.mutable_response()->set_score(10);
  const auto amended = Write(&UpdateResponse, change, As());
  HOIAM_ASSERT_OK(amended);
  EXPECT_EQ(amended->response().answers_size(), 0) << "a new score hides the cause";
  Add(*change.mutable_response(), "detractor_cause")->add_choices("price");
  change.mutable_response()->clear_score();
  EXPECT_THAT(Write(&UpdateResponse, change, As()), StatusIs(StatusCode::kInvalidArgument, "QUESTION_NOT_ASKED"));
}

TEST_F(QuestionsTest, TheCsiNeedsASurveyAndTakesNoScore) {
  auto q = Answer("r-1", "lan", "CSI", 8);
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "NO_SINGLE_SCORE"));
  q.clear_score();
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  HOIAM_ASSERT_OK(MakeSurvey("s", "csi_service"));
  q.set_survey_id("s");
  v1::Answer* staff = Add(q, "staff");
  staff->set_number(11);
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "SCORE_OUT_OF_RANGE"));
  staff->set_number(7);
  staff->set_importance(10);
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_FALSE(r->has_score());
  EXPECT_EQ(r->answers(0).importance(), 10);
}

TEST_F(QuestionsTest, AnAnswerKeepsItsVoiceTheInterviewersNotesAndWhatTheGoodsDid) {
  auto purchase = Purchase("i-1", "lan");
  (*purchase.mutable_properties())["item"].set_string_value("SKU-7");
  purchase.mutable_customer()->set_kind(v1::RespondentKind::EMPLOYEE);
  HOIAM_ASSERT_OK(Record(purchase));
  v1::RecordUsageRequest usage;
  usage.set_customer_id("lan");
  usage.set_usage_id("u-1");
  usage.set_item("SKU-7");
  usage.set_status("PROBLEM");
  SetTimestamp(clock_.Now(), usage.mutable_occurred_at());
  HOIAM_ASSERT_OK(Write(&RecordUsage, usage, As()));
  auto q = Answer("r-1", "lan", "NPS", 5);
  q.set_interaction_id("i-1");
  q.set_voice(v1::Voice::EXPECTATION);
  q.set_interview_notes("Khách nói nhỏ, ngại");
  const auto r = Respond(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->voice(), v1::Voice::EXPECTATION);
  EXPECT_EQ(r->interview_notes(), "Khách nói nhỏ, ngại");
  EXPECT_EQ(r->respondent_kind(), v1::RespondentKind::EMPLOYEE);
  EXPECT_EQ(r->usage_status(), "PROBLEM");
  EXPECT_EQ(Respond(Answer("r-2", "lan", "NPS", 5))->voice(), v1::Voice::ACTUAL);
  rpc::CallContext publishable = As();
  publishable.publishable = true;
  auto open = Answer("r-3", "lan", "NPS", 5);
  open.clear_responded_at();
  open.set_interview_notes("x");
  EXPECT_THAT(Write(&CreateResponse, open, publishable),
              StatusIs(StatusCode::kInvalidArgument, "PUBLISHABLE_KEY_FIELD"));
}

TEST_F(QuestionsTest, AReceiptIsAnsweredByNobodyInParticular) {
  ActiveSurvey("s", "csat_delivery");
  v1::CreateInvitationRequest q;
  q.set_survey_id("s");
  q.set_invitation_id("receipt-1");
  q.set_order("HD-77");
  const auto made = Write(&CreateInvitation, q, As());
  HOIAM_ASSERT_OK(made);
  const std::string token = TokenOf(made->invitation().link());
  EXPECT_TRUE(Page(token).anonymous());
  EXPECT_EQ(Page(token).survey().questions(0).text().vi(), "Anh/chị hài lòng thế nào với lần giao đơn HD-77?");
  auto form = Form(token);
  Add(form, "csat")->set_number(4);
  form.set_phone("0912 345 678");
  const auto r = Submit(form);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->response().customer_id(), "");
  EXPECT_EQ(r->response().order(), "HD-77");
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer"), 0);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response_claim"), 2) << "by order and by phone";
  EXPECT_THAT(Submit(form), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
}

TEST_F(QuestionsTest, ASurveysFormOfAddressIsInAllItsTexts) {
  v1::CreateSurveyRequest q;
  q.set_survey_id("s");
  q.mutable_survey()->set_template_("nps");
  q.mutable_survey()->set_address("quý khách");
  q.mutable_survey()->set_brand("Nhà Én");
  q.mutable_survey()->mutable_trigger()->add_interaction_types("PURCHASE");
  HOIAM_ASSERT_OK(Write(&CreateSurvey, q, As()));
  HOIAM_ASSERT_OK(Activate("s"));
  const auto page = Page(TokenOf(Record("i-1", "lan")->dispatch(0).link()));
  EXPECT_EQ(page.survey().questions(0).text().vi(),
            "Quý khách có sẵn lòng giới thiệu Nhà Én cho bạn bè, người thân không?");
  EXPECT_EQ(page.fallback_language(), "vi");
}

TEST_F(QuestionsTest, RemindersAndSchedulesAreChecked) {
  v1::CreateSurveyRequest q;
  q.set_survey_id("s");
  q.mutable_survey()->set_template_("nps");
  q.mutable_survey()->add_reminders()->mutable_after()->set_seconds(3 * 86400);
  EXPECT_THAT(Write(&CreateSurvey, q, As()), StatusIs(StatusCode::kInvalidArgument, "REMINDERS_NEED_EMAIL"));
  q.mutable_survey()->add_channels(v1::DeliveryChannel::EMAIL);
  q.mutable_survey()->add_reminders()->mutable_after()->set_seconds(3 * 86400);
  EXPECT_THAT(Write(&CreateSurvey, q, As()), StatusIs(StatusCode::kInvalidArgument, "NOT_ASCENDING"));
  q.mutable_survey()->mutable_reminders(1)->mutable_after()->set_seconds(31 * 86400);
  EXPECT_THAT(Write(&CreateSurvey, q, As()), StatusIs(StatusCode::kInvalidArgument, "DURATION_OUT_OF_RANGE"));
  q.mutable_survey()->mutable_reminders(1)->mutable_after()->set_seconds(30 * 86400);
  q.mutable_survey()->mutable_schedule()->set_every_months(25);
  SetTimestamp(clock_.Now(), q.mutable_survey()->mutable_schedule()->mutable_start_time());
  EXPECT_THAT(Write(&CreateSurvey, q, As()), StatusIs(StatusCode::kInvalidArgument, "OUT_OF_RANGE"));
}

TEST_F(QuestionsTest, ASurveyMayBeAnsweredInTheVeryBatchThatMakesIt) {
  HOIAM_ASSERT_OK(Record("i-0", "lan"));
  std::promise<absl::Status> first, made, answered;
  v1::CreateSurveyRequest before, survey;
  before.set_survey_id("before");
  before.mutable_survey()->set_template_("nps");
  survey.set_survey_id("s");
  survey.mutable_survey()->set_template_("source");
  auto answer = Answer("r-1", "lan", "CSAT", 4);
  answer.set_survey_id("s");
  Add(answer, "source")->add_choices("zalo");
  const auto ends = [](std::promise<absl::Status>& done) {
    return [&done](const auto& result, const rpc::ReplyMeta&) { done.set_value(result.status()); };
  };
  // While the first is committed the others queue up, and are decided together.
  CreateSurvey(replica_.deps(), As(), before, ends(first));
  CreateSurvey(replica_.deps(), As(), survey, ends(made));
  CreateResponse(replica_.deps(), As(), answer, ends(answered));
  HOIAM_EXPECT_OK(first.get_future().get());
  HOIAM_EXPECT_OK(made.get_future().get());
  HOIAM_EXPECT_OK(answered.get_future().get());
  EXPECT_EQ(Response("r-1").survey_version(), 1);
}

}  // namespace
}  // namespace hoiam::survey
