#include "scoring_service/app/scores.h"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scoring_service/convert/events.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/limits.h"
#include "tests/store/scoring_service/world.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;
namespace spb = hoiam::survey::v1;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

class ScoresTest : public ::testing::Test {
 protected:
  absl::StatusOr<pb::GetScoresResponse> Ask(const pb::GetScoresRequest& q, const std::string& tenant = kTenant) {
    return w_.handlers->GetScores(World::Caller(tenant), q);
  }
  static pb::GetScoresRequest Nps() {
    pb::GetScoresRequest q;
    q.set_metric("NPS");
    return q;
  }
  World w_;
};

spb::Response Scored(const std::string& customer, const std::string& id, int score, absl::Time at) {
  return ResponseOf(customer, id, "NPS", score, at);
}

TEST_F(ScoresTest, WithoutAnswersThereIsOneRowWithoutAScore) {
  const auto scores = Ask(Nps());
  ASSERT_THAT(scores, IsOk());
  ASSERT_EQ(scores->rows_size(), 1);
  EXPECT_EQ(scores->rows(0).responses(), 0);
  EXPECT_FALSE(scores->rows(0).has_score());
  pb::GetScoresRequest days = Nps();
  days.set_interval(pb::Interval::DAY);
  EXPECT_EQ(Ask(days)->rows_size(), 0);
}

TEST_F(ScoresTest, SolicitedUnsolicitedMetricsAndTenantsAreNeverMixed) {
  auto open = Scored("c", "2", 0, Local(2026, 11, 1));
  open.set_solicited(false);
  w_.Apply({EventOf(Scored("c", "1", 10, Local(2026, 11, 1))), EventOf(open),
            EventOf(ResponseOf("c", "3", "CSAT", 1, Local(2026, 11, 1))),
            EventOf(Scored("c", "1", 0, Local(2026, 11, 1)), "other")});
  EXPECT_EQ(Ask(Nps())->rows(0).score(), 100);
  pb::GetScoresRequest q = Nps();
  q.set_solicited(false);
  EXPECT_EQ(Ask(q)->rows(0).score(), -100);
  EXPECT_EQ(Ask(Nps(), "other")->rows(0).score(), -100);
  EXPECT_EQ(Ask(Nps(), "third")->rows(0).responses(), 0);
}

TEST_F(ScoresTest, DaysAreThoseOfTheReportingZoneAndEmptyOnesAreListed) {
  w_.Apply({EventOf(Scored("c", "1", 10, Local(2026, 11, 1, 0))),  // 17:00 UTC the day before
            EventOf(Scored("c", "2", 0, Local(2026, 11, 1, 23))), EventOf(Scored("c", "3", 9, Local(2026, 11, 3, 0)))});
  pb::GetScoresRequest q = Nps();
  q.set_interval(pb::Interval::DAY);
  *q.mutable_start_time() = FromTime(Local(2026, 11, 1, 0));
  *q.mutable_end_time() = FromTime(Local(2026, 11, 4, 0));
  const auto scores = Ask(q);
  ASSERT_THAT(scores, IsOk());
  ASSERT_EQ(scores->rows_size(), 3);
  EXPECT_EQ(scores->rows(0).responses(), 2);
  EXPECT_EQ(scores->rows(0).score(), 0);
  EXPECT_EQ(scores->rows(1).responses(), 0);
  EXPECT_FALSE(scores->rows(1).has_score());
  EXPECT_EQ(scores->rows(2).score(), 100);
  EXPECT_EQ(ToTime(scores->rows(2).start_time()), Local(2026, 11, 3, 0));
  q.set_time_zone("UTC");
  EXPECT_EQ(Ask(q)->rows(0).responses(), 1) << "until midnight UTC";
}

TEST_F(ScoresTest, OpenPeriodsReachFromTheFirstAnswerToNow) {
  w_.Apply({EventOf(Scored("c", "1", 10, Local(2026, 9, 15)))});
  pb::GetScoresRequest q = Nps();
  q.set_interval(pb::Interval::MONTH);
  const auto scores = Ask(q);
  ASSERT_EQ(scores->rows_size(), 3);  // September, October, November 2026
  EXPECT_EQ(ToTime(scores->rows(0).start_time()), Local(2026, 9, 1, 0));
  EXPECT_EQ(ToTime(scores->rows(2).end_time()), Local(2026, 12, 1, 0));
}

TEST_F(ScoresTest, RevenueIsThatOfTheYearBeforeTheAnswerAlsoWhenTheMoneyComesLater) {
  w_.Apply({EventOf(Scored("c", "1", 9, Local(2026, 11, 1)))});
  w_.Apply({EventOf(InteractionOf("c", "i1", Local(2026, 10, 1), "1250000")),
            EventOf(InteractionOf("c", "i2", Local(2025, 10, 1), "999")),
            EventOf(InteractionOf("c", "i3", Local(2026, 10, 2), "12.5", "USD")),
            EventOf(InteractionOf("c", "i4", Local(2026, 11, 2), "7"))});
  const pb::Share promoters = Ask(Nps())->rows(0).shares(2);
  ASSERT_EQ(promoters.revenue_size(), 2);
  EXPECT_EQ(promoters.revenue(0).currency(), "USD");
  EXPECT_EQ(promoters.revenue(0).amount(), "12.5");
  EXPECT_EQ(promoters.revenue(1).amount(), "1250000");
  EXPECT_EQ(promoters.revenue(1).percent(), 100);
}

TEST_F(ScoresTest, LastPerPersonTakesEachPersonsLastAnswerOfThePeriodThenCuts) {
  auto in_store = Scored("a", "1", 0, Local(2026, 11, 1));
  in_store.set_touchpoint("store");
  auto delivery = Scored("a", "2", 10, Local(2026, 11, 2));
  delivery.set_touchpoint("delivery");
  w_.Apply({EventOf(in_store), EventOf(delivery), EventOf(Scored("", "3", 5, Local(2026, 11, 1))),
            EventOf(Scored("", "4", 5, Local(2026, 11, 1)))});
  pb::GetScoresRequest q = Nps();
  q.set_answers(pb::AnswerSelection::LAST_PER_PERSON);
  EXPECT_EQ(Ask(q)->rows(0).responses(), 3) << "each anonymous answer is a person of its own";
  q.set_filter("touchpoint = store");
  EXPECT_EQ(Ask(q)->rows(0).responses(), 0) << "the last answer was about delivery";
  q.set_interval(pb::Interval::DAY);
  EXPECT_EQ(Ask(q)->rows(0).responses(), 1) << "on the first day it was about the store";
}

// --- every way to ask
// ---------------------------------------------------------------------------------------------------

// What is said of one answer in every way that a figure can be cut by.
class AnyAnswer {
 public:
  explicit AnyAnswer(uint64_t seed) : rng_(seed) {}

  hoiam::event::v1::ResponseChanged Next(int i) {
    hoiam::event::v1::ResponseChanged changed;
    spb::Response& r = *changed.mutable_response();
    const std::string metric = OneOf({"NPS", "NPS", "TASTE", "CSI", ""});
    r = ResponseOf(Number(5) ? absl::StrCat("c", Number(30)) : "", absl::StrCat("r", i), metric, Number(11),
                   Local(2026, 1, 1, 0) + absl::Minutes(Number(60 * 24 * 200)));
    if (metric.empty() || metric == "CSI") r.clear_score();
    r.set_metric_version(metric == "TASTE" ? 1 + Number(2) : 1);
    r.set_solicited(Number(3) != 0);
    r.set_incentivised(Number(5) == 0);
    r.set_scope(static_cast<spb::Scope::Code>(1 + 2 * Number(2)));
    r.set_survey_id(OneOf({"nps-shop", "nps-home", ""}));
    r.set_touchpoint(OneOf({"store", "store.till", "store.till.queue", "stores", "delivery", ""}));
    r.set_channel(OneOf({"web", "app"}));
    r.set_segment(OneOf({"Khách mới", "VIP", ""}));
    r.set_owner_team(OneOf({"vinh", "hue"}));
    r.set_collected_by(static_cast<spb::CollectedBy::Code>(1 + Number(3)));
    r.set_usage_status(OneOf({"", "IN_USE", "PROBLEM"}));
    r.set_icp_fit(OneOf({"", "FIT", "NO_FIT"}));
    r.set_stage(static_cast<spb::Stage::Code>(Number(4)));
    if (Number(3) == 0) Ask(changed, "met", spb::QuestionType::EXPECTATION, Number(3));
    if (metric == "CSI") {
      Ask(changed, "speed", spb::QuestionType::CSI, 1 + Number(10));
      if (Number(2)) Ask(changed, "price", spb::QuestionType::CSI, 1 + Number(10));
    }
    return changed;
  }

 private:
  int Number(int below) { return static_cast<int>(rng_() % static_cast<unsigned>(below)); }
  std::string OneOf(std::vector<std::string> v) { return v[rng_() % v.size()]; }
  void Ask(hoiam::event::v1::ResponseChanged& changed, const std::string& id, spb::QuestionType::Code type,
           int number) {
    auto* a = changed.mutable_response()->add_answers();
    a->set_question_id(id);
    a->set_number(number);
    auto* q = changed.add_questions();
    q->set_question_id(id);
    q->set_type(type);
    if (type == spb::QuestionType::CSI) q->set_object(spb::CsiObject::SERVICE);
  }
  std::mt19937_64 rng_;
};

MetricBook TasteBook() {
  MetricBook book;
  for (int version : {1, 2})
    book.Add({"TASTE", version, 0, 10, {{"bad", Band::kUnhappy, 0, 4, -1}, {"good", Band::kHappy, 5, 10, 1}}});
  return book;
}

// Scope, group, period, version and value of every answer counted, with how many there are.
using Figures = std::map<std::string, int64_t>;

std::string FigureKey(Scope scope, const std::vector<std::string>& group, absl::Time start, int version, int value) {
  return absl::StrCat(static_cast<int>(scope), "|", absl::StrJoin(group, "|"), "@", absl::FormatTime(start), " v",
                      version, "=", value);
}

Figures CountByHand(const std::vector<Answer>& all, const ScoreQuery& q) {
  Figures figures;
  std::map<std::string, std::pair<const Answer*, absl::Time>> counted;  // by person and period, or by answer
  for (const Answer& a : all) {
    const bool tells = std::any_of(a.observations.begin(), a.observations.end(),
                                   [&](const Observation& o) { return o.metric == q.metric && o.item.empty(); });
    if (!tells || a.kind != q.kind || (q.scope && *q.scope != a.scope)) continue;
    if (a.responded_at < q.start || a.responded_at >= q.end) continue;
    const absl::Time start =
        q.interval == Interval::kAll ? q.start : std::max(q.start, PeriodOf(a.responded_at, q.interval, q.zone).start);
    std::string who = a.response_id;
    if (q.last_per_person && !a.customer_id.empty())
      who = absl::StrCat(a.customer_id, "@", absl::FormatTime(start), "/", static_cast<int>(a.scope));
    const auto [it, first] = counted.try_emplace(who, &a, start);
    if (!first && std::tie(a.responded_at, a.response_id) >
                      std::tie(it->second.first->responded_at, it->second.first->response_id))
      it->second = {&a, start};
  }
  for (const auto& [who, entry] : counted) {
    const auto& [a, start] = entry;
    if (!q.Passes(a->dimensions)) continue;
    std::vector<std::vector<std::string>> groups = {q.GroupOf(a->dimensions)};
    const auto at = std::find(q.group_by.begin(), q.group_by.end(), Dimension::kTouchpoint);
    if (q.subtree && at != q.group_by.end()) {
      const size_t i = at - q.group_by.begin();
      for (std::vector<std::string> above = groups[0]; above[i].find('.') != std::string::npos; groups.push_back(above))
        above[i].resize(above[i].rfind('.'));
    }
    for (const Observation& o : a->observations)
      if (o.metric == q.metric && o.item.empty())
        for (const auto& group : groups) ++figures[FigureKey(a->scope, group, start, o.version, o.value)];
  }
  return figures;
}

Figures FiguresIn(const ScoreTable& table) {
  Figures figures;
  for (const auto& group : table.groups)
    for (size_t p = 0; p < table.periods.size(); ++p)
      for (const auto& [version, tally] : group.tallies[p])
        for (int s = 0; s < kScores; ++s)
          if (tally.counts[s] != 0)
            figures[FigureKey(group.scope, group.key, table.periods[p].start, version, s)] = tally.counts[s];
  return figures;
}

// Whether it is served from rollups or from answers.
TEST_F(ScoresTest, EveryMetricCutFilterScopeKindIntervalAndZoneCountsTheSameAsCountingByHand) {
  AnyAnswer any(42);
  std::vector<Answer> all;
  std::vector<Event> events;
  for (int i = 0; i < 600; ++i) {
    const auto changed = any.Next(i);
    all.push_back(*ToAnswer(changed));
    events.push_back(EventOf(changed));
  }
  for (size_t at = 0; at < events.size(); at += 60)
    w_.Apply(std::vector<Event>(events.begin() + at, events.begin() + at + 60));
  const auto view = w_.reads.Open(World::Caller(), {});
  ASSERT_THAT(view, IsOk());
  absl::TimeZone berlin;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Berlin", &berlin));
  const MetricBook book = TasteBook();
  std::mt19937 rng(43);
  int from_rollups = 0, with_answers = 0;
  for (int i = 0; i < 400; ++i) {
    ScoreQuery q;
    const char* metrics[] = {kNps, "TASTE", kCsi, kExpectation};
    const char* metric = metrics[rng() % 4];
    AskFor({book.Versions(metric), DefaultFormula(metric), 0}, book, q);
    q.kind = static_cast<AnswerKind>(rng() % 3);
    if (rng() % 3 == 0) q.scope = rng() % 2 ? Scope::kRelationship : Scope::kTouchpoint;
    q.zone = rng() % 4 ? w_.zone : berlin;
    q.interval = static_cast<Interval>(1 + rng() % 6);
    q.last_per_person = rng() % 5 == 0;
    if (rng() % 2) q.start = Local(2026, 1, 1 + rng() % 28, 0);
    if (rng() % 2) q.end = Local(2026, 3 + rng() % 5, 1, rng() % 4 ? 0 : 5);
    for (int d = 0; d < kDimensions; ++d) {
      const Dimension dimension = static_cast<Dimension>(d);
      if (rng() % 7 == 0) q.group_by.push_back(dimension);
      if (rng() % 10 == 0) q.filters.emplace_back(dimension, all[rng() % all.size()].dimensions[d]);
    }
    if (rng() % 5 == 0) q.filters.emplace_back(Dimension::kTouchpoint, rng() % 2 ? "store.*" : "store.till.*");
    q.subtree = rng() % 4 == 0;
    std::shuffle(q.group_by.begin(), q.group_by.end(), rng);
    const auto table = ComputeScores(*view, q, w_.clock.Now());
    if (!table.ok()) {
      EXPECT_THAT(table, StatusIs(absl::StatusCode::kInvalidArgument, "TOO_MANY_ROWS"));
      continue;
    }
    for (const auto& group : table->groups) EXPECT_EQ(group.tallies.size(), table->periods.size());
    from_rollups += FindCut(q.Dimensions()) != nullptr && q.zone == w_.zone && !q.last_per_person;
    const Figures by_hand = CountByHand(all, q);
    with_answers += !by_hand.empty();
    ASSERT_EQ(FiguresIn(*table), by_hand) << "query " << i;
  }
  EXPECT_GT(from_rollups, 60);
  EXPECT_GT(with_answers, 150);
}

TEST_F(ScoresTest, MoreRowsThanOneAnswerHoldsAreRefused) {
  w_.Apply({EventOf(Scored("c", "1", 10, Local(2026, 9, 15)))});
  pb::GetScoresRequest q = Nps();
  q.set_interval(pb::Interval::DAY);
  *q.mutable_start_time() = FromTime(Local(1990, 1, 1));
  *q.mutable_end_time() = FromTime(Local(2026, 1, 1));
  EXPECT_THAT(Ask(q), StatusIs(absl::StatusCode::kInvalidArgument, "TOO_MANY_ROWS"));
  std::vector<Event> groups;
  for (int i = 0; i < 101; ++i) {
    auto r = Scored("c", absl::StrCat("g", i), 10, Local(2026, 9, 15));
    r.set_touchpoint(absl::StrCat("t", i));
    groups.push_back(EventOf(r));
  }
  w_.Apply(groups);
  *q.mutable_start_time() = FromTime(Local(2026, 9, 1, 0));
  *q.mutable_end_time() = FromTime(Local(2026, 9, 1, 0) + absl::Hours(24 * 99));
  q.add_group_by("touchpoint");
  EXPECT_THAT(Ask(q), StatusIs(absl::StatusCode::kInvalidArgument, "TOO_MANY_ROWS")) << "102 groups of 99 days";
  *q.mutable_end_time() = FromTime(Local(2026, 9, 1, 0) + absl::Hours(24 * 98));
  EXPECT_EQ(Ask(q)->rows_size(), 102 * 98);
}

TEST_F(ScoresTest, ACutThatIsNotKeptIsCountedUpTo200000AnswersAndRefusedBeyond) {
  w_.Apply({EventOf(Scored("c", "r", 10, Local(2026, 9, 15)))});
  // Doubles the one answer until there are more than the limit; rollups stay as they were.
  for (int i = 0; i < 18; ++i)
    ASSERT_THAT(w_.session->Run(
                    "INSERT INTO answer (tenant_id, generation, customer_id, response_id, revision, metric, version,"
                    " score, band, scope, kind, counted, voided, full_effects, responded_at, interaction_id, survey,"
                    " touchpoint, channel, segment, team, collected_by, usage_status, icp_fit, stage, represented,"
                    " observations, comment) SELECT tenant_id, generation, customer_id, CONCAT(response_id, ?),"
                    " revision, metric, version, score, band, scope, kind, counted, voided, full_effects,"
                    " responded_at + INTERVAL ? MINUTE, interaction_id, survey, touchpoint, channel, segment,"
                    " team, collected_by, usage_status, icp_fit, stage, represented, observations, comment"
                    " FROM answer",
                    {absl::StrCat("x", i), int64_t{1} << i}),
                IsOk());
  pb::GetScoresRequest q = Nps();
  q.add_group_by("touchpoint");
  q.add_group_by("channel");
  EXPECT_THAT(Ask(q), StatusIs(absl::StatusCode::kInvalidArgument, "CUT_NOT_KEPT"));
  // One a minute: exactly the limit fits.
  *q.mutable_end_time() = FromTime(Local(2026, 9, 15) + absl::Minutes(kMaxScannedAnswers));
  const auto scores = Ask(q);
  ASSERT_THAT(scores, IsOk());
  EXPECT_EQ(scores->rows(0).responses(), kMaxScannedAnswers);
  *q.mutable_end_time() = FromTime(Local(2026, 9, 15) + absl::Minutes(kMaxScannedAnswers + 1));
  EXPECT_THAT(Ask(q), StatusIs(absl::StatusCode::kInvalidArgument, "CUT_NOT_KEPT"));
  EXPECT_EQ(Ask(Nps())->rows(0).responses(), 1) << "kept cuts do not look at answers";
}

TEST_F(ScoresTest, FeedbackIsInItsOwnFiguresAndWordsAreInNone) {
  auto asked = Scored("a", "1", 10, Local(2026, 9, 15)), feedback = Scored("b", "2", 0, Local(2026, 9, 15));
  feedback.set_solicited(false);
  auto words = feedback;
  words.set_response_id("3");
  words.clear_metric();
  words.clear_score();
  w_.Apply({EventOf(asked), EventOf(feedback), EventOf(words)});
  const auto row = [&](bool solicited) {
    pb::GetScoresRequest q = Nps();
    q.set_solicited(solicited);
    return Ask(q)->rows(0);
  };
  EXPECT_EQ(row(true).responses(), 1);
  EXPECT_EQ(row(true).score(), 100);
  EXPECT_EQ(row(false).responses(), 1);
  EXPECT_EQ(row(false).score(), -100);
}

TEST_F(ScoresTest, GroupsWhoseAnswersWereTakenBackAreGone) {
  auto r = Scored("c", "1", 10, Local(2026, 9, 15));
  r.set_touchpoint("store");
  w_.Apply({EventOf(r)});
  r.set_touchpoint("delivery");
  r.set_revision(2);
  w_.Apply({EventOf(r)});
  pb::GetScoresRequest q = Nps();
  q.add_group_by("touchpoint");
  const auto scores = Ask(q);
  ASSERT_EQ(scores->rows_size(), 1);
  EXPECT_EQ(scores->rows(0).group().at("touchpoint"), "delivery");
}

TEST_F(ScoresTest, AnswersAboutDifferentThingsAreRowsOfTheirOwn) {
  auto shop = Scored("a", "1", 10, Local(2026, 9, 15)), delivery = Scored("b", "2", 0, Local(2026, 9, 15));
  shop.set_scope(spb::Scope::RELATIONSHIP);
  delivery.set_scope(spb::Scope::SERVICE);
  w_.Apply({EventOf(shop), EventOf(delivery)});
  pb::GetScoresRequest q = Nps();
  const auto both = Ask(q);
  ASSERT_EQ(both->rows_size(), 2);
  EXPECT_EQ(both->rows(0).scope(), spb::Scope::RELATIONSHIP);
  EXPECT_EQ(both->rows(0).score(), 100);
  EXPECT_EQ(both->rows(1).scope(), spb::Scope::SERVICE);
  EXPECT_EQ(both->rows(1).score(), -100);
  q.set_scope(spb::Scope::SERVICE);
  EXPECT_EQ(Ask(q)->rows_size(), 1);
}

TEST_F(ScoresTest, IncentivisedAnswersAreInNoOtherFigure) {
  auto asked = Scored("a", "1", 0, Local(2026, 9, 15)), given = Scored("b", "2", 10, Local(2026, 9, 15));
  given.set_incentivised(true);
  w_.Apply({EventOf(asked), EventOf(given)});
  pb::GetScoresRequest q = Nps();
  EXPECT_EQ(Ask(q)->rows(0).score(), -100);
  q.set_incentivised(true);
  EXPECT_EQ(Ask(q)->rows(0).score(), 100);
}

TEST_F(ScoresTest, DaysThatBeginAtOneAreCountedWhereTheyBegin) {
  struct {
    const char* zone;
    absl::CivilDay gap;
  } const cases[] = {{"America/Sao_Paulo", absl::CivilDay(2018, 11, 4)},
                     {"Africa/Cairo", absl::CivilDay(2024, 4, 26)},
                     {"Asia/Beirut", absl::CivilDay(2022, 3, 27)}};
  for (const auto& c : cases) {
    absl::TimeZone zone;
    ASSERT_TRUE(absl::LoadTimeZone(c.zone, &zone));
    const absl::Time first = absl::FromCivil(c.gap, zone);  // 01:00, for there is no midnight
    EXPECT_EQ(absl::ToCivilHour(first, zone).hour(), 1) << c.zone;
    w_.Apply({EventOf(Scored("a", absl::StrCat(c.zone, 1), 0, first - absl::Microseconds(1))),
              EventOf(Scored("b", absl::StrCat(c.zone, 2), 10, first))});
    pb::GetScoresRequest q = Nps();
    q.set_time_zone(c.zone);
    q.set_interval(pb::Interval::DAY);
    *q.mutable_start_time() = FromTime(absl::FromCivil(c.gap - 1, zone));
    *q.mutable_end_time() = FromTime(absl::FromCivil(c.gap + 1, zone));
    const auto days = Ask(q);
    ASSERT_THAT(days, IsOk());
    ASSERT_EQ(days->rows_size(), 2) << c.zone;
    EXPECT_EQ(days->rows(0).score(), -100) << c.zone;
    EXPECT_EQ(days->rows(1).score(), 100) << c.zone;
    EXPECT_EQ(ToTime(days->rows(1).start_time()), first) << c.zone;
    EXPECT_EQ(ToTime(days->rows(1).end_time()), absl::FromCivil(c.gap + 1, zone)) << c.zone;
  }
}

TEST_F(ScoresTest, CostAndRevenueOfDifferentCurrenciesStayApart) {
  auto vnd = InteractionOf("a", "i1", Local(2026, 9, 1), "100");
  vnd.set_cost("30");
  w_.Apply({EventOf(vnd), EventOf(InteractionOf("a", "i2", Local(2026, 9, 2), "7", "USD")),
            EventOf(Scored("a", "1", 9, Local(2026, 9, 15)))});
  const pb::Share promoters = Ask(Nps())->rows(0).shares(2);
  ASSERT_EQ(promoters.revenue_size(), 2);
  EXPECT_EQ(promoters.revenue(0).currency(), "USD");
  EXPECT_EQ(promoters.revenue(0).amount(), "7");
  EXPECT_EQ(promoters.revenue(1).amount(), "100");
  ASSERT_EQ(promoters.cost_size(), 1);
  EXPECT_EQ(promoters.cost(0).currency(), "VND");
  EXPECT_EQ(promoters.cost(0).amount(), "30");
}

TEST_F(ScoresTest, AMetricThatNobodyMadeIsRefused) {
  pb::GetScoresRequest q;
  for (const char* metric : {"XYZ", "xyz", "", "NPS OR 1", "CSI_CHOSEN"}) {
    q.set_metric(metric);
    EXPECT_THAT(Ask(q), StatusIs(absl::StatusCode::kInvalidArgument, "UNKNOWN_METRIC")) << metric;
  }
}

}  // namespace
}  // namespace hoiam::scoring
