#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/store/scoring_service/world.h"

namespace hoiam::scoring {
namespace {

namespace lpb = hoiam::loop::v1;
namespace pb = hoiam::scoring::v1;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class SatisfactionTest : public ::testing::Test {
 protected:
  pb::Satisfaction Of(const std::string& customer, const std::string& tenant = kTenant) {
    pb::GetSatisfactionRequest q;
    q.set_customer_id(customer);
    const auto sheet = w_.handlers->GetSatisfaction(World::Caller(tenant), q);
    EXPECT_THAT(sheet, IsOk());
    return sheet.ok() ? *sheet : pb::Satisfaction();
  }
  lpb::Case Opened(const std::string& customer, absl::Time at) {
    lpb::Case c;
    c.set_customer_id(customer);
    c.set_case_id("k1");
    c.set_kind(lpb::CaseKind::DETRACTOR);
    Move(c, lpb::CaseState::NEW, at);
    return c;
  }
  void Move(lpb::Case& c, lpb::CaseState::Code to, absl::Time at) {
    auto* h = c.add_history();
    h->set_from(c.state());
    h->set_to(to);
    *h->mutable_time() = FromTime(at);
    c.set_state(to);
    c.set_version(c.version() + 1);
    *c.mutable_update_time() = FromTime(at);
  }
  World w_;
};

TEST_F(SatisfactionTest, AnUnknownCustomerHasAnEmptySheet) {
  const auto sheet = Of("nobody");
  EXPECT_EQ(sheet.customer_id(), "nobody");
  EXPECT_EQ(sheet.metrics_size(), 0);
  EXPECT_FALSE(sheet.do_not_sell().blocked());
  EXPECT_FALSE(sheet.has_next_eligible_time());
  EXPECT_EQ(sheet.headline().vi(), "Khách chưa có phản hồi nào");
  EXPECT_EQ(sheet.headline_template().en(), "{who} has not given any feedback yet");
}

TEST_F(SatisfactionTest, MetricsStandSideBySideWithBandAgeAndTheScoreBefore) {
  w_.Apply({EventOf(ResponseOf("lan", "a", "NPS", 9, Local(2026, 1, 5))),
            EventOf(ResponseOf("lan", "b", "CSAT", 3, Local(2026, 11, 5))),
            EventOf(ResponseOf("lan", "c", "CES", 5, Local(2026, 11, 6))),
            EventOf(ResponseOf("lan", "d", "CES", 2, Local(2026, 10, 6)))});
  const auto sheet = Of("lan");
  ASSERT_EQ(sheet.metrics_size(), 3);
  EXPECT_EQ(sheet.metrics(0).metric(), "NPS");
  EXPECT_EQ(sheet.metrics(0).band(), pb::Band::PROMOTER);
  EXPECT_TRUE(sheet.metrics(0).stale());
  EXPECT_FALSE(sheet.metrics(0).has_previous_score());
  EXPECT_EQ(sheet.metrics(1).band(), pb::Band::NEUTRAL);
  EXPECT_FALSE(sheet.metrics(1).stale());
  EXPECT_EQ(sheet.metrics(2).score(), 5);
  EXPECT_EQ(sheet.metrics(2).band(), pb::Band::EASY);
  EXPECT_EQ(sheet.metrics(2).previous_score(), 2);
  EXPECT_EQ(ToTime(sheet.metrics(2).responded_at()), Local(2026, 11, 6));
}

TEST_F(SatisfactionTest, ACsiHasThePersonsOwnIndexAndWhatWasSaidIsBesideTheScore) {
  auto csi = ResponseOf("lan", "a", "CSI", 0, Local(2026, 11, 5));
  csi.clear_score();
  csi.set_comment("Bảo hành nhanh");
  for (const auto& [question, score] : {std::pair("speed", 10), std::pair("price", 6)}) {
    auto* answer = csi.add_answers();
    answer->set_question_id(question);
    answer->set_number(score);
  }
  hoiam::event::v1::ResponseChanged changed;
  *changed.mutable_response() = csi;
  for (const char* question : {"speed", "price"}) {
    auto* asked = changed.add_questions();
    asked->set_question_id(question);
    asked->set_type(spb::QuestionType::CSI);
    asked->set_object(spb::CsiObject::SERVICE);
  }
  w_.Apply({EventOf(ResponseOf("lan", "b", "CES", 6, Local(2026, 11, 6))), EventOf(changed),
            EventOf(ResponseOf("lan", "c", "CES", 6, Local(2026, 11, 7)))});
  const auto sheet = Of("lan");
  ASSERT_EQ(sheet.metrics_size(), 2);
  EXPECT_EQ(sheet.metrics(0).metric(), "CES");
  EXPECT_EQ(sheet.metrics(0).responses(), 2);
  EXPECT_FALSE(sheet.metrics(0).has_csi());
  EXPECT_EQ(sheet.metrics(1).metric(), "CSI");
  EXPECT_EQ(sheet.metrics(1).csi(), 80);
  EXPECT_EQ(sheet.metrics(1).comment(), "Bảo hành nhanh");
}

TEST_F(SatisfactionTest, WhatIsSaidOfItemsStandsBesideTheScoresAndIsNeverOne) {
  std::vector<Event> events;
  for (int i = 0; i < 25; ++i) {
    spb::Usage u;
    u.set_customer_id("lan");
    u.set_usage_id(absl::StrCat("u", i));
    u.set_item(absl::StrCat("fryer-", i % 22));
    u.set_status(i == 24 ? "PROBLEM" : "IN_USE");
    u.set_stated_by(spb::CollectedBy::STAFF);
    *u.mutable_occurred_at() = FromTime(Local(2026, 10, 1) + absl::Hours(i));
    events.push_back(EventOf(u));
  }
  w_.Apply(events);
  const auto sheet = Of("lan");
  EXPECT_EQ(sheet.metrics_size(), 0);
  ASSERT_EQ(sheet.usage_size(), 20) << "of 22 items the newest";
  EXPECT_EQ(sheet.usage(0).item(), "fryer-2");
  EXPECT_EQ(sheet.usage(0).status(), "PROBLEM");
  EXPECT_EQ(sheet.usage(0).stated_by(), spb::CollectedBy::STAFF);
  for (int i = 1; i < 20; ++i)
    EXPECT_GT(ToTime(sheet.usage(i - 1).occurred_at()), ToTime(sheet.usage(i).occurred_at()));
}

TEST_F(SatisfactionTest, VoidingOrAmendingTheLatestAnswerBringsThePreviousOneBack) {
  auto last = ResponseOf("lan", "b", "NPS", 2, Local(2026, 11, 5));
  w_.Apply({EventOf(ResponseOf("lan", "a", "NPS", 9, Local(2026, 10, 5))), EventOf(last)});
  EXPECT_EQ(Of("lan").metrics(0).score(), 2);
  last.set_voided(true);
  last.set_revision(2);
  w_.Apply({EventOf(last)});
  auto sheet = Of("lan");
  EXPECT_EQ(sheet.metrics(0).score(), 9);
  EXPECT_FALSE(sheet.metrics(0).has_previous_score());
  EXPECT_FALSE(sheet.do_not_sell().blocked());

  last.set_voided(false);
  last.set_revision(3);
  *last.mutable_responded_at() = FromTime(Local(2026, 9, 1));  // it was given before the other one
  w_.Apply({EventOf(last)});
  sheet = Of("lan");
  EXPECT_EQ(sheet.metrics(0).score(), 9);
  EXPECT_EQ(sheet.metrics(0).previous_score(), 2);
}

TEST_F(SatisfactionTest, FeedbackInWordsIsOnNoSheetAndInTheHistory) {
  w_.Apply({EventOf(InteractionOf("lan", "i", Local(2026, 11, 4)))});
  auto words = ResponseOf("lan", "f", "", 0, Local(2026, 11, 5));
  words.clear_score();
  words.set_solicited(false);
  words.set_interaction_id("i");
  words.set_comment("Bãi xe khó tìm quá ạ");
  w_.Apply({EventOf(words)});
  const auto sheet = Of("lan");
  EXPECT_EQ(sheet.metrics_size(), 0);
  EXPECT_EQ(sheet.rated_interactions(), 0) << "nobody rated it";
  EXPECT_FALSE(sheet.do_not_sell().blocked());
  pb::GetHistoryRequest q;
  q.set_customer_id("lan");
  const auto page = w_.handlers->GetHistory(World::Caller(), q);
  ASSERT_THAT(page, IsOk());
  const pb::GetHistoryResponse history = World::Received(*page);
  ASSERT_EQ(history.entries_size(), 2);
  EXPECT_EQ(history.entries(0).response().comment(), "Bãi xe khó tìm quá ạ");
  EXPECT_EQ(history.entries(1).answers(0).response_id(), "f");
}

TEST_F(SatisfactionTest, AnAnswerThatBecomesASkipLeavesTheSheet) {
  auto r = ResponseOf("lan", "a", "NPS", 0, Local(2026, 11, 5));
  w_.Apply({EventOf(r)});
  EXPECT_EQ(Of("lan").metrics(0).score(), 0);
  r.clear_score();
  r.set_revision(2);
  w_.Apply({EventOf(r)});
  EXPECT_EQ(Of("lan").metrics_size(), 0);
}

TEST_F(SatisfactionTest, SaysHowManyInteractionsWereRatedAndLeavesVoidOnesOut) {
  auto r = ResponseOf("lan", "a", "NPS", 9, Local(2026, 11, 5));
  r.set_interaction_id("i1");
  auto i1 = InteractionOf("lan", "i1", Local(2026, 11, 1));
  w_.Apply({EventOf(r)});
  EXPECT_EQ(Of("lan").rated_interactions(), 0) << "the interaction has not come yet";
  w_.Apply({EventOf(i1), EventOf(InteractionOf("lan", "i2", Local(2026, 11, 2))),
            EventOf(InteractionOf("lan", "i3", Local(2026, 11, 3)))});
  EXPECT_EQ(Of("lan").rated_interactions(), 1);
  EXPECT_EQ(Of("lan").total_interactions(), 3);
  i1.set_voided(true);
  i1.set_revision(2);
  w_.Apply({EventOf(i1)});
  EXPECT_EQ(Of("lan").rated_interactions(), 0);
  EXPECT_EQ(Of("lan").total_interactions(), 2);
}

TEST_F(SatisfactionTest, SellingIsHeldBackFromTheScoreUntilTheCaseIsResolved) {
  auto detractor = ResponseOf("lan", "a", "NPS", 3, Local(2026, 11, 20));
  detractor.set_comment("giao trễ");
  w_.Apply({EventOf(detractor)});
  EXPECT_EQ(Of("lan").do_not_sell().reason(), "UNRESOLVED_DETRACTOR") << "the case has not been opened yet";
  lpb::Case c = Opened("lan", Local(2026, 11, 20, 13));
  *c.mutable_contact_by() = FromTime(Local(2026, 11, 21, 21));
  w_.Apply({EventOf(c)});
  auto sheet = Of("lan");
  EXPECT_TRUE(sheet.do_not_sell().blocked());
  EXPECT_EQ(sheet.do_not_sell().reason(), "OPEN_CASE");
  EXPECT_EQ(sheet.open_cases(), 1);
  EXPECT_EQ(sheet.headline().vi(),
            "Khách chấm NPS 3/10 hôm qua: “giao trễ” – liên hệ trước 21:00 hôm nay, chưa chào bán");
  EXPECT_EQ(sheet.headline_template().en(),
            "{who} scored NPS 3/10 yesterday: “giao trễ” – contact before 21:00 today, do not sell yet");
  Move(c, lpb::CaseState::IN_PROGRESS, Local(2026, 11, 20, 15));
  *c.mutable_resolve_by() = FromTime(Local(2026, 11, 25, 17));
  w_.Apply({EventOf(c)});
  EXPECT_EQ(Of("lan").headline().vi(),
            "Khách chấm NPS 3/10 hôm qua: “giao trễ” – xử lý xong trước 17:00 ngày 25/11, chưa chào bán");
  Move(c, lpb::CaseState::RESOLVED, Local(2026, 11, 21));
  w_.Apply({EventOf(c)});
  sheet = Of("lan");
  EXPECT_FALSE(sheet.do_not_sell().blocked());
  EXPECT_EQ(sheet.open_cases(), 0);
  EXPECT_EQ(sheet.headline().vi(), "Khách chấm NPS 3/10 hôm qua: “giao trễ” – phiếu đã xử lý xong");
  Move(c, lpb::CaseState::REOPENED, Local(2026, 11, 22));
  w_.Apply({EventOf(c)});
  EXPECT_EQ(Of("lan").do_not_sell().reason(), "OPEN_CASE");
  Move(c, lpb::CaseState::CANCELLED, Local(2026, 11, 23));
  w_.Apply({EventOf(c)});
  EXPECT_EQ(Of("lan").do_not_sell().reason(), "UNRESOLVED_DETRACTOR");
}

TEST_F(SatisfactionTest, ACaseBlocksEvenWhenTheAnswersHaveNotComeYet) {
  w_.Apply({EventOf(Opened("lan", Local(2026, 11, 20)))});
  EXPECT_EQ(Of("lan").do_not_sell().reason(), "OPEN_CASE");
  EXPECT_EQ(Of("lan").headline().en(), "Customer has not given any feedback yet – a case is open, do not sell yet");
}

TEST_F(SatisfactionTest, ImportedHistoryBlocksNothing) {
  auto r = ResponseOf("lan", "a", "NPS", 0, Local(2026, 11, 20));
  r.set_effects(hoiam::survey::v1::Effects::SCORES_ONLY);
  w_.Apply({EventOf(r)});
  EXPECT_EQ(Of("lan").metrics(0).score(), 0);
  EXPECT_FALSE(Of("lan").do_not_sell().blocked());
}

TEST_F(SatisfactionTest, TheNextEligibleTimeIsShownWhileItLiesAhead) {
  Event e;
  e.set_tenant_id(kTenant);
  auto* i = e.mutable_invitation()->mutable_invitation();
  i->set_customer_id("lan");
  i->set_invitation_id("v1");
  i->set_revision(1);
  *e.mutable_invitation()->mutable_next_eligible_time() = FromTime(w_.clock.Now() + absl::Hours(24));
  w_.Apply({e});
  EXPECT_EQ(ToTime(Of("lan").next_eligible_time()), w_.clock.Now() + absl::Hours(24));
  w_.clock.Advance(absl::Hours(24));
  EXPECT_FALSE(Of("lan").has_next_eligible_time());
}

TEST_F(SatisfactionTest, AnAnonymousAnswerIsOnNobodysSheetUntilItIsClaimed) {
  auto r = ResponseOf("", "a", "NPS", 9, Local(2026, 11, 20));
  w_.Apply({EventOf(r)});
  r.set_customer_id("lan");
  EXPECT_EQ(Of("lan").metrics_size(), 0);
  r.set_revision(2);
  *r.mutable_claim_time() = FromTime(Local(2026, 11, 21));
  w_.Apply({EventOf(r)});
  EXPECT_EQ(Of("lan").metrics(0).score(), 9);
  EXPECT_EQ(w_.db.Count("SELECT COUNT(*) FROM answer WHERE counted = 1"), 1);
}

TEST_F(SatisfactionTest, AClaimThatOvertakesItsAnonymousAnswerCountsOnce) {
  auto anonymous = ResponseOf("", "a", "NPS", 9, Local(2026, 11, 20));
  auto claimed = anonymous;
  claimed.set_customer_id("lan");
  claimed.set_revision(2);
  *claimed.mutable_claim_time() = FromTime(Local(2026, 11, 21));
  w_.Apply({EventOf(claimed)});
  w_.Apply({EventOf(anonymous)});
  EXPECT_EQ(w_.db.Count("SELECT COUNT(*) FROM answer WHERE counted = 1"), 1);
  v1::GetScoresRequest q;
  q.set_metric("NPS");
  EXPECT_EQ(w_.handlers->GetScores(World::Caller(), q)->rows(0).responses(), 1);
}

TEST_F(SatisfactionTest, BatchAnswersInTheOrderAskedForWithEmptySheetsForUnknownCustomers) {
  w_.Apply({EventOf(ResponseOf("a", "1", "NPS", 9, Local(2026, 11, 20))),
            EventOf(ResponseOf("b", "2", "NPS", 3, Local(2026, 11, 20)))});
  pb::BatchGetSatisfactionRequest q;
  for (const char* id : {"b", "nobody", "a", "b"}) q.add_customer_ids(id);
  const auto batch = w_.handlers->BatchGetSatisfaction(World::Caller(), q);
  ASSERT_THAT(batch, IsOk());
  ASSERT_EQ(batch->satisfactions_size(), 4);
  EXPECT_EQ(batch->satisfactions(0).metrics(0).score(), 3);
  EXPECT_EQ(batch->satisfactions(1).metrics_size(), 0);
  EXPECT_EQ(batch->satisfactions(2).metrics(0).score(), 9);
  EXPECT_EQ(batch->satisfactions(3).customer_id(), "b");
}

TEST_F(SatisfactionTest, BatchesOfNoneMoreThan200OrWithBadIdsAreRefused) {
  pb::BatchGetSatisfactionRequest q;
  EXPECT_THAT(w_.handlers->BatchGetSatisfaction(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "REQUIRED"));
  for (int i = 0; i < 200; ++i) q.add_customer_ids(absl::StrCat("c", i));
  EXPECT_THAT(w_.handlers->BatchGetSatisfaction(World::Caller(), q), IsOk());
  q.add_customer_ids("one more");
  EXPECT_THAT(w_.handlers->BatchGetSatisfaction(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "TOO_MANY_IDS"));
  q.clear_customer_ids();
  q.add_customer_ids("fine");
  q.add_customer_ids("");
  const auto s = w_.handlers->BatchGetSatisfaction(World::Caller(), q).status();
  const auto detail = DetailOf(s);
  ASSERT_TRUE(detail.has_value());
  ASSERT_EQ(detail->violations.size(), 1);
  EXPECT_EQ(detail->violations[0].field, "customerIds[1]");
}

TEST_F(SatisfactionTest, AnotherTenantsCustomerIsUnknown) {
  w_.Apply({EventOf(ResponseOf("lan", "a", "NPS", 9, Local(2026, 11, 20)))});
  EXPECT_EQ(Of("lan", "other").metrics_size(), 0);
}

}  // namespace
}  // namespace hoiam::scoring
