#include "scoring_service/convert/scores.h"

#include <gmock/gmock.h>

#include <set>

#include "scoring_service/convert/time.h"
#include "tests/support/matchers.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;
using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

pb::GetScoresRequest Ask(const std::string& metric) {
  pb::GetScoresRequest q;
  q.set_metric(metric);
  return q;
}

std::multiset<std::string> FieldsAndReasons(const absl::Status& s) {
  std::multiset<std::string> out;
  if (const auto detail = DetailOf(s))
    for (const Violation& v : detail->violations) out.insert(v.field + " " + v.reason);
  return out;
}

TEST(ScoreQueryTest, WhatIsNotSaidIsEverythingSolicitedInOneRowOfTheReportingZone) {
  const auto q = ToScoreQuery(Ask("NPS"), absl::FixedTimeZone(3600));
  ASSERT_THAT(q, IsOk());
  EXPECT_EQ(q->interval, Interval::kAll);
  EXPECT_EQ(q->start, absl::InfinitePast());
  EXPECT_EQ(q->end, absl::InfiniteFuture());
  EXPECT_TRUE(q->solicited);
  EXPECT_FALSE(q->last_per_person);
  EXPECT_EQ(q->zone, absl::FixedTimeZone(3600));
}

TEST(ScoreQueryTest, EveryBadFieldIsToldAtOnce) {
  pb::GetScoresRequest q = Ask("nps");
  q.mutable_start_time()->set_seconds(2000);
  q.mutable_end_time()->set_seconds(1000);
  q.set_interval(static_cast<pb::Interval::Code>(42));
  for (const char* d : {"touchpoint", "colour", "touchpoint"}) q.add_group_by(d);
  q.set_filter("touchpoint != delivery AND colour = red");
  q.set_answers(static_cast<pb::AnswerSelection::Code>(7));
  q.set_time_zone("Mars/Olympus");
  const auto s = ToScoreQuery(q, absl::UTCTimeZone()).status();
  EXPECT_THAT(s, StatusIs(absl::StatusCode::kInvalidArgument, "UNKNOWN_METRIC"));
  EXPECT_THAT(
      FieldsAndReasons(s),
      UnorderedElementsAre("metric UNKNOWN_METRIC", "endTime END_BEFORE_START", "interval UNKNOWN_INTERVAL",
                           "groupBy[1] UNKNOWN_DIMENSION", "groupBy[2] REPEATED_DIMENSION", "filter INVALID_FILTER",
                           "filter INVALID_FILTER", "answers UNKNOWN_ANSWER_SELECTION", "timeZone UNKNOWN_TIME_ZONE"));
}

TEST(ScoreQueryTest, ATimeWithBadNanosecondsIsNoTime) {
  pb::GetScoresRequest q = Ask("NPS");
  q.mutable_start_time()->set_nanos(-1);
  EXPECT_THAT(FieldsAndReasons(ToScoreQuery(q, absl::UTCTimeZone()).status()), ElementsAre("startTime INVALID_TIME"));
}

TEST(ScoreQueryTest, FiltersAreEqualitiesJoinedByAnd) {
  pb::GetScoresRequest q = Ask("CSAT");
  q.set_filter("segment = \"Khách mới\" AND collectedBy = STAFF");
  const auto query = ToScoreQuery(q, absl::UTCTimeZone());
  ASSERT_THAT(query, IsOk());
  EXPECT_THAT(query->filters,
              UnorderedElementsAre(Pair(Dimension::kSegment, "Khách mới"), Pair(Dimension::kCollectedBy, "STAFF")));
  q.set_filter("segment = a OR segment = b");
  EXPECT_THAT(ToScoreQuery(q, absl::UTCTimeZone()), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
}

pb::GetScoresResponse Rows(const ScoreQuery& query, const Tally& tally, std::vector<std::string> key = {}) {
  return FromScoreTable(query, {{{absl::InfinitePast(), absl::InfiniteFuture()}}, {{std::move(key), {tally}}}});
}

TEST(ScoreRowTest, CarriesScoreIntervalSharesRevenueAndTheWholeScale) {
  Tally tally;
  for (int i = 0; i < 32; ++i) tally.Add(i % 2 ? 9 : 10, {{"VND", Decimal::FromMicros(3'000'000)}});
  for (int i = 0; i < 13; ++i) tally.Add(8, {});
  for (int i = 0; i < 6; ++i)
    tally.Add(0, {{"VND", Decimal::FromMicros(16'000'000)}, {"USD", Decimal::FromMicros(500'000)}});
  const auto response = Rows(ScoreQuery(), tally);
  ASSERT_EQ(response.rows_size(), 1);
  const pb::ScoreRow& row = response.rows(0);
  EXPECT_EQ(row.responses(), 51);
  EXPECT_EQ(row.score(), 50.980);
  EXPECT_EQ(row.interval().low(), 29.295);
  EXPECT_EQ(row.interval().high(), 67.001);
  EXPECT_EQ(row.interval().level(), 0.95);
  EXPECT_EQ(row.interval().method(), pb::IntervalMethod::ADJUSTED_WALD);
  EXPECT_TRUE(row.enough_data());
  EXPECT_FALSE(row.has_withheld());
  EXPECT_FALSE(row.has_start_time());
  EXPECT_EQ(row.distribution_size(), 11);
  EXPECT_EQ(row.distribution().at(0), 6);
  EXPECT_EQ(row.distribution().at(5), 0);
  ASSERT_EQ(row.shares_size(), 3);
  EXPECT_EQ(row.shares(0).name(), "detractors");
  EXPECT_EQ(row.shares(0).count(), 6);
  EXPECT_EQ(row.shares(0).percent(), 11.765);
  ASSERT_EQ(row.shares(0).revenue_size(), 2);
  EXPECT_EQ(row.shares(0).revenue(0).currency(), "USD");
  EXPECT_EQ(row.shares(0).revenue(0).amount(), "3");
  EXPECT_EQ(row.shares(0).revenue(0).percent(), 100);
  EXPECT_EQ(row.shares(0).revenue(1).amount(), "96");
  EXPECT_EQ(row.shares(0).revenue(1).percent(), 50);
  EXPECT_EQ(row.shares(1).revenue_size(), 0);
  EXPECT_EQ(row.shares(2).name(), "promoters");
}

TEST(ScoreRowTest, WithoutAnswersThereIsNoScoreAndNoInterval) {
  ScoreQuery query;
  query.metric = Metric::kCsat;
  const auto response = Rows(query, Tally());
  const pb::ScoreRow& row = response.rows(0);
  EXPECT_EQ(row.responses(), 0);
  EXPECT_FALSE(row.has_score());
  EXPECT_FALSE(row.has_interval());
  EXPECT_FALSE(row.enough_data());
  EXPECT_EQ(row.distribution_size(), 5);
  EXPECT_EQ(row.shares_size(), 3);
}

TEST(ScoreRowTest, EnoughDataBeginsAtThirtyAnswers) {
  Tally tally;
  for (int i = 0; i < 29; ++i) tally.Add(5, {});
  EXPECT_FALSE(Rows(ScoreQuery(), tally).rows(0).enough_data());
  tally.Add(5, {});
  EXPECT_TRUE(Rows(ScoreQuery(), tally).rows(0).enough_data());
}

TEST(ScoreRowTest, FourAnswersOfATeamAreWithheldFiveAreNot) {
  ScoreQuery query;
  query.group_by = {Dimension::kTeam};
  Tally tally;
  for (int i = 0; i < 4; ++i) tally.Add(9, {});
  const auto withheld = Rows(query, tally, {"vinh"});
  EXPECT_EQ(withheld.rows(0).withheld(), pb::Withheld::SMALL_GROUP);
  EXPECT_FALSE(withheld.rows(0).has_score());
  EXPECT_FALSE(withheld.rows(0).has_interval());
  EXPECT_EQ(withheld.rows(0).shares_size(), 0);
  EXPECT_EQ(withheld.rows(0).distribution_size(), 0);
  EXPECT_EQ(withheld.rows(0).group().at("team"), "vinh");
  tally.Add(9, {});
  EXPECT_FALSE(Rows(query, tally, {"vinh"}).rows(0).has_withheld());
}

TEST(ScoreRowTest, AFilterOnATeamIsACutByTeamAndATouchpointIsNot) {
  Tally tally;
  tally.Add(9, {});
  ScoreQuery by_team;
  by_team.filters = {{Dimension::kTeam, "vinh"}};
  EXPECT_TRUE(Rows(by_team, tally).rows(0).has_withheld());
  ScoreQuery by_touchpoint;
  by_touchpoint.group_by = {Dimension::kTouchpoint};
  EXPECT_FALSE(Rows(by_touchpoint, tally, {"delivery"}).rows(0).has_withheld());
}

}  // namespace
}  // namespace hoiam::scoring
