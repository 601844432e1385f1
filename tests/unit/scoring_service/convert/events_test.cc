#include "scoring_service/convert/events.h"

#include <gmock/gmock.h>

#include "scoring_service/convert/history.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/convert/timeline.h"
#include "tests/support/matchers.h"

namespace hoiam::scoring {
namespace {

namespace lpb = hoiam::loop::v1;
namespace spb = hoiam::survey::v1;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

spb::Response NpsOf(int score) {
  spb::Response r;
  r.set_response_id("r");
  r.set_metric("NPS");
  r.set_score(score);
  r.set_revision(1);
  return r;
}

TEST(ToAnswerTest, ZeroIsAnAnswerAndAbsentIsASkip) {
  EXPECT_TRUE(ToAnswer(NpsOf(0))->counted());
  spb::Response skip = NpsOf(0);
  skip.clear_score();
  EXPECT_FALSE(ToAnswer(skip)->counted());
}

TEST(ToAnswerTest, ScoresOffTheScaleAndUnknownMetricsAreNotCounted) {
  EXPECT_THAT(ToAnswer(NpsOf(11)), StatusIs(absl::StatusCode::kInvalidArgument));
  spb::Response csat = NpsOf(0);
  csat.set_metric("CSAT");
  EXPECT_THAT(ToAnswer(csat), StatusIs(absl::StatusCode::kInvalidArgument));
  spb::Response unknown = NpsOf(5);
  unknown.set_metric("XYZ");
  EXPECT_THAT(ToAnswer(unknown), StatusIs(absl::StatusCode::kUnimplemented));
}

TEST(ToAnswerTest, AnAnswerOfTheCsiIsKeptAndCountsInNoFigureOfSingleScores) {
  spb::Response csi = NpsOf(5);
  csi.set_metric("CSI");
  EXPECT_THAT(ToAnswer(csi), StatusIs(absl::StatusCode::kInvalidArgument)) << "it has no score";
  csi.clear_score();
  const auto answer = ToAnswer(csi);
  ASSERT_THAT(answer, IsOk());
  EXPECT_FALSE(answer->metric);
  EXPECT_FALSE(answer->counted());
}

TEST(ToAnswerTest, CollectedByNobodySaidIsTheCustomerAlone) {
  EXPECT_EQ(ToAnswer(NpsOf(1))->dimensions[static_cast<size_t>(Dimension::kCollectedBy)], "SELF");
}

TEST(ToSpendTest, MoneyNeedsADecimalAndACurrency) {
  spb::Interaction i;
  i.set_interaction_id("i");
  ASSERT_THAT(ToSpend(i), IsOk());
  EXPECT_TRUE(ToSpend(i)->amount.is_zero());
  i.set_amount("1250000.5");
  EXPECT_THAT(ToSpend(i), StatusIs(absl::StatusCode::kInvalidArgument));
  i.set_currency("VND");
  EXPECT_EQ(ToSpend(i)->amount, *Decimal::ParseAmount("1250000.5"));
  i.set_amount("1e6");
  EXPECT_THAT(ToSpend(i), StatusIs(absl::StatusCode::kInvalidArgument));
}

lpb::Case CaseIn(lpb::CaseState::Code state) {
  lpb::Case c;
  c.set_kind(lpb::CaseKind::DETRACTOR);
  c.set_state(state);
  const auto move = [&](lpb::CaseState::Code from, lpb::CaseState::Code to, int at) {
    auto* h = c.add_history();
    h->set_from(from);
    h->set_to(to);
    h->mutable_time()->set_seconds(at);
  };
  move(lpb::CaseState::UNSPECIFIED, lpb::CaseState::NEW, 1);
  move(lpb::CaseState::IN_PROGRESS, lpb::CaseState::RESOLVED, 5);
  move(lpb::CaseState::RESOLVED, lpb::CaseState::RESOLVED, 6);  // a note
  move(lpb::CaseState::RESOLVED, lpb::CaseState::VERIFIED, 9);
  return c;
}

TEST(ToCaseStandingTest, ACaseIsOpenUnlessResolvedVerifiedClosedOrCancelled) {
  for (int s = lpb::CaseState::NEW; s <= lpb::CaseState::CANCELLED; ++s) {
    const auto state = static_cast<lpb::CaseState::Code>(s);
    const bool over = state == lpb::CaseState::RESOLVED || state == lpb::CaseState::VERIFIED ||
                      state == lpb::CaseState::CLOSED || state == lpb::CaseState::CANCELLED;
    EXPECT_EQ(ToCaseStanding(CaseIn(state)).open, !over) << lpb::CaseState::Code_Name(state);
  }
}

TEST(ToCaseStandingTest, ResolutionCountsFromTheMoveToResolvedWhileItHolds) {
  EXPECT_EQ(ToCaseStanding(CaseIn(lpb::CaseState::VERIFIED)).resolved_at, absl::FromUnixSeconds(5));
  EXPECT_EQ(ToCaseStanding(CaseIn(lpb::CaseState::REOPENED)).resolved_at, std::nullopt);
  EXPECT_EQ(ToCaseStanding(CaseIn(lpb::CaseState::CANCELLED)).resolved_at, std::nullopt);
}

TEST(TimelineTest, AnswersOfAnInteractionStandOldestFirstAndAnAmendedOneReplacesItself) {
  spb::Response late = NpsOf(3), early = NpsOf(9);
  late.set_response_id("late");
  late.mutable_responded_at()->set_seconds(20);
  early.set_response_id("early");
  early.mutable_responded_at()->set_seconds(10);
  std::string answers = WithAnswer(WithAnswer("", late), early);
  late.set_score(8);
  answers = WithAnswer(answers, late);
  spb::Interaction i;
  i.set_interaction_id("i");
  const auto entry = ParseEntry(EntryOf(i), answers);
  ASSERT_THAT(entry, IsOk());
  EXPECT_EQ(entry->interaction().interaction_id(), "i");
  ASSERT_EQ(entry->answers_size(), 2);
  EXPECT_EQ(entry->answers(0).response_id(), "early");
  EXPECT_EQ(entry->answers(1).score(), 8);
  EXPECT_EQ(WithoutAnswer(WithoutAnswer(answers, "early"), "late"), "");
}

TEST(HistoryQueryTest, EveryBadFieldIsToldAtOnce) {
  hoiam::scoring::v1::GetHistoryRequest q;
  q.set_page_size(1001);
  q.add_kinds(hoiam::scoring::v1::EntryKind::CASE);
  q.add_kinds(static_cast<hoiam::scoring::v1::EntryKind::Code>(99));
  q.set_page_token("forged");
  const auto s = ToHistoryQuery("t", q).status();
  std::set<std::string> fields;
  const auto detail = DetailOf(s);
  ASSERT_TRUE(detail.has_value());
  for (const Violation& v : detail->violations) fields.insert(v.field);
  EXPECT_EQ(fields, (std::set<std::string>{"customerId", "pageSize", "kinds[1]", "pageToken"}));
}

TEST(HistoryQueryTest, ATokenIsBoundToTenantCustomerAndKinds) {
  hoiam::scoring::v1::GetHistoryRequest q;
  q.set_customer_id("c");
  const auto query = ToHistoryQuery("t", q);
  const HistoryKey end{absl::FromUnixMicros(123456789), 3, "r"};
  q.set_page_token(HistoryToken("t", *query, end));
  const auto next = ToHistoryQuery("t", q);
  ASSERT_THAT(next, IsOk());
  EXPECT_EQ(next->after->happened_at, end.happened_at);
  EXPECT_EQ(next->after->kind, 3);
  EXPECT_EQ(next->after->entity_id, "r");
  EXPECT_THAT(ToHistoryQuery("other", q), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  q.add_kinds(hoiam::scoring::v1::EntryKind::CASE);
  EXPECT_THAT(ToHistoryQuery("t", q), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
}

TEST(TimeTest, IsTruncatedToTheMicrosecond) {
  google::protobuf::Timestamp t;
  t.set_seconds(-1);
  t.set_nanos(999'999'999);
  EXPECT_EQ(ToTime(t), absl::FromUnixMicros(-1));
  EXPECT_EQ(FromTime(absl::FromUnixMicros(-1)).seconds(), -1);
  EXPECT_EQ(FromTime(absl::FromUnixMicros(-1)).nanos(), 999'999'000);
}

}  // namespace
}  // namespace hoiam::scoring
