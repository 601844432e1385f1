#include "loop_service/convert/case_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hoiam/survey/v1/resources.pb.h"
#include "loop_service/convert/answer_event.h"
#include "loop_service/domain/case_command.h"
#include "loop_service/domain/case_answers.h"
#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

using hoiam::testing::IsOk;
using ::testing::ElementsAre;

const absl::Time kNow = absl::FromUnixMicros(1'793'000'000'123'456);

Case Rich() {
  Answer a;
  a.response_id = "r1";
  a.customer_id = "c1";
  a.metric = "CES";
  a.score = 1;
  a.comment = "khó quá";
  a.touchpoint = "return";
  Case c = OpenCase(std::string("0123456789abcdef"), a, {}, "cskh", "", kNow);
  a.response_id = "r2";
  AttachAnswer(c, a, {}, kNow + absl::Seconds(1));
  Apply(c, Contact{"phone", "hẹn", ContactOutcome::kReached}, "lan", kNow + absl::Seconds(2));
  Resolve r{"return_hard_policy", "cx", "đã đổi", "cảm ơn", Compensation{"VOUCHER", "50000", "VND", "boss"}};
  Apply(c, r, "lan", kNow + absl::Seconds(3));
  Apply(c, Verify{Verification::kCustomerWord, ""}, "lan", kNow + absl::Seconds(4));
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
  shown.set_owner("lan");
  shown.add_overdue(pb::Deadline::RESOLVE);
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
  const Case c = OpenCase(std::string("0123456789abcdef"), a, {}, "cskh", "", kNow);
  EXPECT_THAT(ToShown(c, kNow).overdue(), ElementsAre());
  EXPECT_THAT(ToShown(c, kNow + absl::Hours(50)).overdue(),
              ElementsAre(pb::Deadline::ACKNOWLEDGE, pb::Deadline::CONTACT));
  EXPECT_EQ(ToStored(c).overdue_size(), 0);
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
