// Figures beyond one score: own metrics and their versions, CSI, comparisons, weights, targets, improvements.
#include <gmock/gmock.h>

#include <future>

#include "absl/strings/str_cat.h"
#include "platform/db/write_combiner.h"
#include "platform/rpc/write.h"
#include "scoring_service/app/setting_writes.h"
#include "tests/store/scoring_service/world.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;

class FiguresTest : public ::testing::Test {
 protected:
  // `n` answers with this score, one an hour from `from` on.
  void Answer(const std::string& metric, int score, int n, absl::Time from,
              const std::function<void(spb::Response&)>& with = {}) {
    std::vector<Event> events;
    for (int i = 0; i < n; ++i) {
      const int id = ++ids_;
      auto r = ResponseOf(absl::StrCat("c", id), absl::StrCat("r", id), metric, score, from + absl::Minutes(i));
      r.set_metric_version(1);
      if (with) with(r);
      events.push_back(EventOf(r));
    }
    ASSERT_NO_FATAL_FAILURE(w_.Apply(events));
  }
  // Segment by promoters, passives, detractors.
  void AnswerNps(int promoters, int passives, int detractors, absl::Time from, const std::string& segment = "") {
    const auto with = [&](spb::Response& r) { r.set_segment(segment); };
    Answer("NPS", 10, promoters, from, with);
    Answer("NPS", 7, passives, from, with);
    Answer("NPS", 0, detractors, from, with);
  }
  pb::ScoreRow Row(pb::GetScoresRequest q) {
    const auto scores = w_.handlers->GetScores(World::Caller(), q);
    EXPECT_THAT(scores, IsOk());
    return scores.ok() && scores->rows_size() > 0 ? scores->rows(0) : pb::ScoreRow();
  }
  static pb::GetScoresRequest Of(const std::string& metric) {
    pb::GetScoresRequest q;
    q.set_metric(metric);
    return q;
  }
  // A write, waited for.
  template <class Req, class Resp>
  absl::StatusOr<Resp> Write(void (SettingWrites::*use_case)(const rpc::CallContext&, const Req&, rpc::Reply<Resp>)
                                 const,
                             const Req& q, rpc::CallContext ctx = World::Caller()) {
    std::promise<absl::StatusOr<Resp>> done;
    (settings_.*use_case)(ctx, q, [&](absl::StatusOr<Resp> r, rpc::ReplyMeta) { done.set_value(std::move(r)); });
    return done.get_future().get();
  }
  absl::StatusOr<pb::Target> SetTarget(const std::string& id, const std::string& metric, double score,
                                       const std::string& segment = "") {
    pb::UpdateTargetRequest q;
    q.set_allow_missing(true);
    q.mutable_target()->set_target_id(id);
    q.mutable_target()->set_metric(metric);
    q.mutable_target()->set_score(score);
    if (!segment.empty()) {
      q.mutable_target()->set_dimension("segment");
      q.mutable_target()->set_value(segment);
    }
    return Write(&SettingWrites::UpdateTarget, q);
  }

  World w_;
  db::WriteCombiner combiner_{w_.db.pool(), w_.clock, {}};
  rpc::Writer writer_{combiner_, "scoring"};
  SettingWrites settings_{w_.reads, writer_};
  int ids_ = 0;
};

// --- own metrics, CSI, expectation
// -------------------------------------------------------------------------------------

Event Taste(int version, int good_from, double fair_weight) {
  Event e;
  e.set_tenant_id(kTenant);
  auto* metric = e.mutable_metric()->mutable_metric();
  metric->set_metric_id("TASTE");
  metric->set_version(version);
  metric->set_min(1);
  metric->set_max(5);
  const auto part = [&](const char* name, spb::Mood::Code mood, int low, int high, double weight) {
    auto* p = metric->add_parts();
    p->set_name(name);
    p->set_mood(mood);
    p->set_low(low);
    p->set_high(high);
    p->set_weight(weight);
  };
  part("bad", spb::Mood::UNHAPPY, 1, 2, -1);
  part("fair", spb::Mood::INDIFFERENT, 3, good_from - 1, fair_weight);
  part("good", spb::Mood::HAPPY, good_from, 5, 1);
  return e;
}

TEST_F(FiguresTest, AnOwnMetricCountsEachAnswerByTheVersionThatWasInForce) {
  w_.Apply({Taste(1, 5, 0), Taste(2, 4, 0.5)});
  Answer("TASTE", 4, 2, Local(2026, 9, 1));
  Answer("TASTE", 4, 1, Local(2026, 9, 2), [](spb::Response& r) { r.set_metric_version(2); });
  Answer("TASTE", 3, 1, Local(2026, 9, 2), [](spb::Response& r) { r.set_metric_version(2); });
  pb::GetScoresRequest q = Of("TASTE");
  const pb::ScoreRow row = Row(q);
  EXPECT_EQ(row.responses(), 4);
  EXPECT_EQ(row.score(), 37.5);  // 0 + 0 + 1 + ½
  EXPECT_EQ(row.formula(), pb::Formula::OWN);
  EXPECT_THAT(row.formula_versions(), ElementsAre(1, 2));
  ASSERT_EQ(row.shares_size(), 3);
  EXPECT_EQ(row.shares(1).name(), "fair");
  EXPECT_EQ(row.shares(1).count(), 3);
  q.set_formula_version(2);
  EXPECT_EQ(Row(q).score(), 87.5) << "the same answers by the new formula";
  EXPECT_THAT(Row(q).formula_versions(), ElementsAre(2));
  q.set_formula_version(0);
  q.set_formula(pb::Formula::MEAN);
  EXPECT_EQ(Row(q).score(), 3.75);
  EXPECT_EQ(Row(q).formula(), pb::Formula::MEAN);
  q.set_formula_version(3);
  EXPECT_THAT(w_.handlers->GetScores(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "UNKNOWN_FORMULA_VERSION"));
}

TEST_F(FiguresTest, CesHasItsThreeVariantsByName) {
  const int by_score[] = {8, 21, 14, 11, 16, 18, 12};  // F8, a tenth
  for (int s = 1; s <= 7; ++s) Answer("CES", s, by_score[s - 1], Local(2026, 9, 1));
  pb::GetScoresRequest q = Of("CES");
  EXPECT_EQ(Row(q).score(), 46);
  q.set_formula(pb::Formula::INDEX);
  EXPECT_EQ(Row(q).score(), -13);
  EXPECT_EQ(Row(q).interval().method(), pb::IntervalMethod::ADJUSTED_WALD);
  q.set_formula(pb::Formula::MEAN);
  EXPECT_EQ(Row(q).score(), 4.08);
  EXPECT_EQ(Row(q).interval().method(), pb::IntervalMethod::NORMAL);
}

hoiam::event::v1::ResponseChanged CsiAnswer(int id, std::vector<std::pair<std::string, int>> ratings, bool important) {
  hoiam::event::v1::ResponseChanged changed;
  spb::Response& r = *changed.mutable_response();
  r = ResponseOf(absl::StrCat("c", id), absl::StrCat("csi", id), "CSI", 0, Local(2026, 9, 1) + absl::Minutes(id));
  r.clear_score();
  r.set_metric_version(1);
  for (const auto& [question, score] : ratings) {
    auto* a = r.add_answers();
    a->set_question_id(question);
    a->set_number(score);
    if (important) a->set_importance(question == "speed" ? 9 : 3);
    auto* q = changed.add_questions();
    q->set_question_id(question);
    q->set_type(spb::QuestionType::CSI);
    q->set_object(question == "price" ? spb::CsiObject::PRODUCT : spb::CsiObject::SERVICE);
  }
  return changed;
}

TEST_F(FiguresTest, ACsiIsWeightedByWhatMattersToPeopleAlsoWhereItIsCountedAnswerByAnswer) {
  std::vector<Event> events;
  for (int i = 0; i < 40; ++i) events.push_back(EventOf(CsiAnswer(i, {{"speed", 8}, {"price", 4}}, true)));
  w_.Apply(events);
  pb::GetScoresRequest q = Of("CSI");
  pb::ScoreRow row = Row(q);
  EXPECT_EQ(row.responses(), 40);
  EXPECT_EQ(row.score(), 70);  // 10·(9·8 + 3·4)/12
  EXPECT_EQ(row.weights(), pb::Weights::RATED);
  EXPECT_TRUE(row.enough_data());
  ASSERT_EQ(row.objects_size(), 2);
  EXPECT_EQ(row.objects(0).object(), spb::CsiObject::PRODUCT);
  EXPECT_EQ(row.objects(0).score(), 40);
  EXPECT_EQ(row.objects(1).score(), 80);
  EXPECT_EQ(row.objects(1).responses(), 40);
  q.set_formula(pb::Formula::RESCALED);
  EXPECT_EQ(Row(q).score(), 66.667);
  q.set_formula(pb::Formula::WEIGHTED);
  q.set_answers(pb::AnswerSelection::LAST_PER_PERSON);  // not kept
  EXPECT_EQ(Row(q).score(), 70);
  EXPECT_EQ(Row(q).attributes_size(), 2);
}

TEST_F(FiguresTest, WithoutImportanceTheWeightsOfACsiAreDerived) {
  std::vector<Event> events;
  for (int i = 0; i < 20; ++i) {
    const int mood = 2 + i % 8;
    events.push_back(EventOf(CsiAnswer(i, {{"speed", mood}, {"care", mood + 1}, {"price", i % 2 ? 2 : 9}}, false)));
  }
  w_.Apply(events);
  const pb::ScoreRow row = Row(Of("CSI"));
  EXPECT_EQ(row.weights(), pb::Weights::DERIVED);
  ASSERT_EQ(row.attributes_size(), 3);
  double sum = 0;
  for (const auto& a : row.attributes()) sum += a.weight();
  EXPECT_NEAR(sum, 1, 0.002);
  EXPECT_EQ(row.attributes(0).question_id(), "price");
  EXPECT_LT(row.attributes(0).weight(), row.attributes(1).weight());
}

// --- comparing
// ---------------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, TwoPeriodsAreComparedByTheChangeTest) {
  AnswerNps(50, 30, 20, Local(2026, 9, 10));
  AnswerNps(44, 32, 24, Local(2026, 8, 25));
  pb::CompareScoresRequest q;
  q.set_metric("NPS");
  *q.mutable_start_time() = FromTime(Local(2026, 9, 1, 0));
  *q.mutable_end_time() = FromTime(Local(2026, 10, 1, 0));
  const auto c = w_.handlers->CompareScores(World::Caller(), q);
  ASSERT_THAT(c, IsOk());
  EXPECT_EQ(c->current().score(), 30);
  EXPECT_EQ(c->base().score(), 20);
  EXPECT_EQ(c->difference(), 10);
  EXPECT_LT(c->interval().low(), 0);
  EXPECT_FALSE(c->significant());
  EXPECT_TRUE(c->enough_data());
  EXPECT_EQ(ToTime(c->base().start_time()), Local(2026, 8, 2, 0)) << "30 days, as September has";
}

TEST_F(FiguresTest, TwoGroupsAreComparedAndAnswersOfSeveralScopesAreNot) {
  AnswerNps(40, 0, 0, Local(2026, 9, 10), "VIP");
  AnswerNps(0, 0, 40, Local(2026, 9, 10), "new");
  pb::CompareScoresRequest q;
  q.set_metric("NPS");
  q.set_filter("segment = VIP");
  q.set_base_filter("segment = new");
  const auto c = w_.handlers->CompareScores(World::Caller(), q);
  ASSERT_THAT(c, IsOk());
  EXPECT_EQ(c->difference(), 200);
  EXPECT_TRUE(c->significant());
  Answer("NPS", 9, 1, Local(2026, 9, 10), [](spb::Response& r) {
    r.set_segment("VIP");
    r.set_scope(spb::Scope::JOURNEY);
  });
  EXPECT_THAT(w_.handlers->CompareScores(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "SCOPE_NEEDED"));
  q.set_scope(spb::Scope::JOURNEY);
  const auto journey = w_.handlers->CompareScores(World::Caller(), q);
  ASSERT_THAT(journey, IsOk());
  EXPECT_EQ(journey->current().responses(), 1);
  EXPECT_FALSE(journey->has_difference()) << "nobody of the base spoke of the journey";
}

// --- weights
// -----------------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, AScoreIsWeightedByThePopulationAndByMoney) {
  AnswerNps(60, 30, 10, Local(2026, 9, 10), "VIP");  // NPS 50
  AnswerNps(10, 20, 20, Local(2026, 9, 10), "new");  // NPS −20
  pb::GetWeightedScoresRequest q;
  q.set_metric("NPS");
  for (const auto& [value, people] : {std::pair{"VIP", 1000}, {"new", 3000}, {"old", 500}}) {
    auto* s = q.add_strata();
    s->set_value(value);
    s->set_population(people);
  }
  auto weighted = w_.handlers->GetWeightedScores(World::Caller(), q);
  ASSERT_THAT(weighted, IsOk());
  EXPECT_EQ(weighted->unweighted().score(), 26.667);
  EXPECT_EQ(weighted->score(), -2.5);
  EXPECT_EQ(weighted->interval().method(), pb::IntervalMethod::POST_STRATIFIED);
  EXPECT_THAT(weighted->silent_strata(), ElementsAre("old"));
  EXPECT_FALSE(weighted->enough_data());
  ASSERT_EQ(weighted->strata_size(), 3);
  EXPECT_EQ(weighted->strata(0).value(), "VIP");
  EXPECT_EQ(weighted->strata(0).weight(), 0.25);
  EXPECT_EQ(weighted->strata(0).row().score(), 50);
  EXPECT_EQ(weighted->by_revenue_size(), 0) << "nobody spent anything";

  w_.Apply({EventOf(InteractionOf("c1", "i1", Local(2026, 9, 1), "300")),    // a promoter
            EventOf(InteractionOf("c150", "i2", Local(2026, 9, 1), "100")),  // a detractor
            EventOf(InteractionOf("c1", "i3", Local(2026, 9, 1), "5", "USD"))});
  weighted = w_.handlers->GetWeightedScores(World::Caller(), q);
  ASSERT_EQ(weighted->by_revenue_size(), 2);
  EXPECT_EQ(weighted->by_revenue(0).currency(), "USD");
  EXPECT_EQ(weighted->by_revenue(0).score(), 100);
  EXPECT_EQ(weighted->by_revenue(1).currency(), "VND");
  EXPECT_EQ(weighted->by_revenue(1).responses(), 2);
  EXPECT_EQ(weighted->by_revenue(1).score(), 50);
  EXPECT_EQ(weighted->by_revenue(1).effective_responses(), 1.6);
}

TEST_F(FiguresTest, WithoutStrataThePopulationIsTheCustomerBase) {
  AnswerNps(30, 0, 0, Local(2026, 9, 10), "VIP");
  AnswerNps(0, 0, 30, Local(2026, 9, 10), "new");
  std::vector<Event> customers;
  for (int i = 0; i < 8; ++i) {
    hoiam::event::v1::CustomerChanged c;
    c.set_customer_id(absl::StrCat("p", i));
    c.set_revision(1);
    c.set_segment(i < 6 ? "VIP" : "new");
    if (i == 7) c.set_kind(spb::RespondentKind::EMPLOYEE);
    customers.push_back(EventOf(c));
  }
  w_.Apply(customers);
  pb::GetWeightedScoresRequest q;
  q.set_metric("NPS");
  const auto weighted = w_.handlers->GetWeightedScores(World::Caller(), q);
  ASSERT_THAT(weighted, IsOk());
  ASSERT_EQ(weighted->strata_size(), 2);
  EXPECT_EQ(weighted->strata(0).population(), 6);
  EXPECT_EQ(weighted->strata(1).population(), 1);
  EXPECT_EQ(weighted->score(), 71.429);  // (6 − 1)/7
}

TEST_F(FiguresTest, ASampleSizeHasTheVectorsOfTheRequirements) {
  pb::GetSampleSizeRequest q;
  q.set_margin_of_error(10);
  q.set_population(2000);
  q.set_response_rate_percent(25);
  auto size = w_.handlers->GetSampleSize(World::Caller(), q);
  ASSERT_THAT(size, IsOk());
  EXPECT_EQ(size->responses(), 323);
  EXPECT_EQ(size->invitations(), 1292);
  EXPECT_NEAR(size->unlimited(), 384.1, 0.05);
  EXPECT_NEAR(size->limited(), 322.4, 0.05);
  q.set_metric("CSI");
  EXPECT_THAT(w_.handlers->GetSampleSize(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "NO_SUM_OF_SHARES"));
}

// --- targets
// -----------------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, ATargetIsShownInItsCut) {
  ASSERT_THAT(SetTarget("all", "NPS", 50), IsOk());
  ASSERT_THAT(SetTarget("vip", "NPS", 70, "VIP"), IsOk());
  AnswerNps(1, 0, 0, Local(2026, 9, 10), "VIP");
  AnswerNps(1, 0, 0, Local(2026, 9, 10), "new");
  EXPECT_EQ(Row(Of("NPS")).target(), 50);
  pb::GetScoresRequest q = Of("NPS");
  q.add_group_by("segment");
  const auto rows = w_.handlers->GetScores(World::Caller(), q);
  ASSERT_EQ(rows->rows_size(), 2);
  EXPECT_EQ(rows->rows(0).target(), 70);
  EXPECT_FALSE(rows->rows(1).has_target());
  EXPECT_FALSE(Row(Of("CSAT")).has_target());
}

TEST_F(FiguresTest, ATargetIsSetChangedAndTakenAway) {
  pb::UpdateTargetRequest q;
  q.mutable_target()->set_target_id("t");
  q.mutable_target()->set_metric("NPS");
  q.mutable_target()->set_score(50);
  EXPECT_THAT(Write(&SettingWrites::UpdateTarget, q), StatusIs(absl::StatusCode::kNotFound, "TARGET_NOT_FOUND"));
  q.set_allow_missing(true);
  EXPECT_EQ(Write(&SettingWrites::UpdateTarget, q)->revision(), 1);
  EXPECT_EQ(Write(&SettingWrites::UpdateTarget, q)->revision(), 1) << "nothing was changed";
  q.mutable_target()->clear_metric();
  q.mutable_target()->set_score(60);
  const auto changed = Write(&SettingWrites::UpdateTarget, q);
  EXPECT_EQ(changed->revision(), 2);
  EXPECT_EQ(changed->metric(), "NPS");
  q.mutable_update_mask()->add_paths("revision");
  EXPECT_THAT(Write(&SettingWrites::UpdateTarget, q), StatusIs(absl::StatusCode::kInvalidArgument, "NOT_SETTABLE"));
  EXPECT_THAT(SetTarget("u", "NPS", 10), StatusIs(absl::StatusCode::kAlreadyExists, "TARGET_TAKEN"));
  EXPECT_THAT(SetTarget("u", "NPS", 101, "VIP"), StatusIs(absl::StatusCode::kInvalidArgument, "OUT_OF_RANGE"));
  EXPECT_EQ(w_.handlers->ListTargets(World::Caller(), {})->targets_size(), 1);
  EXPECT_EQ(w_.handlers->ListTargets(World::Caller("other"), {})->targets_size(), 0);
  pb::DeleteTargetRequest gone;
  gone.set_target_id("t");
  EXPECT_THAT(Write(&SettingWrites::DeleteTarget, gone), IsOk());
  EXPECT_THAT(Write(&SettingWrites::DeleteTarget, gone), StatusIs(absl::StatusCode::kNotFound, "TARGET_NOT_FOUND"));
  EXPECT_EQ(w_.handlers->ListTargets(World::Caller(), {})->targets_size(), 0);
}

TEST_F(FiguresTest, TheSameKeySetsATargetOnce) {
  pb::UpdateTargetRequest q;
  q.set_allow_missing(true);
  q.mutable_target()->set_target_id("t");
  q.mutable_target()->set_metric("NPS");
  q.mutable_target()->set_score(50);
  rpc::CallContext keyed = World::Caller();
  keyed.method = "/hoiam.scoring.v1.ScoringService/UpdateTarget";
  keyed.principal = "key1";
  keyed.idempotency_key = "k";
  EXPECT_EQ(Write(&SettingWrites::UpdateTarget, q, keyed)->score(), 50);
  ASSERT_THAT(SetTarget("t", "NPS", 60), IsOk());
  EXPECT_EQ(Write(&SettingWrites::UpdateTarget, q, keyed)->score(), 50) << "the reply it got";
  EXPECT_EQ(w_.handlers->ListTargets(World::Caller(), {})->targets(0).score(), 60) << "and no second effect";
  q.mutable_target()->set_score(70);
  EXPECT_THAT(Write(&SettingWrites::UpdateTarget, q, keyed),
              StatusIs(absl::StatusCode::kFailedPrecondition, "IDEMPOTENCY_KEY_REUSED"));
}

// --- improvements
// ------------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, ImprovementsAreListedNewestFirstPageByPage) {
  for (int i = 1; i <= 5; ++i) {
    pb::UpdateImprovementRequest q;
    q.set_allow_missing(true);
    q.mutable_improvement()->set_improvement_id(absl::StrCat("i", i));
    q.mutable_improvement()->mutable_display_name()->set_vi("Giao nhanh hơn");
    q.mutable_improvement()->set_metric("NPS");
    *q.mutable_improvement()->mutable_start_time() = FromTime(Local(2026, 9, i == 4 ? 3 : i));
    ASSERT_THAT(Write(&SettingWrites::UpdateImprovement, q), IsOk());
  }
  pb::ListImprovementsRequest q;
  q.set_page_size(2);
  std::vector<std::string> ids;
  do {
    const auto page = w_.handlers->ListImprovements(World::Caller(), q);
    ASSERT_THAT(page, IsOk());
    for (const auto& i : page->improvements()) ids.push_back(i.improvement_id());
    q.set_page_token(page->next_page_token());
  } while (!q.page_token().empty());
  EXPECT_THAT(ids, ElementsAre("i5", "i4", "i3", "i2", "i1"));
  q.set_page_token("x");
  EXPECT_THAT(w_.handlers->ListImprovements(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
}

TEST_F(FiguresTest, AnImprovementIsProvedByBeforeAgainstAfter) {
  pb::UpdateImprovementRequest made;
  made.set_allow_missing(true);
  made.mutable_improvement()->set_improvement_id("fast");
  made.mutable_improvement()->mutable_display_name()->set_en("Faster delivery");
  made.mutable_improvement()->set_metric("NPS");
  made.mutable_improvement()->set_filter("segment = VIP");
  *made.mutable_improvement()->mutable_start_time() = FromTime(Local(2026, 10, 1, 0));
  ASSERT_THAT(Write(&SettingWrites::UpdateImprovement, made), IsOk());
  AnswerNps(10, 0, 30, Local(2026, 9, 20), "VIP");
  AnswerNps(5, 0, 0, Local(2026, 10, 5), "VIP");
  pb::GetImprovementEffectRequest q;
  q.set_improvement_id("fast");
  const auto early = w_.handlers->GetImprovementEffect(World::Caller(), q);
  ASSERT_THAT(early, IsOk());
  EXPECT_EQ(early->verdict(), pb::ImprovementVerdict::NOT_ENOUGH_DATA);
  AnswerNps(30, 0, 5, Local(2026, 10, 6), "VIP");
  AnswerNps(0, 0, 100, Local(2026, 10, 6), "new");
  const auto effect = w_.handlers->GetImprovementEffect(World::Caller(), q);
  ASSERT_THAT(effect, IsOk());
  EXPECT_EQ(effect->comparison().base().responses(), 40);
  EXPECT_EQ(effect->comparison().current().responses(), 40);
  EXPECT_EQ(effect->verdict(), pb::ImprovementVerdict::BETTER);
  EXPECT_EQ(effect->improvement().improvement_id(), "fast");
  q.set_days(400);
  EXPECT_THAT(w_.handlers->GetImprovementEffect(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "OUT_OF_RANGE"));
  q.set_days(0);
  q.set_improvement_id("other");
  EXPECT_THAT(w_.handlers->GetImprovementEffect(World::Caller(), q),
              StatusIs(absl::StatusCode::kNotFound, "IMPROVEMENT_NOT_FOUND"));
}

}  // namespace
}  // namespace hoiam::scoring
