#include "loop_service/convert/case_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hoiam/survey/v1/resources.pb.h"
#include "loop_service/convert/answer_event.h"
#include "loop_service/domain/case_answers.h"
#include "loop_service/domain/case_command.h"
#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

using hoiam::testing::IsOk;
using ::testing::ElementsAre;

const absl::Time kNow = absl::FromUnixMicros(1'793'000'000'123'456);

// Every field says something.
Case Rich() {
  const auto at = [](int minutes) { return kNow + absl::Minutes(minutes); };
  Answer a;
  a.response_id = "r1";
  a.customer_id = "c1";
  a.metric = "CES";
  a.score = 1;
  a.comment = "khó quá";
  a.touchpoint = "return";
  a.shop = "ha-dong";
  a.lot = "L7";
  a.responded_at = kNow;
  Case c = OpenCase(std::string("0123456789abcdef"), a, {"lowest", Priority::kP2, {"CES 1"}}, "cskh", "", kNow);
  a.response_id = "r2";
  AttachAnswer(c, a, {}, at(1));
  c.reason = "they called";
  c.acknowledge_by = at(10);
  c.contact_by = at(20);
  c.resolve_by = at(30);
  Apply(c, Assign{"lan", "cx", ""}, "boss", at(2));
  Apply(c, AddNeed{"n1", NeedKind::kWish, "nhanh hơn"}, "lan", at(3));
  Apply(c, Contact{"phone", "hẹn", ContactOutcome::kReached}, "lan", at(4));
  Apply(c, Propose{"đổi mới"}, "lan", at(5));
  Apply(c, AnswerSolution{true, ""}, "lan", at(6));
  Resolve r;
  r.root_cause = "return_hard_policy";
  r.originator_team = "cx";
  r.resolution = "đã đổi";
  r.customer_reply = "cảm ơn";
  r.compensation = Compensation{"VOUCHER", "50000", "VND", "boss"};
  Apply(c, r, "lan", at(7));
  Apply(c, Verify{Verification::kCustomerWord, ""}, "lan", at(8));
  c.escalated_to = {"region-north"};
  c.wait_until = at(40);
  c.escalate_at = at(41);
  c.verify_at = at(42);
  c.warn_at = at(43);
  c.acknowledged_at = at(15);
  c.contacted_at = at(4);
  c.resolved_at = at(7);
  c.paused = absl::Minutes(5);
  c.said_twice = SaidTwice{std::string("fedcba9876543210"), Relation::kSameLot, "return_hard_policy", at(6)};
  c.fix_failed = SaidTwice{std::string("0000000000000000"), Relation::kSameShop, "return_hard_policy", at(9)};
  c.messages = 2;
  c.last_customer_message_at = at(6);
  return c;
}

TEST(CaseProtoTest, ACaseComesBackFromItsStoredFormWhole) {
  const std::string body = ToStored(Rich()).SerializeAsString();
  const auto back = FromStored(body);
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(ToStored(*back).SerializeAsString(), body);
  EXPECT_EQ(back->create_time, kNow);
  EXPECT_EQ(back->history.front().from, std::nullopt);
  EXPECT_EQ(back->compensation->approved_by, "boss");
}

TEST(CaseProtoTest, EveryFieldOfACaseIsSet) {
  pb::Case shown = ToShown(Rich(), kNow + absl::Hours(1000));
  shown.set_status_link("https://…");  // of those who may speak for the customer only
  for (int i = 0; i < pb::Case::descriptor()->field_count(); ++i) {
    const auto* f = pb::Case::descriptor()->field(i);
    const bool set =
        f->is_repeated() ? shown.GetReflection()->FieldSize(shown, f) > 0 : shown.GetReflection()->HasField(shown, f);
    EXPECT_TRUE(set) << f->name();
  }
}

TEST(CaseProtoTest, OverdueIsAsOfReadingAndNotStored) {
  Answer a;
  a.response_id = "r1";
  a.metric = "NPS";
  a.score = 1;
  Case c = OpenCase(std::string("0123456789abcdef"), a, {}, "cskh", "", kNow);
  c.acknowledge_by = kNow + absl::Hours(24);
  c.contact_by = kNow + absl::Hours(48);
  c.resolve_by = kNow + absl::Hours(72);
  EXPECT_THAT(ToShown(c, kNow).overdue(), ElementsAre());
  EXPECT_THAT(ToShown(c, kNow + absl::Hours(50)).overdue(),
              ElementsAre(pb::Deadline::ACKNOWLEDGE, pb::Deadline::CONTACT));
  EXPECT_EQ(ToStored(c).overdue_size(), 0);
}

TEST(CaseProtoTest, AHandoffThatIsNotTakenWaitsUntilNow) {
  Case c = Rich();
  c.state = CaseState::kInProgress;
  c.handoffs.push_back({kNow + absl::Minutes(10), "cx", "cskh", "lan", "", std::nullopt});
  const pb::Case shown = ToShown(c, kNow + absl::Minutes(25));
  ASSERT_EQ(shown.handoffs_size(), 2);
  EXPECT_EQ(shown.handoffs(0).wait().seconds(), 60);
  EXPECT_EQ(shown.handoffs(1).wait().seconds(), 15 * 60);
  EXPECT_FALSE(shown.handoffs(1).has_taken_time());
}

TEST(CaseProtoTest, WhatCannotBeReadIsAnErrorAndNoCrash) {
  EXPECT_EQ(FromStored("\xff\xff").status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(FromStored("").status().code(), absl::StatusCode::kInternal);
}

TEST(AnswerEventTest, OnlyFullEffectsOpenCasesAndZeroIsAScore) {
  hoiam::event::v1::ResponseChanged changed;
  auto& r = *changed.mutable_response();
  for (int effects = 0; effects <= 3; ++effects) {
    r.set_effects(static_cast<hoiam::survey::v1::Effects::Code>(effects));
    EXPECT_EQ(FromEvent(changed).full_effects, effects == hoiam::survey::v1::Effects::FULL);
  }
  EXPECT_EQ(FromEvent(changed).score, std::nullopt);
  r.set_score(0);
  EXPECT_EQ(FromEvent(changed).score, 0);
}

TEST(AnswerEventTest, TheWorstBandOfEachMetricIsADetractor) {
  hoiam::event::v1::ResponseChanged changed;
  changed.mutable_response()->set_score(1);
  const auto detractor = [&](const char* band) {
    changed.set_band(band);
    return FromEvent(changed).detractor();
  };
  for (const char* band : {"DETRACTOR", "DISSATISFIED", "DIFFICULT", "UNHAPPY"}) EXPECT_TRUE(detractor(band)) << band;
  for (const char* band :
       {"", "PASSIVE", "PROMOTER", "NEUTRAL", "SATISFIED", "MODERATE", "EASY", "INDIFFERENT", "HAPPY", "detractor"})
    EXPECT_FALSE(detractor(band)) << band;
  changed.set_band("DETRACTOR");
  changed.mutable_response()->clear_score();
  EXPECT_FALSE(FromEvent(changed).detractor()) << "a case is about a score";
}

}  // namespace
}  // namespace hoiam::loop
