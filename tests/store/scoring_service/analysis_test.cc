// What answers mean together, over rows of a real server: moves, drivers, heat map, journey, overview, work list.
#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "scoring_service/store/item_reads.h"
#include "scoring_service/store/migration_reads.h"
#include "scoring_service/store/overview_reads.h"
#include "scoring_service/store/passive_reads.h"
#include "tests/store/scoring_service/world.h"
#include "tests/support/explaining_session.h"

namespace hoiam::scoring {
namespace {

using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AnalysisTest : public ::testing::Test {
 protected:
  static spb::Response At(const std::string& touchpoint, const std::string& customer, const std::string& id,
                          const std::string& metric, int score, absl::Time when) {
    auto r = ResponseOf(customer, id, metric, score, when);
    r.set_touchpoint(touchpoint);
    return r;
  }
  // `n` answers of as many people.
  void Answer(const std::string& prefix, int n, const spb::Response& like) {
    std::vector<Event> events;
    for (int i = 0; i < n; ++i) {
      auto r = like;
      r.set_customer_id(absl::StrCat(prefix, i));
      r.set_response_id(absl::StrCat(prefix, i, "-", like.response_id()));
      events.push_back(EventOf(r));
    }
    w_.Apply(events);
  }
  // One that chose a reason.
  static Event Because(spb::Response r, const std::string& reason) {
    auto* answer = r.add_answers();
    answer->set_question_id("why");
    answer->add_choices(reason);
    hoiam::event::v1::ResponseChanged changed;
    *changed.mutable_response() = r;
    changed.set_band(EventOf(r).response().band());
    auto* question = changed.add_questions();
    question->set_question_id("why");
    question->set_type(spb::QuestionType::SINGLE_CHOICE);
    return EventOf(changed);
  }
  World w_;
};

// --- moves

const v1::Move* Find(const v1::GetMigrationResponse& m, const std::string& from, const std::string& to) {
  for (const v1::Move& move : m.moves())
    if (move.from() == from && move.to() == to) return &move;
  return nullptr;
}

TEST_F(AnalysisTest, MovesAreFromTheLastAnswerBeforeThePeriodToTheLastOneInIt) {
  w_.Apply({EventOf(InteractionOf("lan", "i", Local(2026, 6, 1), "1000")),
            EventOf(ResponseOf("lan", "a", "NPS", 10, Local(2026, 1, 1))),
            EventOf(ResponseOf("lan", "b", "NPS", 2, Local(2026, 2, 1))),
            EventOf(ResponseOf("lan", "c", "NPS", 5, Local(2026, 7, 1))),
            EventOf(ResponseOf("lan", "d", "NPS", 9, Local(2026, 8, 1))),
            EventOf(ResponseOf("lan", "e", "NPS", 0, Local(2026, 12, 1))),
            EventOf(ResponseOf("minh", "f", "NPS", 7, Local(2026, 3, 1))),
            EventOf(ResponseOf("minh", "g", "NPS", 8, Local(2026, 7, 2))),
            EventOf(ResponseOf("hoa", "h", "NPS", 8, Local(2026, 7, 3))),
            EventOf(ResponseOf("", "i", "NPS", 8, Local(2026, 7, 3))),
            EventOf(ResponseOf("minh", "j", "CSAT", 1, Local(2026, 7, 4)))});
  v1::GetMigrationRequest q;
  q.set_metric("NPS");
  *q.mutable_start_time() = FromTime(Local(2026, 6, 1));
  *q.mutable_end_time() = FromTime(Local(2026, 9, 1));
  auto m = w_.handlers->GetMigration(World::Caller(), q);
  ASSERT_THAT(m, IsOk());
  EXPECT_EQ(m->people(), 2);
  ASSERT_EQ(m->moves_size(), 12);
  const v1::Move* recovered = Find(*m, "detractors", "promoters");
  EXPECT_EQ(recovered->people(), 1);
  ASSERT_EQ(recovered->revenue_size(), 1);
  EXPECT_EQ(recovered->revenue(0).amount(), "1000");
  EXPECT_EQ(Find(*m, "passives", "passives")->people(), 1);
  EXPECT_EQ(Find(*m, "", "passives")->people(), 1) << "hoa had not answered before";
  EXPECT_EQ(m->ladder(7).one_up(), 1);
  EXPECT_EQ(m->recovery_percent(), 100);
  EXPECT_GT(m->recovery_interval().low(), 0);

  *q.mutable_base_start_time() = FromTime(Local(2026, 2, 15));
  m = w_.handlers->GetMigration(World::Caller(), q);
  EXPECT_EQ(m->people(), 1) << "lan's answers are older than the base";

  q.clear_start_time();
  q.clear_base_start_time();
  m = w_.handlers->GetMigration(World::Caller(), q);
  EXPECT_EQ(Find(*m, "promoters", "promoters")->people(), 1) << "from lan's first answer to the last before the end";
  EXPECT_EQ(Find(*m, "", "passives")->people(), 1) << "an answer is not held against itself";
}

TEST_F(AnalysisTest, AFilterIsOfTheLaterAnswer) {
  auto before = ResponseOf("lan", "a", "NPS", 3, Local(2026, 1, 1)),
       after = ResponseOf("lan", "b", "NPS", 9, Local(2026, 7, 1));
  after.set_segment("vip");
  w_.Apply({EventOf(before), EventOf(after), EventOf(ResponseOf("minh", "c", "NPS", 9, Local(2026, 7, 1)))});
  v1::GetMigrationRequest q;
  q.set_metric("NPS");
  q.set_filter("segment = \"vip\"");
  *q.mutable_start_time() = FromTime(Local(2026, 6, 1));
  const auto m = w_.handlers->GetMigration(World::Caller(), q);
  ASSERT_THAT(m, IsOk());
  EXPECT_EQ(Find(*m, "detractors", "promoters")->people(), 1);
  EXPECT_EQ(Find(*m, "", "promoters")->people(), 0);
}

TEST_F(AnalysisTest, AnswersAboutSeveralThingsAreNotPutTogetherUnlessOneIsNamed) {
  auto about = At("store", "lan", "a", "CSAT", 5, Local(2026, 7, 1));
  auto other = At("store", "minh", "b", "CSAT", 1, Local(2026, 7, 1));
  about.set_scope(spb::Scope::TOUCHPOINT);
  other.set_scope(spb::Scope::JOURNEY);
  w_.Apply({EventOf(about), EventOf(other)});
  const auto needed = StatusIs(absl::StatusCode::kInvalidArgument, "SCOPE_NEEDED");
  v1::GetMigrationRequest migration;
  migration.set_metric("CSAT");
  EXPECT_THAT(w_.handlers->GetMigration(World::Caller(), migration), needed);
  v1::GetDriversRequest drivers;
  drivers.set_metric("CSAT");
  EXPECT_THAT(w_.handlers->GetDrivers(World::Caller(), drivers), needed);
  drivers.set_by("touchpoint");
  EXPECT_THAT(w_.handlers->GetDrivers(World::Caller(), drivers), needed);
  v1::GetJourneyRequest journey;
  EXPECT_THAT(w_.handlers->GetJourney(World::Caller(), journey), needed);
  v1::GetHeatMapRequest heat_map;
  *heat_map.mutable_start_time() = FromTime(Local(2026, 6, 1));
  EXPECT_THAT(w_.handlers->GetHeatMap(World::Caller(), heat_map), needed);
  journey.set_scope(spb::Scope::JOURNEY);
  const auto named = w_.handlers->GetJourney(World::Caller(), journey);
  ASSERT_THAT(named, IsOk());
  EXPECT_EQ(named->stages(3).row().responses(), 1);
  EXPECT_EQ(named->stages(3).row().scope(), spb::Scope::JOURNEY);
}

TEST_F(AnalysisTest, MetricsWithoutAScorePerAnswerDoNotMove) {
  for (const char* metric : {"CSI", "EXPECTATION", "IDEAL_GAP"}) {
    v1::GetMigrationRequest q;
    q.set_metric(metric);
    EXPECT_THAT(w_.handlers->GetMigration(World::Caller(), q),
                StatusIs(absl::StatusCode::kInvalidArgument, "NO_SCORE_PER_ANSWER"))
        << metric;
  }
  v1::GetMigrationRequest q;
  EXPECT_THAT(w_.handlers->GetMigration(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
  q.set_metric("NOBODYS");
  EXPECT_THAT(w_.handlers->GetMigration(World::Caller(), q),
              StatusIs(absl::StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
}

// --- drivers

TEST_F(AnalysisTest, ReasonsAreRankedWithTheirImpactAndTheQueryThatListsTheirAnswers) {
  std::vector<Event> events;
  for (int i = 0; i < 20; ++i) {
    auto r = ResponseOf(absl::StrCat("c", i), absl::StrCat("r", i), "NPS", i < 8 ? 2 : 10, Local(2026, 7, 1 + i));
    events.push_back(Because(r, i < 6 ? "late" : i < 10 ? "price" : "staff"));
  }
  w_.Apply(events);
  v1::GetDriversRequest q;
  const auto d = w_.handlers->GetDrivers(World::Caller(), q);
  ASSERT_THAT(d, IsOk());
  EXPECT_EQ(d->total().responses(), 20);
  EXPECT_EQ(d->total().score(), 20);
  ASSERT_EQ(d->drivers_size(), 3);
  const v1::Driver& late = d->drivers(0);
  EXPECT_EQ(late.driver(), "why/late");
  EXPECT_EQ(late.unhappy(), 6);
  EXPECT_EQ(late.percent(), 75);
  EXPECT_TRUE(late.vital());
  EXPECT_EQ(late.row().score(), -100);
  EXPECT_EQ(late.impact(), -51.429);  // 20 − 100·(12 − 2)/14
  EXPECT_THAT(late.row().verbatims().filter(), HasSubstr("metric = NPS"));
  EXPECT_THAT(late.row().verbatims().filter(), HasSubstr("answers.why = \"late\""));
  EXPECT_THAT(late.row().verbatims().path(), ::testing::StartsWith("/v1/responses?filter="));
  EXPECT_TRUE(d->drivers(1).vital()) << "75 % are not 80 %";
  EXPECT_EQ(d->drivers(1).cumulative_percent(), 100);
  EXPECT_EQ(d->drivers(2).unhappy(), 0);
  EXPECT_FALSE(d->drivers(2).vital());

  // A period that is no whole days is counted from the answers: the same figures.
  *q.mutable_start_time() = FromTime(Local(2026, 6, 1, 9));
  const auto counted = w_.handlers->GetDrivers(World::Caller(), q);
  ASSERT_THAT(counted, IsOk());
  ASSERT_EQ(counted->drivers_size(), 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(counted->drivers(i).driver(), d->drivers(i).driver());
    EXPECT_EQ(counted->drivers(i).impact(), d->drivers(i).impact());
    EXPECT_EQ(counted->drivers(i).row().responses(), d->drivers(i).row().responses());
  }
}

TEST_F(AnalysisTest, ValuesOfADimensionAreDriversAndSmallTeamsAreWithheld) {
  auto of = [](const std::string& team, int score) {
    auto r = ResponseOf("", "x", "NPS", score, Local(2026, 7, 1));
    r.set_owner_team(team);
    return r;
  };
  Answer("a", 12, of("north", 3));
  Answer("b", 12, of("south", 10));
  Answer("c", 4, of("vinh", 0));
  v1::GetDriversRequest q;
  q.set_by("team");
  const auto d = w_.handlers->GetDrivers(World::Caller(), q);
  ASSERT_THAT(d, IsOk());
  ASSERT_EQ(d->drivers_size(), 3);
  EXPECT_EQ(d->drivers(0).driver(), "north");
  EXPECT_EQ(d->drivers(0).row().group().at("team"), "north");
  const v1::Driver& vinh = d->drivers(2);
  EXPECT_EQ(vinh.driver(), "vinh");
  EXPECT_EQ(vinh.row().withheld(), v1::Withheld::SMALL_GROUP);
  EXPECT_FALSE(vinh.row().has_score());
  EXPECT_FALSE(vinh.has_impact());
  EXPECT_EQ(vinh.unhappy(), 0);
  EXPECT_TRUE(vinh.row().verbatims().path().empty());
}

TEST_F(AnalysisTest, BadQuestionsAboutDriversAreNamedAllAtOnce) {
  v1::GetDriversRequest q;
  q.set_by("agent");
  q.set_pareto(v1::ParetoBy::REVENUE);
  q.set_filter("segment = \"a\" AND team = \"b\"");
  const auto detail = DetailOf(w_.handlers->GetDrivers(World::Caller(), q).status());
  ASSERT_TRUE(detail.has_value());
  std::vector<std::string> reasons;
  for (const Violation& v : detail->violations) reasons.push_back(v.reason);
  EXPECT_THAT(reasons, ElementsAre("TOO_MANY_FILTERS", "PERSONS_NOT_RANKED", "REQUIRED"));
}

// --- heat map and journey

TEST_F(AnalysisTest, AHeatMapHasALinePerTouchpointAndACellPerWeek) {
  Answer("a", 3, At("delivery", "", "1", "CSAT", 1, Local(2026, 11, 3)));
  Answer("b", 1, At("delivery", "", "2", "CSAT", 5, Local(2026, 11, 10)));
  Answer("c", 2, At("store", "", "3", "CSAT", 5, Local(2026, 11, 10)));
  Answer("d", 2, At("", "", "4", "CSAT", 5, Local(2026, 11, 10)));
  Answer("e", 2, At("old", "", "5", "CSAT", 5, Local(2026, 3, 10)));
  const auto h = w_.handlers->GetHeatMap(World::Caller(), {});
  ASSERT_THAT(h, IsOk());
  ASSERT_EQ(h->weeks_size(), 12);
  EXPECT_EQ(ToTime(h->weeks(11)), Local(2026, 11, 16, 0)) << "the Monday before the clock's Saturday";
  ASSERT_EQ(h->lines_size(), 2);
  const auto& delivery = h->lines(0);
  EXPECT_EQ(delivery.touchpoint(), "delivery");
  ASSERT_EQ(delivery.cells_size(), 12);
  EXPECT_EQ(delivery.cells(9).score(), 0);
  EXPECT_EQ(delivery.cells(10).score(), 100);
  EXPECT_FALSE(delivery.cells(11).has_score());
  EXPECT_EQ(delivery.total().score(), 25);
  EXPECT_EQ(delivery.total().responses(), 4);
  EXPECT_EQ(h->lines(1).touchpoint(), "store");
}

TEST_F(AnalysisTest, AJourneyNamesItsWeakLinkAndIsNeverAMeanOfStages) {
  const auto at = [](const char* touchpoint, spb::Stage::Code stage, int score) {
    auto r = At(touchpoint, "", absl::StrCat(touchpoint, score), "CSAT", score, Local(2026, 7, 1));
    r.set_stage(stage);
    return r;
  };
  Answer("a", 90, at("store", spb::Stage::DURING, 5));
  Answer("b", 10, at("store", spb::Stage::DURING, 1));
  Answer("c", 20, at("delivery", spb::Stage::AFTER, 5));
  Answer("d", 20, at("delivery", spb::Stage::AFTER, 1));
  Answer("e", 5, at("hotline", spb::Stage::AFTER, 1));
  Answer("f", 2, at("kiosk", spb::Stage::UNSPECIFIED, 5));
  const auto j = w_.handlers->GetJourney(World::Caller(), {});
  ASSERT_THAT(j, IsOk());
  ASSERT_EQ(j->stages_size(), 4);
  EXPECT_EQ(j->stages(0).stage(), spb::Stage::BEFORE);
  EXPECT_FALSE(j->stages(0).row().has_score()) << "nobody answered";
  EXPECT_EQ(j->stages(1).row().score(), 90);
  const auto& after = j->stages(2);
  EXPECT_EQ(after.row().responses(), 45);
  EXPECT_EQ(after.row().score(), 44.444) << "all answers, not the mean of 50 and 0";
  ASSERT_EQ(after.links_size(), 2);
  EXPECT_EQ(after.links(0).touchpoint(), "hotline");
  EXPECT_FALSE(after.links(0).weak()) << "five answers say too little";
  EXPECT_EQ(after.links(1).touchpoint(), "delivery");
  EXPECT_TRUE(after.links(1).weak());
  EXPECT_FALSE(after.links(1).has_expectation());
  EXPECT_EQ(j->weakest_link(), "delivery");
  EXPECT_EQ(j->stages(3).links(0).touchpoint(), "kiosk");
  EXPECT_FALSE(j->has_expectation());
}

TEST_F(AnalysisTest, WhatWasExpectedIsToldPerTouchpointStageAndJourney) {
  std::vector<Event> events;
  for (int i = 0; i < 4; ++i) {
    auto r = At(i < 3 ? "delivery" : "", absl::StrCat("c", i), absl::StrCat("r", i), "CSAT", 4, Local(2026, 7, 1));
    if (i < 3) r.set_stage(spb::Stage::AFTER);
    auto* answer = r.add_answers();
    answer->set_question_id("hope");
    answer->add_choices(i == 0 ? "below" : i == 1 ? "as_expected" : "above");
    hoiam::event::v1::ResponseChanged changed;
    *changed.mutable_response() = r;
    auto* question = changed.add_questions();
    question->set_question_id("hope");
    question->set_type(spb::QuestionType::EXPECTATION);
    events.push_back(EventOf(changed));
  }
  w_.Apply(events);
  const auto j = w_.handlers->GetJourney(World::Caller(), {});
  ASSERT_THAT(j, IsOk());
  const auto& after = j->stages(2);
  EXPECT_EQ(after.links(0).expectation().responses(), 3);
  ASSERT_EQ(after.expectation().shares_size(), 3);
  EXPECT_EQ(after.expectation().shares(0).count(), 1) << "below";
  EXPECT_EQ(after.expectation().responses(), 3);
  EXPECT_EQ(j->expectation().responses(), 4) << "the whole journey has the answer about no touchpoint too";
}

// --- overview

TEST_F(AnalysisTest, AnOverviewPutsMetricsSideBySideWithWhatLeadsThemFirst) {
  auto unhappy = [](const char* customer, const char* id, const char* touchpoint) {
    return EventOf(At(touchpoint, customer, id, "CSAT", 1, Local(2026, 11, 1)));
  };
  w_.Apply({unhappy("lan", "a", "delivery"), unhappy("lan", "b", "delivery"), unhappy("minh", "c", "delivery"),
            unhappy("minh", "d", "store"), EventOf(ResponseOf("hoa", "e", "NPS", 9, Local(2026, 11, 1))),
            EventOf(InteractionOf("lan", "i1", Local(2026, 10, 1))),
            EventOf(InteractionOf("lan", "i2", Local(2026, 11, 1))),
            EventOf(InteractionOf("minh", "i3", Local(2026, 11, 2))),
            EventOf(InteractionOf("hoa", "i4", Local(2024, 11, 2)))});
  hoiam::event::v1::CustomerChanged fit;
  fit.set_customer_id("lan");
  fit.set_icp_fit("FIT");
  fit.set_revision(1);
  *fit.mutable_create_time() = FromTime(Local(2026, 11, 1));
  auto other = fit;
  other.set_customer_id("minh");
  other.set_icp_fit("NO_FIT");
  *other.mutable_create_time() = FromTime(Local(2025, 1, 1));
  auto staff = other;
  staff.set_customer_id("staff");
  staff.set_kind(spb::RespondentKind::EMPLOYEE);
  hoiam::loop::v1::Case c;
  c.set_customer_id("lan");
  c.set_case_id("k1");
  c.set_version(1);
  c.set_state(hoiam::loop::v1::CaseState::NEW);
  *c.mutable_create_time() = FromTime(Local(2026, 11, 2));
  w_.Apply({EventOf(fit), EventOf(other), EventOf(staff), EventOf(c)});

  v1::GetOverviewRequest q;
  *q.mutable_start_time() = FromTime(Local(2026, 10, 1, 0));
  q.set_interval(v1::Interval::MONTH);
  *q.mutable_end_time() = FromTime(Local(2026, 12, 1, 0));
  const auto o = w_.handlers->GetOverview(World::Caller(), q);
  ASSERT_THAT(o, IsOk());
  ASSERT_EQ(o->leading_size(), 2);
  EXPECT_EQ(o->leading(0).metric(), "EXPECTATION");
  EXPECT_EQ(o->leading(1).metric(), "IDEAL_GAP");
  std::vector<std::string> metrics;
  for (const auto& sheet : o->metrics()) metrics.push_back(sheet.metric());
  EXPECT_THAT(metrics, ElementsAre("NPS", "CSAT", "CES", "CSI"));
  EXPECT_EQ(o->metrics(0).row().score(), 100);
  EXPECT_EQ(o->metrics(1).row().score(), 0);
  EXPECT_FALSE(o->metrics(2).row().has_score());
  ASSERT_EQ(o->metrics(1).trend_size(), 2);
  EXPECT_EQ(o->metrics(1).trend(1).responses(), 4);
  EXPECT_EQ(o->repeat_issues().count(), 1);
  EXPECT_EQ(o->repeat_issues().of(), 2);
  EXPECT_EQ(o->repeat_issues().percent(), 50);
  EXPECT_EQ(o->loyal().count(), 1);
  EXPECT_EQ(o->loyal().of(), 2) << "hoa bought two years ago";
  ASSERT_EQ(o->icp_size(), 2);
  EXPECT_EQ(o->icp(0).icp_fit(), "FIT");
  EXPECT_EQ(o->icp(0).customers(), 1);
  EXPECT_EQ(o->icp(0).new_customers(), 1);
  EXPECT_EQ(o->icp(0).cases(), 1);
  EXPECT_EQ(o->icp(1).new_customers(), 0);
  EXPECT_EQ(o->open_cases(), 1);

  q.set_filter("touchpoint = \"store\"");
  const auto group = w_.handlers->GetOverview(World::Caller(), q);
  ASSERT_THAT(group, IsOk());
  EXPECT_EQ(group->metrics(1).row().responses(), 1);
  EXPECT_EQ(group->repeat_issues().count(), 0);
  EXPECT_EQ(group->repeat_issues().of(), 1);
  EXPECT_FALSE(group->has_loyal()) << "of everybody only";
  EXPECT_EQ(group->icp_size(), 0);
}

// --- work list

TEST_F(AnalysisTest, PassivesAreListedIdealCustomersFirstWithWhatIsAtRisk) {
  std::vector<Event> events;
  const auto add = [&](const std::string& customer, int nps, int csat, const char* fit) {
    hoiam::event::v1::CustomerChanged c;
    c.set_customer_id(customer);
    c.set_icp_fit(fit);
    c.set_segment("s-" + customer);
    c.set_revision(1);
    *c.mutable_create_time() = FromTime(Local(2026, 1, 1));
    events.push_back(EventOf(c));
    events.push_back(EventOf(InteractionOf(customer, "i-" + customer, Local(2026, 6, 1), "100")));
    events.push_back(EventOf(ResponseOf(customer, "n-" + customer, "NPS", nps, Local(2026, 7, 1))));
    if (csat > 0) events.push_back(EventOf(ResponseOf(customer, "c-" + customer, "CSAT", csat, Local(2026, 7, 2))));
  };
  add("a", 7, 5, "");
  add("b", 8, 0, "NO_FIT");
  add("c", 7, 2, "FIT");
  add("d", 8, 4, "FIT");
  add("e", 9, 5, "FIT");
  add("f", 8, 0, "");
  add("g", 8, 3, "FIT");
  w_.Apply(events);
  v1::ListPassivesRequest q;
  q.set_page_size(2);
  std::vector<std::string> order;
  int pages = 0;
  do {
    const auto page = w_.handlers->ListPassives(World::Caller(), q);
    ASSERT_THAT(page, IsOk());
    if (pages++ == 0) {
      EXPECT_EQ(page->total(), 6);
      ASSERT_EQ(page->revenue_at_risk_size(), 1);
      EXPECT_EQ(page->revenue_at_risk(0).amount(), "600");
      EXPECT_EQ(page->passives(0).segment(), "s-d");
      EXPECT_EQ(page->passives(0).steps_to_promoter(), 1);
      EXPECT_EQ(page->passives(0).csat(), 4);
      EXPECT_EQ(page->passives(0).icp_fit(), "FIT");
    } else {
      EXPECT_EQ(page->total(), 0) << "on the first page only";
    }
    for (const v1::WorkItem& item : page->passives()) order.push_back(item.customer_id());
    q.set_page_token(page->next_page_token());
  } while (!q.page_token().empty());
  EXPECT_THAT(order, ElementsAre("d", "g", "c", "f", "a", "b"));
  EXPECT_EQ(pages, 3);

  v1::ListPassivesRequest hidden;
  hidden.set_hidden(true);
  const auto page = w_.handlers->ListPassives(World::Caller(), hidden);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->total(), 2);
  EXPECT_EQ(page->passives(0).customer_id(), "d");
  EXPECT_EQ(page->passives(1).customer_id(), "a");
  hidden.set_nps(7);
  EXPECT_EQ(w_.handlers->ListPassives(World::Caller(), hidden)->total(), 1);
  hidden.set_nps(9);
  EXPECT_THAT(w_.handlers->ListPassives(World::Caller(), hidden),
              StatusIs(absl::StatusCode::kInvalidArgument, "OUT_OF_RANGE"));
  EXPECT_EQ(w_.handlers->ListPassives(World::Caller("other"), v1::ListPassivesRequest())->total(), 0);
}

// --- queries

TEST_F(AnalysisTest, EveryQueryIsServedByAnIndex) {
  std::vector<Event> events;
  for (int i = 0; i < 300; ++i) {
    const std::string customer = absl::StrCat("c", i);
    hoiam::event::v1::CustomerChanged c;
    c.set_customer_id(customer);
    c.set_icp_fit(i % 3 ? "FIT" : "NO_FIT");
    c.set_revision(1);
    *c.mutable_create_time() = FromTime(Local(2026, 1, 1) + absl::Hours(i));
    hoiam::loop::v1::Case k;
    k.set_customer_id(customer);
    k.set_case_id(absl::StrCat("k", i));
    k.set_version(1);
    *k.mutable_create_time() = FromTime(Local(2026, 2, 1) + absl::Hours(i));
    spb::Usage u;
    u.set_customer_id(customer);
    u.set_usage_id(absl::StrCat("u", i));
    u.set_item("fryer");
    *u.mutable_occurred_at() = FromTime(Local(2026, 1, 1));
    events.insert(
        events.end(),
        {EventOf(c), EventOf(k), EventOf(u),
         EventOf(InteractionOf(customer, absl::StrCat("i", i), Local(2026, 1, 1), "10")),
         EventOf(At("store", customer, absl::StrCat("n", i), "NPS", 7 + i % 2, Local(2026, 3, 1) + absl::Hours(i))),
         EventOf(At("store", customer, absl::StrCat("s", i), "CSAT", 1 + i % 5, Local(2026, 3, 1) + absl::Hours(i)))});
  }
  w_.Apply(events);
  for (const char* table : {"answer", "customer_spend", "rollup", "person", "passive", "item_status", "customer_case"})
    ASSERT_THAT(w_.session->Query(absl::StrCat("ANALYZE TABLE ", table), {}, [](const db::Row&) {}), IsOk());
  const auto explaining = std::make_shared<testing::ExplainingSession>(w_.db.Session());
  const auto db = db::TenantDb::Of(db::SystemDb(explaining), kTenant);
  ASSERT_THAT(db, IsOk());
  const View view{*db, w_.generation};

  const ScoreSource nps{kNps, 1, {Scope::kRelationship}, AnswerKind::kSolicited, ""};
  int earlier = 0;
  HOIAM_EXPECT_OK(ReadScored(view, nps, Scope::kRelationship, {"c1", "c2", "c3"}, Local(2026, 1, 1), Local(2026, 9, 1),
                             [&](const ScoredAnswer&) { ++earlier; }));
  EXPECT_EQ(earlier, 3);
  WorkQuery work;
  auto items = ReadPassives(view, work, 10);
  ASSERT_THAT(items, IsOk());
  EXPECT_EQ(items->size(), 10);
  HOIAM_EXPECT_OK(ReadSegments(view, *items));
  work.hidden = true;
  work.after = WorkKey{0, 8, "c5"};
  EXPECT_THAT(ReadPassives(view, work, 10), IsOk());
  EXPECT_EQ(ReadItemStatuses(view, {"c1", "c2"})->size(), 2);
  int unhappy = 0;
  ScoreSource csat = nps;
  csat.metric = kCsat;
  HOIAM_EXPECT_OK(ReadUnhappy(view, csat, Scope::kTouchpoint, Local(2026, 1, 1), Local(2026, 9, 1),
                              [&](const std::string&, const DimensionValues&) { ++unhappy; }));
  EXPECT_EQ(unhappy, 120);
  const auto loyal = CountLoyal(view, Local(2025, 1, 1), Local(2026, 9, 1), 1, 1000);
  ASSERT_THAT(loyal, IsOk());
  EXPECT_EQ((*loyal)->count, 300);
  EXPECT_FALSE(CountLoyal(view, Local(2025, 1, 1), Local(2026, 9, 1), 1, 299)->has_value()) << "too many to look at";
  EXPECT_EQ(CountByFit(view, Local(2026, 1, 1), Local(2026, 9, 1))->at("FIT").cases, 200);
  EXPECT_EQ(*CountOpenCases(view), 300);
  EXPECT_GT(explaining->explained, 12);
  EXPECT_THAT(explaining->bad, ::testing::IsEmpty());
}

}  // namespace
}  // namespace hoiam::scoring
