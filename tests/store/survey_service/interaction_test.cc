#include <atomic>
#include <limits>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class InteractionTest : public SurveyServiceTest {};

TEST_F(InteractionTest, AnUnknownCustomerBecomesABareOne) {
  const auto r = Record("i-1", "lan");
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->interaction().revision(), 1);
  EXPECT_EQ(r->interaction().amount(), "1250000");
  EXPECT_EQ(r->dispatch_size(), 0);
  EXPECT_FALSE(r->consistency_token().empty());
  EXPECT_EQ(Customer("lan").revision(), 1);
  const auto events = replica_.events();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].customer().customer_id(), "lan");
  EXPECT_EQ(events[1].interaction().interaction().interaction_id(), "i-1");
  EXPECT_EQ(events[1].tenant_id(), "demo");
  EXPECT_EQ(events[1].subject(), "lan");
}

TEST_F(InteractionTest, TheCustomerIsUpsertedInTheSameCommit) {
  auto q = Purchase("i-1", "lan");
  q.mutable_customer()->set_display_name("Nguyễn Thị Lan");
  q.mutable_customer()->set_segment("VIP");
  (*q.mutable_customer()->mutable_properties())["city"].set_string_value("Huế");
  HOIAM_ASSERT_OK(Record(q));
  auto second = Purchase("i-2", "lan");
  (*second.mutable_customer()->mutable_properties())["children"].set_number_value(2);
  HOIAM_ASSERT_OK(Record(second));
  const v1::Customer c = Customer("lan");
  EXPECT_EQ(c.segment(), "VIP");
  EXPECT_EQ(c.properties_size(), 2);
  EXPECT_EQ(c.revision(), 2);
}

TEST_F(InteractionTest, AMatchingSurveyInvitesWithALinkAndSaysSo) {
  ActiveSurvey("after-purchase");
  const auto r = Record("i-1", "lan");
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->dispatch_size(), 1);
  EXPECT_EQ(r->dispatch(0).survey(), "after-purchase");
  EXPECT_EQ(r->dispatch(0).decision(), v1::DispatchDecision::INVITED);
  EXPECT_TRUE(absl::StartsWith(r->dispatch(0).link(), absl::StrCat(kPublicUrl, "/s/")));
  const v1::Invitation i = InvitationOf("after-purchase", r->dispatch(0).invitation());
  EXPECT_EQ(i.state(), v1::InvitationState::CREATED);
  EXPECT_EQ(i.interaction_id(), "i-1");
  EXPECT_EQ(i.link(), r->dispatch(0).link());
  EXPECT_EQ(TimeOf(i.expire_time()), clock_.Now() + absl::Hours(24 * 30));
  const auto events = replica_.events();
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[1].interaction().effects(), v1::Effects::FULL);
  EXPECT_EQ(events[2].invitation().invitation().link(), "");
  EXPECT_EQ(TimeOf(events[2].invitation().next_eligible_time()), clock_.Now() + absl::Hours(24 * 30));
}

TEST_F(InteractionTest, TheSecondOrderIsSkippedWithTheDateItOpens) {
  ActiveSurvey("after-purchase");
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  const absl::Time asked = clock_.Now();
  clock_.Advance(absl::Hours(3));
  const auto r = Record("i-2", "lan");
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->dispatch_size(), 1);
  EXPECT_EQ(r->dispatch(0).decision(), v1::DispatchDecision::SKIPPED);
  EXPECT_EQ(r->dispatch(0).reason(), v1::SkipReason::FATIGUE_WINDOW);
  EXPECT_EQ(TimeOf(r->dispatch(0).eligible_time()), asked + absl::Hours(24 * 30));
  clock_.Advance(absl::Hours(24 * 30) - absl::Hours(3) - absl::Microseconds(1));
  EXPECT_EQ(Record("i-3", "lan")->dispatch(0).decision(), v1::DispatchDecision::SKIPPED);
  clock_.Advance(absl::Microseconds(1));
  EXPECT_EQ(Record("i-4", "lan")->dispatch(0).decision(), v1::DispatchDecision::INVITED);
}

TEST_F(InteractionTest, OfTwoSurveysOneAsksAndTheOtherKeepsTheFloor) {
  ActiveSurvey("a-nps");
  ActiveSurvey("b-csat", "csat");
  const auto r = Record("i-1", "lan");
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->dispatch_size(), 2);
  EXPECT_EQ(r->dispatch(0).decision(), v1::DispatchDecision::INVITED);
  EXPECT_EQ(r->dispatch(1).reason(), v1::SkipReason::FLOOR_24H);
  EXPECT_EQ(TimeOf(r->dispatch(1).eligible_time()), clock_.Now() + absl::Hours(24));
  const auto events = replica_.events();
  EXPECT_EQ(TimeOf(events.back().invitation().next_eligible_time()), clock_.Now() + absl::Hours(24));
}

TEST_F(InteractionTest, OldInteractionsAskNobody) {
  ActiveSurvey("after-purchase");
  auto q = Purchase("i-1", "lan");
  SetTimestamp(clock_.Now() - absl::Hours(72) - absl::Microseconds(1), q.mutable_occurred_at());
  const auto r = Record(q);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->dispatch(0).reason(), v1::SkipReason::INTERACTION_TOO_OLD);
  EXPECT_FALSE(r->dispatch(0).has_eligible_time());
}

TEST_F(InteractionTest, OtherTypesArePassedOver) {
  ActiveSurvey("after-purchase");
  auto q = Purchase("i-1", "lan");
  q.set_type("SUPPORT");
  EXPECT_EQ(Record(q)->dispatch_size(), 0);
}

TEST_F(InteractionTest, TheSameIdAndBodyAgainIsTheSameSuccess) {
  ActiveSurvey("after-purchase");
  const auto first = Record("i-1", "lan");
  HOIAM_ASSERT_OK(first);
  replica_.TakeEvents();
  auto q = Purchase("i-1", "lan");
  q.set_amount("1250000.00");  // the same amount
  clock_.Advance(absl::Minutes(1));
  *q.mutable_occurred_at() = first->interaction().occurred_at();
  const auto again = Record(q);
  HOIAM_ASSERT_OK(again);
  EXPECT_EQ(again->interaction().SerializeAsString(), first->interaction().SerializeAsString());
  ASSERT_EQ(again->dispatch_size(), 1);
  EXPECT_EQ(again->dispatch(0).SerializeAsString(), first->dispatch(0).SerializeAsString());
  EXPECT_TRUE(replica_.events().empty());
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM invitation"), 1);
}

TEST_F(InteractionTest, TheSameIdWithAnotherBodyIsRefused) {
  HOIAM_ASSERT_OK(Record("i-1", "lan"));
  auto q = Purchase("i-1", "lan");
  q.set_amount("1");
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_THAT(Record(Purchase("i-1", "minh")), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer"), 1) << "a refused request changes nothing";
}

TEST_F(InteractionTest, EveryBadFieldIsNamedAtOnce) {
  v1::RecordInteractionRequest q;
  q.set_interaction_id(".");
  q.set_type("purchase");
  q.set_touchpoint("Giao\nhàng");
  q.set_amount("1,5");
  q.set_currency("VNX");
  (*q.mutable_properties())["n"].set_number_value(std::numeric_limits<double>::infinity());
  (*q.mutable_properties())["l"].mutable_list_value();
  const auto r = Record(q);
  ASSERT_THAT(r, StatusIs(StatusCode::kInvalidArgument));
  std::vector<std::string> fields;
  const auto detail = DetailOf(r.status());
  for (const Violation& v : detail->violations) fields.push_back(absl::StrCat(v.field, " ", v.reason));
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre(
                          "interactionId INVALID_ID", "customerId REQUIRED", "type INVALID_TYPE",
                          "touchpoint CONTROL_CHARACTER", "occurredAt REQUIRED", "currency UNKNOWN_CURRENCY",
                          "amount INVALID_AMOUNT", "properties.n NOT_FINITE", "properties.l PROPERTY_TYPE"));
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM interaction"), 0);
}

TEST_F(InteractionTest, TimesOutOfRangeAndHalfAmountsAreRefused) {
  auto q = Purchase("i-1", "lan");
  SetTimestamp(clock_.Now() + absl::Hours(1) + absl::Microseconds(1), q.mutable_occurred_at());
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "TIME_OUT_OF_RANGE"));
  SetTimestamp(clock_.Now() + absl::Hours(1), q.mutable_occurred_at());
  EXPECT_THAT(Record(q), IsOk());
  q = Purchase("i-2", "lan");
  q.mutable_occurred_at()->set_seconds(946684799);  // a second before 2000
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "TIME_OUT_OF_RANGE"));
  q.mutable_occurred_at()->set_seconds(std::numeric_limits<int64_t>::max());
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "TIME_OUT_OF_RANGE"));
  q = Purchase("i-2", "lan");
  q.clear_currency();
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  q = Purchase("i-2", "lan");
  q.clear_amount();
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  q = Purchase("i-2", "lan");
  q.mutable_customer()->set_customer_id("minh");
  EXPECT_THAT(Record(q), StatusIs(StatusCode::kInvalidArgument, "ID_MISMATCH"));
}

TEST_F(InteractionTest, OneBadItemOfABatchNeverFailsTheOthers) {
  ActiveSurvey("after-purchase");
  v1::BatchRecordInteractionsRequest q;
  *q.add_interactions() = Purchase("i-1", "lan");
  *q.add_interactions() = Purchase("i-2", "minh");
  q.mutable_interactions(1)->set_type("");
  q.add_interactions();
  (*q.mutable_rejected_items())[2].set_code(3);
  (*q.mutable_rejected_items())[2].set_message("interactions[2].type: must be a string");
  *q.add_interactions() = Purchase("i-1", "lan");
  *q.add_interactions() = Purchase("i-1", "lan");
  q.mutable_interactions(4)->set_channel("web");
  const auto r = Write(&BatchRecordInteractions, q, As());
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->results_size(), 5);
  EXPECT_EQ(r->results(0).status().code(), 0);
  EXPECT_EQ(r->results(0).interaction_id(), "i-1");
  ASSERT_EQ(r->results(0).dispatch_size(), 1);
  EXPECT_EQ(r->results(0).dispatch(0).decision(), v1::DispatchDecision::INVITED);
  EXPECT_EQ(r->results(1).status().code(), 3);
  EXPECT_TRUE(absl::StartsWith(r->results(1).status().message(), "interactions[1].type:"));
  EXPECT_EQ(r->results(2).status().message(), "interactions[2].type: must be a string");
  EXPECT_EQ(r->results(3).status().code(), 0) << "the same item again is the same success";
  EXPECT_EQ(r->results(3).dispatch(0).link(), r->results(0).dispatch(0).link());
  EXPECT_EQ(r->results(4).status().code(), 6) << "the same id with another body";
  EXPECT_FALSE(r->consistency_token().empty());
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM interaction"), 1);
}

TEST_F(InteractionTest, RecordingHistoryAsksNobodyAndIsToldToTheOthers) {
  ActiveSurvey("after-purchase");
  v1::BatchRecordInteractionsRequest q;
  q.set_effects(v1::Effects::RECORD_ONLY);
  *q.add_interactions() = Purchase("i-1", "lan");
  const auto r = Write(&BatchRecordInteractions, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->results(0).dispatch_size(), 0);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM invitation"), 0);
  EXPECT_EQ(replica_.events().back().interaction().interaction().interaction_id(), "i-1");
  EXPECT_EQ(replica_.events().back().interaction().effects(), v1::Effects::RECORD_ONLY);
  q.set_effects(v1::Effects::SCORES_ONLY);
  EXPECT_THAT(Write(&BatchRecordInteractions, q, As()), StatusIs(StatusCode::kInvalidArgument, "EFFECTS_NOT_ALLOWED"));
}

TEST_F(InteractionTest, AReplayOfAnInvitedInteractionAsHistoryStillShowsItsLink) {
  ActiveSurvey("after-purchase");
  const auto first = Record("i-1", "lan");
  v1::BatchRecordInteractionsRequest q;
  q.set_effects(v1::Effects::RECORD_ONLY);
  *q.add_interactions() = Purchase("i-1", "lan");
  const auto r = Write(&BatchRecordInteractions, q, As());
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->results(0).dispatch_size(), 1);
  EXPECT_EQ(r->results(0).dispatch(0).link(), first->dispatch(0).link());
}

TEST_F(InteractionTest, AThousandItemsAreABatchAndOneMoreIsTooMany) {
  v1::BatchRecordInteractionsRequest q;
  for (int i = 0; i < 1000; ++i) *q.add_interactions() = Purchase(absl::StrCat("i-", i), absl::StrCat("c-", i % 50));
  const auto r = Write(&BatchRecordInteractions, q, As());
  HOIAM_ASSERT_OK(r);
  for (const auto& result : r->results()) EXPECT_EQ(result.status().code(), 0);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM interaction"), 1000);
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM customer"), 50);
  *q.add_interactions() = Purchase("one-more", "lan");
  EXPECT_THAT(Write(&BatchRecordInteractions, q, As()), StatusIs(StatusCode::kInvalidArgument, "BATCH_TOO_LARGE"));
}

TEST_F(InteractionTest, VoidingWithdrawsTheOpenInvitationOnce) {
  ActiveSurvey("after-purchase");
  const auto recorded = Record("i-1", "lan");
  replica_.TakeEvents();
  v1::VoidInteractionRequest q;
  q.set_interaction_id("i-1");
  EXPECT_THAT(Write(&VoidInteraction, q, As()), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  q.set_reason("đơn bị hủy");
  const auto r = Write(&VoidInteraction, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->interaction().voided());
  EXPECT_EQ(r->interaction().revision(), 2);
  EXPECT_EQ(InvitationOf("after-purchase", recorded->dispatch(0).invitation()).state(), v1::InvitationState::REVOKED);
  const auto events = replica_.TakeEvents();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_TRUE(events[0].interaction().interaction().voided());
  EXPECT_EQ(events[1].invitation().invitation().state(), v1::InvitationState::REVOKED);
  q.set_reason("again");
  const auto again = Write(&VoidInteraction, q, As());
  HOIAM_ASSERT_OK(again);
  EXPECT_EQ(again->interaction().void_reason(), "đơn bị hủy");
  EXPECT_TRUE(replica_.events().empty());
  q.set_interaction_id("nobody's");
  EXPECT_THAT(Write(&VoidInteraction, q, As()), StatusIs(StatusCode::kNotFound, "INTERACTION_NOT_FOUND"));
  q.set_interaction_id("i-1");
  EXPECT_THAT(Write(&VoidInteraction, q, As("other")), StatusIs(StatusCode::kNotFound, "INTERACTION_NOT_FOUND"));
}

TEST_F(InteractionTest, WhatIsDoneIsCompletedOnceAndNotBeforeItBegan) {
  Record("i-1", "lan");
  replica_.TakeEvents();
  v1::CompleteInteractionRequest q;
  q.set_interaction_id("i-1");
  q.mutable_complete_time()->set_seconds(absl::ToUnixSeconds(clock_.Now() - absl::Hours(24 * 365)));
  EXPECT_THAT(Write(&CompleteInteraction, q, As()), StatusIs(StatusCode::kInvalidArgument, "TIME_OUT_OF_RANGE"));
  EXPECT_TRUE(replica_.events().empty());
  q.clear_complete_time();
  const auto r = Write(&CompleteInteraction, q, As());
  HOIAM_ASSERT_OK(r);
  EXPECT_TRUE(r->interaction().has_complete_time());
  EXPECT_EQ(r->interaction().revision(), 2);
  const auto events = replica_.TakeEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_TRUE(events[0].interaction().interaction().has_complete_time());
  const auto again = Write(&CompleteInteraction, q, As());
  HOIAM_ASSERT_OK(again);
  EXPECT_EQ(again->interaction().revision(), 2);
  EXPECT_TRUE(replica_.events().empty());

  Record("i-2", "lan");
  v1::VoidInteractionRequest cancel;
  cancel.set_interaction_id("i-2");
  cancel.set_reason("đơn bị hủy");
  HOIAM_ASSERT_OK(Write(&VoidInteraction, cancel, As()));
  q.set_interaction_id("i-2");
  EXPECT_THAT(Write(&CompleteInteraction, q, As()), StatusIs(StatusCode::kFailedPrecondition, "INTERACTION_VOIDED"));
}

TEST_F(InteractionTest, APausedSurveyAsksNobody) {
  ActiveSurvey("after-purchase");
  v1::MoveSurveyRequest q;
  q.set_survey_id("after-purchase");
  std::promise<absl::Status> done;
  MoveSurvey(SurveyVerb::kPause, replica_.deps(), As(), q,
             [&](absl::StatusOr<v1::Survey> s, rpc::ReplyMeta) { done.set_value(s.status()); });
  HOIAM_ASSERT_OK(done.get_future().get());
  EXPECT_EQ(Record("i-1", "lan")->dispatch_size(), 0);
  HOIAM_ASSERT_OK(Activate("after-purchase"));
  EXPECT_EQ(Record("i-2", "lan")->dispatch_size(), 1);
}

TEST_F(InteractionTest, TwoReplicasDecidingForOneCustomerAtOnceInviteOnce) {
  ActiveSurvey("after-purchase");
  Replica other(database_.pool(), clock_);
  for (int round = 0; round < 20; ++round) {
    const std::string customer = absl::StrCat("c-", round);
    std::atomic<int> invited = 0;
    const auto record = [&](Replica& replica, const std::string& id) {
      const auto r = WriteOn(replica, &RecordInteraction, Purchase(id, customer), As());
      ASSERT_THAT(r, IsOk());
      for (const auto& d : r->dispatch()) invited += d.decision() == v1::DispatchDecision::INVITED;
    };
    std::thread a([&] { record(replica_, absl::StrCat("a-", round)); });
    std::thread b([&] { record(other, absl::StrCat("b-", round)); });
    a.join();
    b.join();
    EXPECT_EQ(invited, 1) << customer;
  }
  EXPECT_EQ(database_.Count("SELECT COUNT(*) FROM invitation"), 20);
}

}  // namespace
}  // namespace hoiam::survey
