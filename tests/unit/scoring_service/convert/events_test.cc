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

hoiam::event::v1::ResponseChanged Changed(const spb::Response& r) {
  hoiam::event::v1::ResponseChanged changed;
  *changed.mutable_response() = r;
  return changed;
}

TEST(ToAnswerTest, ZeroIsAnAnswerAndAbsentIsASkip) {
  EXPECT_TRUE(ToAnswer(Changed(NpsOf(0)))->counted());
  spb::Response skip = NpsOf(0);
  skip.clear_score();
  EXPECT_FALSE(ToAnswer(Changed(skip))->counted());
}

TEST(ToAnswerTest, ScoresOffTheScaleAreNotCountedAndThoseOfOwnMetricsAreWithinTen) {
  EXPECT_THAT(ToAnswer(Changed(NpsOf(11))), StatusIs(absl::StatusCode::kInvalidArgument));
  spb::Response csat = NpsOf(0);
  csat.set_metric("CSAT");
  EXPECT_THAT(ToAnswer(Changed(csat)), StatusIs(absl::StatusCode::kInvalidArgument));
  csat.set_metric("CSI");
  EXPECT_THAT(ToAnswer(Changed(csat)), StatusIs(absl::StatusCode::kInvalidArgument)) << "it has no score";
  spb::Response own = NpsOf(5);
  own.set_metric("SPEED");
  own.set_metric_version(3);
  EXPECT_THAT(ToAnswer(Changed(own))->observations, ::testing::ElementsAre(Observation{"SPEED", 3, "", 5}));
}

TEST(ToAnswerTest, QuestionsSayWhatTheAnswersCountFor) {
  auto changed = Changed(NpsOf(2));
  auto* a = changed.mutable_response()->add_answers();
  a->set_question_id("why");
  a->add_choices("late");
  EXPECT_EQ(ToAnswer(changed)->observations.size(), 1) << "of an answer without survey only the score is known";
  auto* q = changed.add_questions();
  q->set_question_id("why");
  q->set_type(spb::QuestionType::SINGLE_CHOICE);
  EXPECT_THAT(ToAnswer(changed)->observations,
              ::testing::ElementsAre(Observation{"NPS", 1, "", 2}, Observation{"NPS", 1, "why/late", 2}));
}

TEST(ToAnswerTest, AWordIsNotCutWithinACharacter) {
  spb::Response r = NpsOf(2);
  for (int i = 0; i < 300; ++i) r.set_comment(r.comment() + "ế");
  EXPECT_EQ(ToAnswer(Changed(r))->comment.size(), 200 * 3);
  r.set_comment("chậm");
  EXPECT_EQ(ToAnswer(Changed(r))->comment, "chậm");
}

TEST(ToAnswerTest, CollectedByNobodySaidIsTheCustomerAlone) {
  EXPECT_EQ(ToAnswer(Changed(NpsOf(1)))->dimensions[static_cast<size_t>(Dimension::kCollectedBy)], "SELF");
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
  i.set_cost("0.5");
  EXPECT_EQ(ToSpend(i)->cost, *Decimal::ParseAmount("0.5"));
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

TEST(ToCaseStandingTest, ActsByTheDateOfContactUntilThenByThatOfResolution) {
  lpb::Case c;
  c.mutable_acknowledge_by()->set_seconds(1);
  c.mutable_contact_by()->set_seconds(2);
  c.mutable_resolve_by()->set_seconds(3);
  const std::pair<lpb::CaseState::Code, std::optional<int>> kBy[] = {
      {lpb::CaseState::NEW, 2},         {lpb::CaseState::REOPENED, 2},         {lpb::CaseState::ACKNOWLEDGED, 2},
      {lpb::CaseState::IN_PROGRESS, 3}, {lpb::CaseState::WAITING_CUSTOMER, 3}, {lpb::CaseState::RESOLVED, {}},
      {lpb::CaseState::CANCELLED, {}}};
  for (const auto& [state, by] : kBy) {
    c.set_state(state);
    EXPECT_EQ(ToCaseStanding(c).act_by, by ? std::optional(absl::FromUnixSeconds(*by)) : std::nullopt)
        << lpb::CaseState::Code_Name(state);
  }
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
  hoiam::scoring::v1::HistoryEntry entry;
  ASSERT_TRUE(entry.ParseFromString(EntryOf(i) + answers));
  EXPECT_EQ(entry.interaction().interaction_id(), "i");
  ASSERT_EQ(entry.answers_size(), 2);
  EXPECT_EQ(entry.answers(0).response_id(), "early");
  EXPECT_EQ(entry.answers(1).score(), 8);
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
