// What an answer keeps of the moment at which it was stored, and what the others are told with it.
#include <map>

#include "absl/strings/str_cat.h"
#include "survey_service/app/catalogue.h"
#include "survey_service/app/claim_responses.h"
#include "survey_service/app/icp_profile.h"
#include "survey_service/app/usage.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FrozenTest : public SurveyServiceTest {
 protected:
  v1::Survey MakeActive(const std::string& id, const std::string& template_id, v1::Scope::Code scope,
                        bool incentivised) {
    v1::CreateSurveyRequest q;
    q.set_survey_id(id);
    q.mutable_survey()->set_template_(template_id);
    q.mutable_survey()->set_scope(scope);
    q.mutable_survey()->set_incentivised(incentivised);
    HOIAM_EXPECT_OK(Write(&CreateSurvey, q, As()));
    const auto survey = Activate(id);
    HOIAM_EXPECT_OK(survey);
    return survey.ok() ? *survey : v1::Survey();
  }
  v1::Response Stored(const v1::CreateResponseRequest& q) {
    const auto r = Respond(q);
    HOIAM_EXPECT_OK(r);
    return r.ok() ? *r : v1::Response();
  }
  v1::Stage::Code StageAt(const std::string& touchpoint) {
    const std::string id = absl::StrCat("at-", touchpoint, "-", ++n_);
    auto i = Purchase(id, "lan");
    i.set_touchpoint(touchpoint);
    HOIAM_EXPECT_OK(Record(i));
    auto q = Answer(id, "lan", "NPS", 9);
    q.set_interaction_id(id);
    return Stored(q).stage();
  }
  absl::StatusOr<v1::IcpProfile> SetProfile(const std::vector<std::pair<std::string, int>>& criteria,
                                            int fit_from = 0) {
    v1::UpdateIcpProfileRequest q;
    for (const auto& [filter, weight] : criteria) {
      auto* c = q.mutable_profile()->add_criteria();
      c->set_filter(filter);
      c->set_weight(weight);
    }
    q.mutable_profile()->set_fit_from(fit_from);
    if (criteria.empty()) q.mutable_update_mask()->add_paths("criteria");
    return Write(&UpdateIcpProfile, q, As());
  }
  void Upsert(const std::string& id, const std::string& segment) {
    v1::UpdateCustomerRequest q;
    q.set_allow_missing(true);
    q.mutable_customer()->set_customer_id(id);
    q.mutable_customer()->set_segment(segment);
    q.mutable_customer()->set_lifecycle(v1::Lifecycle::ACTIVE);
    HOIAM_EXPECT_OK(Write(&UpdateCustomer, q, As()));
  }
  // What the others were told last of an answer.
  event::v1::ResponseChanged LastTold() {
    event::v1::ResponseChanged last;
    for (const auto& e : replica_.TakeEvents())
      if (e.has_response()) last = e.response();
    return last;
  }
  static std::vector<std::string> Ids(const event::v1::ResponseChanged& changed) {
    std::vector<std::string> ids;
    for (const auto& q : changed.questions()) ids.push_back(q.question_id());
    return ids;
  }

  int n_ = 0;
};

TEST_F(FrozenTest, AnAnswerIsAboutWhatItsCallerItsSurveyOrItsMetricSaysInThatOrder) {
  EXPECT_EQ(Stored(Answer("nps", "lan", "NPS", 9)).scope(), v1::Scope::RELATIONSHIP);
  EXPECT_EQ(Stored(Answer("csat", "lan", "CSAT", 5)).scope(), v1::Scope::TOUCHPOINT);
  EXPECT_EQ(Stored(Answer("ces", "lan", "CES", 6)).scope(), v1::Scope::SERVICE);
  MakeActive("journey", "nps", v1::Scope::JOURNEY, false);
  auto q = Answer("of-survey", "lan", "NPS", 9);
  q.set_survey_id("journey");
  EXPECT_EQ(Stored(q).scope(), v1::Scope::JOURNEY);
  q.set_response_id("of-caller");
  q.set_scope(v1::Scope::PRODUCT_USE);
  const auto stored = Stored(q);
  EXPECT_EQ(stored.scope(), v1::Scope::PRODUCT_USE);
  EXPECT_EQ(stored.metric_version(), 1);
  EXPECT_EQ(LastTold().response().scope(), v1::Scope::PRODUCT_USE);
  EXPECT_EQ(Stored(q).revision(), 1) << "the same again is the same";
  q.set_scope(v1::Scope::SERVICE);
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  q.set_response_id("odd");
  q.set_scope(static_cast<v1::Scope::Code>(99));
  EXPECT_THAT(Respond(q), StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_VALUE"));
}

TEST_F(FrozenTest, AnAnswerIsIncentivisedWhenItsCallerOrItsSurveySaysSo) {
  MakeActive("coupon", "nps", v1::Scope::UNSPECIFIED, true);
  EXPECT_FALSE(Stored(Answer("plain", "lan", "NPS", 9)).incentivised());
  auto q = Answer("said", "lan", "NPS", 9);
  q.set_incentivised(true);
  EXPECT_TRUE(Stored(q).incentivised());
  q = Answer("of-survey", "lan", "NPS", 9);
  q.set_survey_id("coupon");
  EXPECT_TRUE(Stored(q).incentivised());
  v1::BatchImportResponsesRequest import;
  *import.add_responses() = Answer("old", "lan", "NPS", 3);
  import.mutable_responses(0)->set_incentivised(true);
  import.mutable_responses(0)->set_scope(v1::Scope::JOURNEY);
  HOIAM_ASSERT_OK(Write(&BatchImportResponses, import, As()));
  EXPECT_TRUE(Response("old").incentivised());
  EXPECT_EQ(Response("old").scope(), v1::Scope::JOURNEY);
}

TEST_F(FrozenTest, SomebodyWithAPublishableKeySaysNeither) {
  auto q = Answer("r", "lan", "NPS", 9);
  q.clear_responded_at();
  q.set_scope(v1::Scope::JOURNEY);
  q.set_incentivised(true);
  auto ctx = As();
  ctx.publishable = true;
  const auto refused = Write(&CreateResponse, q, ctx);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "PUBLISHABLE_KEY_FIELD"));
  EXPECT_EQ(DetailOf(refused.status())->violations.size(), 2u);
}

TEST_F(FrozenTest, TheStageIsThatOfTheNearestTouchpointThatHasOne) {
  EXPECT_EQ(StageAt("store.checkout"), v1::Stage::DURING);
  EXPECT_EQ(StageAt("store.checkout.desk2"), v1::Stage::DURING) << "of the one above";
  EXPECT_EQ(StageAt("nowhere.at.all"), v1::Stage::UNSPECIFIED);
  EXPECT_EQ(StageAt(""), v1::Stage::UNSPECIFIED);
  v1::UpdateTouchpointRequest q;
  q.mutable_touchpoint()->set_touchpoint_id("store.checkout");
  q.mutable_touchpoint()->set_stage(v1::Stage::AFTER);
  HOIAM_ASSERT_OK(Write(&UpdateTouchpoint, q, As()));
  EXPECT_EQ(StageAt("store.checkout"), v1::Stage::AFTER);
  EXPECT_EQ(StageAt("store.checkout.desk2"), v1::Stage::AFTER);
  EXPECT_EQ(StageAt("store.parking"), v1::Stage::DURING) << "another branch";
  q.mutable_touchpoint()->set_touchpoint_id("store.parking");
  q.mutable_touchpoint()->clear_stage();
  q.mutable_update_mask()->add_paths("stage");
  HOIAM_ASSERT_OK(Write(&UpdateTouchpoint, q, As()));
  EXPECT_EQ(StageAt("store.parking"), v1::Stage::DURING) << "without one of its own, that of the store";
}

TEST_F(FrozenTest, FeedbackIsFrozenAtTheTouchpointThatItNames) {
  v1::CreateFeedbackRequest q;
  q.set_feedback_id("f");
  q.set_comment("Chờ lâu quá");
  q.set_touchpoint("Giao hàng");
  const auto r = Write(&CreateFeedback, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->response().touchpoint(), "delivery");
  EXPECT_EQ(r->response().stage(), v1::Stage::AFTER);
  EXPECT_EQ(r->response().scope(), v1::Scope::TOUCHPOINT);
  EXPECT_EQ(r->response().metric_version(), 0) << "words count in no metric";
}

TEST_F(FrozenTest, TheOthersAreToldWhatEveryAnswerWasAnAnswerTo) {
  const auto survey = MakeActive("csi", "csi", v1::Scope::UNSPECIFIED, false);
  auto q = Answer("r", "", "CSI", 0);
  q.clear_score();
  q.set_survey_id("csi");
  q.set_order("HD-1");
  std::vector<std::string> attributes;
  for (const auto& question : survey.questions()) {
    if (question.type() != v1::QuestionType::CSI) continue;
    attributes.push_back(question.question_id());
    auto* a = q.add_answers();
    a->set_question_id(question.question_id());
    a->set_number(8);
  }
  ASSERT_FALSE(attributes.empty());
  v1::BatchImportResponsesRequest import;  // not everything that is required is answered
  *import.add_responses() = q;
  const auto imported = Write(&BatchImportResponses, import, As());
  HOIAM_ASSERT_OK(imported);
  ASSERT_EQ(imported->results(0).status().code(), 0) << imported->results(0).status().message();
  auto told = LastTold();
  EXPECT_EQ(Ids(told), attributes);
  for (const auto& asked : told.questions()) {
    EXPECT_EQ(asked.type(), v1::QuestionType::CSI);
    EXPECT_NE(asked.object(), v1::CsiObject::UNSPECIFIED);
  }
  EXPECT_EQ(told.response().scope(), v1::Scope::RELATIONSHIP);

  v1::ClaimResponsesRequest claim;
  claim.set_customer_id("lan");
  claim.set_order("HD-1");
  HOIAM_ASSERT_OK(Write(&ClaimResponses, claim, As()));
  told = LastTold();
  EXPECT_EQ(told.response().customer_id(), "lan");
  EXPECT_EQ(Ids(told), attributes) << "claimed";

  v1::UpdateResponseRequest amend;
  amend.mutable_response()->set_response_id("r");
  amend.mutable_response()->set_comment("Hàng tốt");
  HOIAM_ASSERT_OK(Write(&UpdateResponse, amend, As()));
  EXPECT_EQ(Ids(LastTold()), attributes) << "amended";

  v1::VoidResponseRequest away;
  away.set_response_id("r");
  away.set_reason("nhập nhầm");
  HOIAM_ASSERT_OK(Write(&VoidResponse, away, As()));
  told = LastTold();
  EXPECT_TRUE(told.response().voided());
  EXPECT_EQ(Ids(told), attributes) << "voided";
}

TEST_F(FrozenTest, AnAnswerFromALinkFreezesTheSameAndStaysAsItWas) {
  MakeActive("s", "nps", v1::Scope::JOURNEY, true);
  HOIAM_ASSERT_OK(SetProfile({{"segment = VIP", 1}}));
  Upsert("lan", "VIP");
  const auto invitation = InviteByHand("s", "i-1", "lan");
  HOIAM_ASSERT_OK(invitation);
  v1::SubmitAnswerRequest form;
  form.set_token(TokenOf(invitation->link()));
  auto* a = form.add_answers();
  a->set_question_id("nps");
  a->set_number(6);
  const auto first = Write(&SubmitAnswer, form, As());
  HOIAM_ASSERT_OK(first);
  EXPECT_EQ(first->response().scope(), v1::Scope::JOURNEY);
  EXPECT_TRUE(first->response().incentivised());
  EXPECT_EQ(first->response().icp_fit(), "FIT");
  EXPECT_THAT(Ids(LastTold()), ElementsAre("nps"));
  HOIAM_ASSERT_OK(SetProfile({{"segment = OTHER", 1}}));
  form.mutable_answers(0)->set_number(9);
  const auto second = Write(&SubmitAnswer, form, As());
  HOIAM_ASSERT_OK(second);
  EXPECT_EQ(second->response().score(), 9);
  EXPECT_EQ(second->response().icp_fit(), "FIT") << "as it was when it was stored";
}

TEST_F(FrozenTest, ACustomersFitFollowsTheProfileAndAnAnswerKeepsTheOneItHad) {
  Upsert("lan", "VIP");
  EXPECT_EQ(Customer("lan").icp_fit(), "");
  EXPECT_FALSE(Customer("lan").has_icp_score());
  const auto before = Stored(Answer("before", "lan", "NPS", 9));
  EXPECT_EQ(before.icp_fit(), "");

  const auto set = SetProfile({{"segment = VIP", 30}, {"lifecycle = ACTIVE", 30}, {"properties.tier >= 3", 40}});
  HOIAM_ASSERT_OK(set);
  EXPECT_EQ(set->revision(), 1);
  EXPECT_EQ(set->fit_from(), 50) << "unless something else is said";
  EXPECT_EQ(Customer("lan").icp_fit(), "FIT") << "computed when read";
  EXPECT_EQ(Customer("lan").icp_score(), 60);
  EXPECT_EQ(Customer("lan").revision(), 1) << "and not stored by that";
  const auto list = ListCustomers(replica_.deps(), As(), {});
  HOIAM_ASSERT_OK(list);
  EXPECT_EQ(list->customers(0).icp_score(), 60);

  replica_.TakeEvents();
  EXPECT_EQ(Stored(Answer("after", "lan", "NPS", 9)).icp_fit(), "FIT");
  const auto events = replica_.TakeEvents();
  ASSERT_EQ(events.size(), 2u) << "who answers is told of with the fit of now";
  EXPECT_EQ(events[0].customer().icp_fit(), "FIT");
  EXPECT_EQ(events[0].customer().lifecycle(), v1::Lifecycle::ACTIVE);
  EXPECT_TRUE(events[0].customer().has_create_time());
  Stored(Answer("again", "lan", "NPS", 9));
  EXPECT_EQ(replica_.TakeEvents().size(), 1u) << "once";

  HOIAM_ASSERT_OK(SetProfile({{"segment = VIP", 30}, {"properties.tier >= 3", 70}}));
  EXPECT_EQ(Stored(Answer("later", "lan", "NPS", 9)).icp_fit(), "NO_FIT");
  EXPECT_EQ(Response("after").icp_fit(), "FIT") << "what was stored stays";
  EXPECT_EQ(Response("before").icp_fit(), "");
  const auto none = SetProfile({});
  HOIAM_ASSERT_OK(none);
  EXPECT_THAT(none->criteria(), IsEmpty());
  EXPECT_EQ(Customer("lan").icp_fit(), "");
}

TEST_F(FrozenTest, AProfileThatMeansNothingIsRefusedWithEveryMistake) {
  const auto refused = SetProfile({{"email = a", 10}, {"segment = VIP", 0}, {"", 5}, {"lifecycle = SLEEPING", 5}}, 101);
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "OUT_OF_RANGE"));
  const auto detail = DetailOf(refused.status());
  ASSERT_TRUE(detail);
  std::map<std::string, std::string> found;
  for (const auto& v : detail->violations) found[v.field] = v.reason;
  EXPECT_THAT(found, ::testing::UnorderedElementsAre(::testing::Pair("criteria[0].filter", "INVALID_FILTER"),
                                                     ::testing::Pair("criteria[1].weight", "OUT_OF_RANGE"),
                                                     ::testing::Pair("criteria[2].filter", "REQUIRED"),
                                                     ::testing::Pair("criteria[3].filter", "INVALID_FILTER"),
                                                     ::testing::Pair("fitFrom", "OUT_OF_RANGE")));
  EXPECT_EQ(GetIcpProfile(replica_.deps(), As(), {})->revision(), 0);
  EXPECT_THAT(SetProfile(std::vector<std::pair<std::string, int>>(21, {"segment = a", 1})),
              StatusIs(StatusCode::kInvalidArgument, "TOO_MANY"));
}

TEST_F(FrozenTest, AnInteractionHasItsCostInTheCurrencyOfItsAmount) {
  auto q = Purchase("i", "lan");
  q.set_cost("0080000.50");
  const auto r = Record(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->interaction().cost(), "80000.5");
  EXPECT_EQ(replica_.TakeEvents().back().interaction().interaction().cost(), "80000.5");
  q = Purchase("only-cost", "lan");
  q.clear_amount();
  q.set_cost("12");
  HOIAM_EXPECT_OK(Record(q));
  q.set_interaction_id("bad");
  q.clear_currency();
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  q.set_currency("VND");
  q.set_cost("many");
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "INVALID_AMOUNT"));
}

TEST_F(FrozenTest, AnAnswerToAnInteractionOfTheSameBatchIsStored) {
  v1::RecordUsageRequest used;
  used.set_customer_id("lan");
  used.set_usage_id("u");
  used.set_item("NC-1");
  used.set_status("IN_USE");
  SetTimestamp(clock_.Now(), used.mutable_occurred_at());
  HOIAM_ASSERT_OK(Write(&RecordUsage, used, As()));
  for (int round = 0; round < 10; ++round) {
    // The first keeps the writer busy; the others wait for it together and are one batch.
    std::promise<absl::Status> blocked, recorded, answered;
    const auto first = Purchase(absl::StrCat("a", round), "minh");
    auto second = Purchase(absl::StrCat("b", round), "lan");
    (*second.mutable_properties())["item"].set_string_value("NC-1");
    auto third = Answer(absl::StrCat("r", round), "lan", "NPS", 9);
    third.set_interaction_id(second.interaction_id());
    RecordInteraction(replica_.deps(), As(), first, [&](auto r, auto) { blocked.set_value(r.status()); });
    RecordInteraction(replica_.deps(), As(), second, [&](auto r, auto) { recorded.set_value(r.status()); });
    CreateResponse(replica_.deps(), As(), third, [&](auto r, auto) { answered.set_value(r.status()); });
    HOIAM_EXPECT_OK(blocked.get_future().get());
    HOIAM_EXPECT_OK(recorded.get_future().get());
    HOIAM_EXPECT_OK(answered.get_future().get());
    EXPECT_EQ(Response(third.response_id()).stage(), v1::Stage::DURING);
  }
}

}  // namespace
}  // namespace hoiam::survey
