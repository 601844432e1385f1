// Feedback that nobody asked for, and what anybody may do who holds a publishable key.
#include "absl/strings/str_cat.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;

class FeedbackTest : public SurveyServiceTest {
 protected:
  static v1::CreateFeedbackRequest Words(const std::string& id, const std::string& comment) {
    v1::CreateFeedbackRequest q;
    q.set_feedback_id(id);
    q.set_comment(comment);
    return q;
  }
  absl::StatusOr<v1::Response> Give(const v1::CreateFeedbackRequest& q, const rpc::CallContext& ctx) {
    auto r = Write(&CreateFeedback, q, ctx);
    if (!r.ok()) return r.status();
    return r->response();
  }
  absl::StatusOr<v1::Response> Give(const v1::CreateFeedbackRequest& q) { return Give(q, As()); }
  absl::StatusOr<v1::Response> RespondInPublic(const v1::CreateResponseRequest& q) {
    auto r = Write(&CreateResponse, q, InPublic());
    if (!r.ok()) return r.status();
    return r->response();
  }
  rpc::CallContext InPublic() const {
    rpc::CallContext ctx = As();
    ctx.publishable = true;
    return ctx;
  }
  std::vector<std::string> Refused(const absl::Status& s) {
    std::vector<std::string> out;
    if (const auto detail = DetailOf(s))
      for (const Violation& v : detail->violations) out.push_back(absl::StrCat(v.field, " ", v.reason));
    return out;
  }
};

TEST_F(FeedbackTest, WordsAloneAreAVerbatimOfNoMetric) {
  auto q = Words("f-1", "Bãi xe khó tìm quá ạ");
  q.set_customer_id("lan");
  const auto r = Give(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->response_id(), "f-1");
  EXPECT_FALSE(r->solicited());
  EXPECT_FALSE(r->has_score());
  EXPECT_EQ(r->metric(), "");
  EXPECT_EQ(r->effects(), v1::Effects::FULL);
  EXPECT_EQ(r->collected_by(), v1::CollectedBy::SELF);
  EXPECT_EQ(TimeOf(r->responded_at()), clock_.Now());
  EXPECT_EQ(Response("f-1").comment(), "Bãi xe khó tìm quá ạ");
  const auto changed = replica_.events().back().response();
  EXPECT_EQ(changed.band(), "");
  EXPECT_FALSE(changed.has_previous_score());
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM standing"), 0);
}

TEST_F(FeedbackTest, AScoreCountsForItsMetricAndSaysItsBand) {
  HOIAM_ASSERT_OK(Respond(Answer("r-1", "lan", "NPS", 9)));
  clock_.Advance(absl::Hours(1));
  v1::CreateFeedbackRequest q;
  q.set_feedback_id("f-1");
  q.set_customer_id("lan");
  q.set_metric("NPS");
  q.set_score(0);
  const auto r = Give(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->has_score());
  EXPECT_FALSE(r->solicited());
  const auto changed = replica_.events().back().response();
  EXPECT_EQ(changed.band(), "DETRACTOR");
  EXPECT_EQ(changed.previous_score(), 9);
  EXPECT_EQ(changed.previous_band(), "PROMOTER");
  EXPECT_FALSE(changed.has_replaced_score());
}

TEST_F(FeedbackTest, TouchpointAndChannelAreThoseSaidElseThoseOfTheInteraction) {
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  auto q = Words("f-1", "ok");
  q.set_interaction_id("i-1");
  EXPECT_EQ(Give(q)->touchpoint(), "store.checkout");
  q.set_feedback_id("f-2");
  q.set_touchpoint("store.parking");
  const auto r = Give(q);
  EXPECT_EQ(r->touchpoint(), "store.parking");
  EXPECT_EQ(r->channel(), "store");
  q.set_interaction_id("nope");
  q.set_feedback_id("f-3");
  EXPECT_THAT(Give(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_INTERACTION"));
}

TEST_F(FeedbackTest, WhatIsMissingOrDoesNotFitIsSaidPerField) {
  const auto refused = [&](v1::CreateFeedbackRequest q) { return Refused(Give(q).status()); };
  EXPECT_THAT(refused({}), ElementsAre("comment REQUIRED"));
  v1::CreateFeedbackRequest q;
  q.set_score(3);
  EXPECT_THAT(refused(q), ElementsAre("metric REQUIRED"));
  q.set_metric("CSAT");
  q.set_score(0);
  q.set_touchpoint("Bãi\nxe");
  EXPECT_THAT(refused(q), ElementsAre("score SCORE_OUT_OF_RANGE", "touchpoint CONTROL_CHARACTER"));
  q.set_score(3);
  q.set_touchpoint("Bãi xe");
  EXPECT_THAT(refused(q), ElementsAre("touchpoint UNKNOWN_TOUCHPOINT"));
  q.Clear();
  q.set_comment("ok");
  q.set_metric("NPS");
  EXPECT_THAT(refused(q), ElementsAre("score REQUIRED"));
  q.set_metric("nps");
  q.set_score(1);
  EXPECT_THAT(refused(q), ElementsAre("metric UNKNOWN_METRIC"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 0);
  q.set_metric("NPS");
  q.set_touchpoint("bãi giữ xe");
  EXPECT_EQ(Give(q)->touchpoint(), "store.parking");
}

TEST_F(FeedbackTest, OneIdIsOneAnswerAndNoIdIsAnotherOneEachTime) {
  const auto first = Give(Words("f-1", "ok"));
  HOIAM_ASSERT_OK(first);
  EXPECT_EQ(Give(Words("f-1", "ok"))->SerializeAsString(), first->SerializeAsString());
  EXPECT_THAT(Give(Words("f-1", "not ok")), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  const auto a = Give(Words("", "ok")), b = Give(Words("", "ok"));
  EXPECT_NE(a->response_id(), b->response_id());
  EXPECT_EQ(a->response_id().size(), 36u);
  rpc::CallContext keyed = As();
  keyed.idempotency_key = "k";
  const auto once = Give(Words("", "ok"), keyed), again = Give(Words("", "ok"), keyed);
  HOIAM_ASSERT_OK(again);
  EXPECT_EQ(once->response_id(), again->response_id());
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM response"), 4);
}

TEST_F(FeedbackTest, WordsGetNoScoreByAnAmendment) {
  HOIAM_ASSERT_OK(Give(Words("f-1", "ok")));
  v1::UpdateResponseRequest q;
  q.mutable_response()->set_response_id("f-1");
  q.mutable_response()->set_score(3);
  EXPECT_THAT(Write(&UpdateResponse, q, As()), StatusIs(StatusCode::kInvalidArgument, "METRIC_REQUIRED"));
}

TEST_F(FeedbackTest, AnAmendmentTellsTheScoreItReplaces) {
  HOIAM_ASSERT_OK(Respond(Answer("r-1", "lan", "NPS", 9)));
  v1::UpdateResponseRequest q;
  q.mutable_response()->set_response_id("r-1");
  q.mutable_response()->set_score(3);
  HOIAM_ASSERT_OK(Write(&UpdateResponse, q, As()));
  const auto changed = replica_.events().back().response();
  EXPECT_EQ(changed.band(), "DETRACTOR");
  EXPECT_EQ(changed.replaced_score(), 9);
  EXPECT_EQ(changed.replaced_band(), "PROMOTER");
  EXPECT_FALSE(changed.has_previous_score());
}

// --- publishable keys

TEST_F(FeedbackTest, APublishableKeyMayNotSayWhatOnlyTheCompanyKnows) {
  auto q = Answer("r-1", "lan", "NPS", 3);
  q.set_collected_by(v1::CollectedBy::STAFF);
  q.set_effects(v1::Effects::SCORES_ONLY);
  SetTimestamp(clock_.Now() - absl::Hours(1), q.mutable_responded_at());
  q.set_solicited(true);
  EXPECT_THAT(Refused(RespondInPublic(q).status()),
              ElementsAre("collectedBy PUBLISHABLE_KEY_FIELD", "effects PUBLISHABLE_KEY_FIELD",
                          "respondedAt PUBLISHABLE_KEY_FIELD", "solicited PUBLISHABLE_KEY_FIELD"));
  auto feedback = Words("f-1", "ok");
  feedback.set_collected_by(v1::CollectedBy::STAFF);
  EXPECT_THAT(Refused(Give(feedback, InPublic()).status()), ElementsAre("collectedBy PUBLISHABLE_KEY_FIELD"));
  feedback.set_collected_by(v1::CollectedBy::KIOSK);
  HOIAM_EXPECT_OK(Give(feedback, InPublic()));
}

TEST_F(FeedbackTest, AnAnswerInPublicIsSolicitedOnlyByItsInvitation) {
  EXPECT_FALSE(RespondInPublic(Answer("r-1", "lan", "NPS", 3))->solicited());
  EXPECT_FALSE(Response("r-1").solicited());
  ActiveSurvey("relationship");
  HOIAM_ASSERT_OK(InviteByHand("relationship", "inv-1", "minh"));
  v1::CreateResponseRequest q;
  q.set_response_id("r-2");
  q.set_invitation_id("inv-1");
  q.set_score(3);
  const auto r = RespondInPublic(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->solicited());
  EXPECT_TRUE(Response("r-2").solicited());
  EXPECT_EQ(r->customer_id(), "") << "whose the invitation is";
  EXPECT_EQ(r->metric(), "NPS");
  EXPECT_EQ(Response("r-2").customer_id(), "minh");
}

TEST_F(FeedbackTest, NothingOfTheCustomerIsShownInPublic) {
  auto purchase = Purchase("i-1", "lan");
  purchase.mutable_customer()->set_segment("VIP");
  purchase.mutable_customer()->set_owner_team("ha-dong");
  HOIAM_ASSERT_OK(Record(purchase));
  auto q = Words("f-1", "ok");
  q.set_customer_id("lan");
  q.set_interaction_id("i-1");
  const auto shown = Give(q, InPublic());
  HOIAM_ASSERT_OK(shown);
  EXPECT_EQ(shown->customer_id(), "lan") << "was sent";
  EXPECT_EQ(shown->segment() + shown->owner_team() + shown->touchpoint() + shown->channel(), "");
  EXPECT_EQ(shown->comment(), "ok");
  EXPECT_EQ(TimeOf(shown->responded_at()), clock_.Now());
  EXPECT_EQ(Response("f-1").segment(), "VIP") << "but is stored";

  v1::VoidResponseRequest take_out;
  take_out.set_response_id("f-1");
  take_out.set_reason("khách quen bịa chuyện");
  HOIAM_ASSERT_OK(Write(&VoidResponse, take_out, As()));
  const auto again = Give(q, InPublic());
  HOIAM_ASSERT_OK(again);
  EXPECT_EQ(again->void_reason(), "");
  EXPECT_FALSE(again->voided());
}

TEST_F(FeedbackTest, WhatBelongsToOthersIsNotThereInPublic) {
  HOIAM_ASSERT_OK(Record("i-minh", "minh"));
  ActiveSurvey("relationship");
  HOIAM_ASSERT_OK(InviteByHand("relationship", "inv-minh", "minh"));
  auto q = Answer("r-1", "lan", "NPS", 3);
  q.set_interaction_id("i-minh");
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "INTERACTION_OF_ANOTHER_CUSTOMER"));
  EXPECT_THAT(RespondInPublic(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_INTERACTION"));
  q.clear_interaction_id();
  q.set_invitation_id("inv-minh");
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "INVITATION_OF_ANOTHER_CUSTOMER"));
  EXPECT_THAT(RespondInPublic(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_INVITATION"));

  HOIAM_ASSERT_OK(Respond(Answer("r-2", "minh", "NPS", 0)));
  const auto reused = RespondInPublic(Answer("r-2", "lan", "NPS", 10));
  EXPECT_THAT(reused, StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_EQ(reused.status().ToString().find("minh"), std::string::npos);
}

}  // namespace
}  // namespace hoiam::survey
