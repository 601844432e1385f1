#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class RespondentTest : public SurveyServiceTest {
 protected:
  // Invites Lan about a purchase; answers her token.
  std::string Invite() {
    ActiveSurvey("after-purchase");
    auto q = Purchase("i-1", "lan");
    q.mutable_customer()->set_locale("vi-VN");
    return TokenOf(Record(q)->dispatch(0).link());
  }
  absl::StatusOr<v1::RespondentPage> Page(const std::string& token) {
    v1::GetRespondentPageRequest q;
    q.set_token(token);
    return GetRespondentPage(replica_.deps(), As(""), q);
  }
  static v1::SubmitAnswerRequest Form(const std::string& token, std::optional<double> nps, bool finished) {
    v1::SubmitAnswerRequest q;
    q.set_token(token);
    if (nps) {
      v1::Answer* a = q.add_answers();
      a->set_question_id("nps");
      a->set_number(*nps);
    }
    q.set_finished(finished);
    return q;
  }
  absl::StatusOr<v1::SubmitAnswerResponse> Submit(const v1::SubmitAnswerRequest& q) {
    return Write(&SubmitAnswer, q, As(""));
  }
};

TEST_F(RespondentTest, ThePageShowsTheSurveyWithItsPlaceholdersFilled) {
  const std::string token = Invite();
  const auto page = Page(token);
  HOIAM_ASSERT_OK(page);
  EXPECT_EQ(page->survey().questions(0).text().vi(),
            "Anh/chị có sẵn lòng giới thiệu Nhà Én cho bạn bè, người thân không?");
  EXPECT_EQ(page->state(), v1::InvitationState::CREATED);
  EXPECT_EQ(page->language(), "vi-VN");
  EXPECT_FALSE(page->has_response());
  EXPECT_EQ(TimeOf(page->expire_time()), clock_.Now() + absl::Hours(24 * 30));
}

TEST_F(RespondentTest, LookingChangesNothing) {
  const std::string token = Invite();
  replica_.TakeEvents();
  HOIAM_ASSERT_OK(Page(token));
  HOIAM_ASSERT_OK(Page(token));
  EXPECT_TRUE(replica_.events().empty());
  EXPECT_EQ(Page(token)->state(), v1::InvitationState::CREATED);
}

TEST_F(RespondentTest, UnknownTokensOpenNothing) {
  Invite();
  for (const std::string& token : {std::string(), std::string("x"), std::string(22, 'A'), std::string(100000, 'z')}) {
    EXPECT_THAT(Page(token), StatusIs(StatusCode::kNotFound, "LINK_UNKNOWN"));
    EXPECT_THAT(Submit(Form(token, 9, true)), StatusIs(StatusCode::kNotFound, "LINK_UNKNOWN"));
  }
}

TEST_F(RespondentTest, UntilFinishedASubmissionAmendsTheSameAnswer) {
  const std::string token = Invite();
  replica_.TakeEvents();
  const auto first = Submit(Form(token, 3, false));
  HOIAM_ASSERT_OK(first);
  EXPECT_EQ(first->state(), v1::InvitationState::STARTED);
  EXPECT_EQ(first->response().score(), 3);
  EXPECT_EQ(first->response().customer_id(), "lan");
  EXPECT_EQ(first->response().touchpoint(), "store.checkout");
  EXPECT_EQ(replica_.TakeEvents().size(), 2u);

  auto form = Form(token, 3, true);
  v1::Answer* cause = form.add_answers();
  cause->set_question_id("detractor_cause");
  cause->add_choices("delivery");
  form.set_comment("giao tre 2 ngay");
  form.set_language("vi");
  const auto second = Submit(form);
  HOIAM_ASSERT_OK(second);
  EXPECT_EQ(second->state(), v1::InvitationState::ANSWERED);
  EXPECT_EQ(second->response().response_id(), first->response().response_id());
  EXPECT_EQ(second->response().revision(), 2);
  EXPECT_EQ(second->response().comment(), "giao tre 2 ngay");
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 1);
  const auto page = Page(token);
  EXPECT_EQ(page->state(), v1::InvitationState::ANSWERED);
  EXPECT_EQ(page->response().answers_size(), 2);
  EXPECT_THAT(Submit(Form(token, 10, true)), StatusIs(StatusCode::kFailedPrecondition, "LINK_USED"));
  EXPECT_EQ(Page(token)->response().score(), 3);
}

TEST_F(RespondentTest, AFormWithoutTheScoreAddsToWhatWasSaid) {
  const std::string token = Invite();
  EXPECT_THAT(Submit(Form(token, std::nullopt, false)), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  HOIAM_ASSERT_OK(Submit(Form(token, 9, false)));
  auto form = Form(token, std::nullopt, true);
  v1::Answer* keep = form.add_answers();
  keep->set_question_id("promoter_keep");
  keep->set_text("Tư vấn có tâm");
  const auto r = Submit(form);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->response().score(), 9);
  EXPECT_EQ(r->response().answers_size(), 2);
}

TEST_F(RespondentTest, AnswersToQuestionsThatAreNotShownAreLeftOut) {
  const std::string token = Invite();
  auto form = Form(token, 3, false);
  v1::Answer* cause = form.add_answers();
  cause->set_question_id("detractor_cause");
  cause->add_choices("delivery");
  HOIAM_ASSERT_OK(Submit(form));
  form.mutable_answers(0)->set_number(9);
  const auto r = Submit(form);
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->response().answers_size(), 1);
  EXPECT_EQ(r->response().answers(0).question_id(), "nps");
}

TEST_F(RespondentTest, MistakesNameTheQuestion) {
  const std::string token = Invite();
  const auto field = [&](const v1::SubmitAnswerRequest& q) {
    const auto r = Submit(q);
    EXPECT_THAT(r, StatusIs(StatusCode::kInvalidArgument));
    const auto detail = DetailOf(r.status());
    return detail ? absl::StrCat(detail->metadata.at("field"), " ", detail->reason) : "";
  };
  EXPECT_EQ(field(Form(token, 11, false)), "nps SCORE_OUT_OF_RANGE");
  EXPECT_EQ(field(Form(token, 2.5, false)), "nps SCORE_OUT_OF_RANGE");
  auto form = Form(token, 3, false);
  v1::Answer* cause = form.add_answers();
  cause->set_question_id("detractor_cause");
  cause->set_text("not a choice");
  EXPECT_EQ(field(form), "detractor_cause WRONG_KIND");
  form = Form(token, 3, false);
  form.add_answers()->set_question_id("unheard-of");
  form.mutable_answers(1)->set_text("x");
  EXPECT_EQ(field(form), "unheard-of UNKNOWN_QUESTION");
  form = Form(token, 3, false);
  form.set_comment(std::string(4001, 'x'));
  EXPECT_EQ(field(form), "comment TOO_LONG");
  EXPECT_EQ(Page(token)->state(), v1::InvitationState::CREATED);
}

TEST_F(RespondentTest, ALinkExpiresExactlyAtItsTime) {
  const std::string token = Invite();
  clock_.Advance(absl::Hours(24 * 30) - absl::Microseconds(1));
  HOIAM_ASSERT_OK(Submit(Form(token, 3, false)));
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(Page(token)->state(), v1::InvitationState::EXPIRED);
  EXPECT_THAT(Submit(Form(token, 9, true)), StatusIs(StatusCode::kFailedPrecondition, "LINK_EXPIRED"));
  EXPECT_EQ(Page(token)->response().score(), 3);
}

TEST_F(RespondentTest, AWithdrawnLinkTakesNoAnswer) {
  const std::string token = Invite();
  v1::VoidInteractionRequest q;
  q.set_interaction_id("i-1");
  q.set_reason("đơn bị hủy");
  HOIAM_ASSERT_OK(Write(&VoidInteraction, q, As()));
  EXPECT_EQ(Page(token)->state(), v1::InvitationState::REVOKED);
  EXPECT_THAT(Submit(Form(token, 9, true)), StatusIs(StatusCode::kFailedPrecondition, "LINK_REVOKED"));
}

TEST_F(RespondentTest, AnInvitationKeepsTheVersionItWasMadeWith) {
  const std::string token = Invite();
  v1::UpdateSurveyRequest change;
  change.mutable_survey()->set_survey_id("after-purchase");
  v1::Question* q = change.mutable_survey()->add_questions();
  q->set_question_id("score");
  q->set_type(v1::QuestionType::NPS);
  q->mutable_text()->set_vi("Câu mới");
  HOIAM_ASSERT_OK(Write(&UpdateSurvey, change, As()));
  EXPECT_EQ(Page(token)->survey().version(), 1);
  HOIAM_EXPECT_OK(Submit(Form(token, 9, true)));
}

TEST_F(RespondentTest, UnsubscribingWorksBehindAnyLinkAndStopsAllSurveys) {
  const std::string token = Invite();
  HOIAM_ASSERT_OK(Submit(Form(token, 9, true)));
  v1::UnsubscribeRespondentRequest q;
  q.set_token(token);
  HOIAM_ASSERT_OK(Write(&UnsubscribeRespondent, q, As("")));
  HOIAM_ASSERT_OK(Write(&UnsubscribeRespondent, q, As("")));
  EXPECT_TRUE(Customer("lan").unsubscribed());
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM consent_statement WHERE body LIKE '%respondent%'"), 1);
  clock_.Advance(absl::Hours(24 * 60));
  const auto r = Record("i-2", "lan");
  EXPECT_EQ(r->dispatch(0).reason(), v1::SkipReason::UNSUBSCRIBED);
  EXPECT_THAT(InviteByHand("after-purchase", "inv-1", "lan"),
              StatusIs(StatusCode::kFailedPrecondition, "UNSUBSCRIBED"));
}

TEST_F(RespondentTest, ALinkAnsweredOnTwoReplicasAtOnceHasOneAnswer) {
  const std::string token = Invite();
  Replica other(database_.pool(), clock_);
  std::atomic<int> used = 0;
  const auto submit = [&](Replica& replica, double score) {
    const auto r = WriteOn(replica, &SubmitAnswer, Form(token, score, true), As(""));
    used += ReasonOf(r.status()) == "LINK_USED";
  };
  std::thread a([&] { submit(replica_, 3); });
  std::thread b([&] { submit(other, 9); });
  a.join();
  b.join();
  EXPECT_EQ(used, 1);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 1);
}

TEST_F(RespondentTest, TheTableHoldsNoToken) {
  const std::string token = Invite();
  const auto rows = database_.Count(
      absl::StrCat("SELECT COUNT(*) FROM invitation WHERE body LIKE '%", token, "%' OR token_hash = '", token, "'"));
  EXPECT_EQ(rows, 0);
}

}  // namespace
}  // namespace hoiam::survey
