#include "scoring_service/app/scores.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// Every way to ask gives what counting the answers by hand gives, whether it is served from rollups or from answers.
TEST_F(ScoresTest, EveryCutFilterIntervalAndZoneCountsTheSameAsCountingByHand) {
  std::mt19937 rng(42);
  std::vector<spb::Response> all;
  const auto one_of = [&](std::vector<std::string> v) { return v[rng() % v.size()]; };
  for (int i = 0; i < 400; ++i) {
    auto r = Scored(absl::StrCat("c", rng() % 30), absl::StrCat("r", i), rng() % 11,
                    Local(2026, 1, 1, 0) + absl::Minutes(static_cast<int>(rng() % (60 * 24 * 200))));
    r.set_survey_id(one_of({"nps-shop", "nps-home", ""}));
    r.set_touchpoint(one_of({"store", "delivery", "warranty", ""}));
    r.set_channel(one_of({"web", "app"}));
    r.set_segment(one_of({"Khách mới", "VIP", ""}));
    r.set_owner_team(one_of({"vinh", "hue"}));
    r.set_collected_by(static_cast<spb::CollectedBy::Code>(1 + rng() % 3));
    all.push_back(r);
  }
  for (size_t at = 0; at < all.size(); at += 50) {
    std::vector<Event> batch;
    for (size_t i = at; i < at + 50; ++i) batch.push_back(EventOf(all[i]));
    w_.Apply(batch);
  }
  const auto value = [](const spb::Response& r, Dimension d) {
    switch (d) {
      case Dimension::kSurvey:
        return r.survey_id();
      case Dimension::kTouchpoint:
        return r.touchpoint();
      case Dimension::kChannel:
        return r.channel();
      case Dimension::kSegment:
        return r.segment();
      case Dimension::kTeam:
        return r.owner_team();
      case Dimension::kCollectedBy:
        break;
    }
    return spb::CollectedBy::Code_Name(r.collected_by());
  };
  absl::TimeZone berlin;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Berlin", &berlin));
  int from_rollups = 0;
  for (int i = 0; i < 300; ++i) {
    ScoreQuery q;
    q.zone = rng() % 4 ? w_.zone : berlin;
    q.interval = static_cast<Interval>(1 + rng() % 6);
    if (rng() % 2) q.start = Local(2026, 1, 1 + rng() % 28, 0);
    if (rng() % 2) q.end = Local(2026, 3 + rng() % 5, 1, rng() % 4 ? 0 : 5);
    for (int d = 0; d < kDimensions; ++d) {
      if (rng() % 5 == 0) q.group_by.push_back(static_cast<Dimension>(d));
      if (rng() % 8 == 0)
        q.filters.emplace_back(static_cast<Dimension>(d), value(all[rng() % all.size()], static_cast<Dimension>(d)));
    }
    std::shuffle(q.group_by.begin(), q.group_by.end(), rng);
    const auto table = ComputeScores(testing::TenantOn(*w_.session, kTenant), q, w_.zone, w_.clock.Now());
    if (!table.ok()) {
      EXPECT_THAT(table, StatusIs(absl::StatusCode::kInvalidArgument, "TOO_MANY_ROWS"));
      continue;
    }
    from_rollups += FindCut(q.Dimensions()) != nullptr && q.zone == w_.zone;
    std::map<std::string, int64_t> by_hand, counted;
    for (const auto& r : all) {
      const absl::Time at = ToTime(r.responded_at());
      if (at < q.start || at >= q.end) continue;
      bool passes = true;
      for (const auto& [d, v] : q.filters) passes &= value(r, d) == v;
      if (!passes) continue;
      std::vector<std::string> group;
      for (Dimension d : q.group_by) group.push_back(value(r, d));
      const absl::Time start =
          q.interval == Interval::kAll ? q.start : std::max(q.start, PeriodOf(at, q.interval, q.zone).start);
      ++by_hand[absl::StrCat(absl::StrJoin(group, "|"), "@", absl::FormatTime(start), "=", r.score())];
    }
    for (const auto& group : table->groups) {
      EXPECT_EQ(group.tallies.size(), table->periods.size());
      for (size_t p = 0; p < table->periods.size(); ++p)
        for (int s = 0; s < kScores; ++s)
          if (group.tallies[p].counts[s] != 0)
            counted[absl::StrCat(absl::StrJoin(group.key, "|"), "@", absl::FormatTime(table->periods[p].start), "=",
                                 s)] = group.tallies[p].counts[s];
    }
    ASSERT_EQ(counted, by_hand) << "query " << i;
  }
  EXPECT_GT(from_rollups, 60);
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
    ASSERT_THAT(
        w_.session->Run("INSERT INTO answer (tenant_id, customer_id, response_id, revision, metric, score, solicited,"
                        " counted, voided, full_effects, responded_at, interaction_id, survey, touchpoint, channel,"
                        " segment, team, collected_by, revenue) SELECT tenant_id, customer_id,"
                        " CONCAT(response_id, ?), revision, metric, score, solicited, counted, voided, full_effects,"
                        " responded_at + INTERVAL ? MINUTE, interaction_id, survey, touchpoint, channel, segment,"
                        " team, collected_by, revenue FROM answer",
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

TEST_F(ScoresTest, BadRequestsAreRefusedBeforeTheDatabaseIsAsked) {
  pb::GetScoresRequest q;
  q.set_metric("XYZ");
  EXPECT_THAT(Ask(q), StatusIs(absl::StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
}

}  // namespace
}  // namespace hoiam::scoring
