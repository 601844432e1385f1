#include "scoring_service/convert/scores.h"

#include <gmock/gmock.h>

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;
using ::testing::ElementsAre;

RowFrame FrameFor(const char* metric, std::vector<Dimension> group_by = {}) {
  static const auto* book = new MetricBook();
  RowFrame frame;
  frame.metric = {book->Versions(metric), DefaultFormula(metric), 0};
  frame.group_by = std::move(group_by);
  return frame;
}

RowFrame Nps() { return FrameFor(kNps); }

pb::GetScoresResponse Rows(const RowFrame& frame, const Tally& tally, std::vector<std::string> key = {}) {
  ScoreTable table;
  table.periods = {{absl::InfinitePast(), absl::InfiniteFuture()}};
  ScoreGroup group;
  group.scope = Scope::kRelationship;
  group.key = std::move(key);
  group.tallies = {{{1, tally}}};
  table.groups = {group};
  return FromScoreTable(frame, table);
}

Represented Vnd(int64_t revenue, int64_t cost = 0) {
  return {{"VND", {Decimal::FromMicros(revenue * 1'000'000), Decimal::FromMicros(cost * 1'000'000)}}};
}

TEST(ScoreRowTest, CarriesScoreIntervalSharesRevenueAndTheWholeScale) {
  Tally tally;
  for (int i = 0; i < 32; ++i) tally.Add(i % 2 ? 9 : 10, Vnd(3, 1));
  for (int i = 0; i < 13; ++i) tally.Add(8, {});
  for (int i = 0; i < 6; ++i)
    tally.Add(0, {{"VND", {Decimal::FromMicros(16'000'000), {}}}, {"USD", {Decimal::FromMicros(500'000), {}}}});
  const auto response = Rows(Nps(), tally);
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
  ASSERT_EQ(row.shares(2).cost_size(), 1);
  EXPECT_EQ(row.shares(2).cost(0).amount(), "32");
  EXPECT_EQ(row.shares(2).cost(0).percent(), 100);
  EXPECT_EQ(row.scope(), hoiam::survey::v1::Scope::RELATIONSHIP);
  EXPECT_EQ(row.formula(), pb::Formula::NET);
  EXPECT_THAT(row.formula_versions(), ElementsAre(1));
  EXPECT_FALSE(row.has_target());
}

TEST(ScoreRowTest, WithoutAnswersThereIsNoScoreAndNoInterval) {
  const auto response = Rows(FrameFor(kCsat), Tally());
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
  EXPECT_FALSE(Rows(Nps(), tally).rows(0).enough_data());
  tally.Add(5, {});
  EXPECT_TRUE(Rows(Nps(), tally).rows(0).enough_data());
}

TEST(ScoreRowTest, FourAnswersOfATeamAreWithheldFiveAreNot) {
  const RowFrame frame = FrameFor(kNps, {Dimension::kTeam});
  Tally tally;
  for (int i = 0; i < 4; ++i) tally.Add(9, {});
  const auto withheld = Rows(frame, tally, {"vinh"});
  EXPECT_EQ(withheld.rows(0).withheld(), pb::Withheld::SMALL_GROUP);
  EXPECT_FALSE(withheld.rows(0).has_score());
  EXPECT_FALSE(withheld.rows(0).has_interval());
  EXPECT_EQ(withheld.rows(0).shares_size(), 0);
  EXPECT_EQ(withheld.rows(0).distribution_size(), 0);
  EXPECT_EQ(withheld.rows(0).group().at("team"), "vinh");
  tally.Add(9, {});
  EXPECT_FALSE(Rows(frame, tally, {"vinh"}).rows(0).has_withheld());
}

TEST(ScoreRowTest, AFilterOnATeamIsACutByTeamAndATouchpointIsNot) {
  Tally tally;
  tally.Add(9, {});
  RowFrame by_team = Nps();
  by_team.filters = {{Dimension::kTeam, "vinh"}};
  EXPECT_TRUE(Rows(by_team, tally).rows(0).has_withheld());
  EXPECT_FALSE(Rows(FrameFor(kNps, {Dimension::kTouchpoint}), tally, {"delivery"}).rows(0).has_withheld());
}

TEST(ScoreRowTest, EachShareStandsForPeopleOfThePopulation) {
  Tally tally;
  tally.counts[10] = 45, tally.counts[0] = 6;
  RowFrame frame = Nps();
  frame.population = 2000;
  const pb::Share promoters = Rows(frame, tally).rows(0).shares(2);  // F5: 88.235 [76.619, 94.495]
  EXPECT_EQ(promoters.people().population(), 2000);
  EXPECT_EQ(promoters.people().estimate(), 1765);
  EXPECT_EQ(promoters.people().low(), 1532);
  EXPECT_EQ(promoters.people().high(), 1890);
  EXPECT_FALSE(Rows(Nps(), tally).rows(0).shares(2).has_people());
  EXPECT_FALSE(Rows(frame, Tally()).rows(0).shares(2).has_people());
}

TEST(ScoreRowTest, ATargetIsShownForItsCutAndOwnFormulaOnly) {
  Tally tally;
  tally.Add(9, {});
  RowFrame frame = FrameFor(kCes);
  frame.targets = {{kCes, {}, "", 60}};
  EXPECT_EQ(Rows(frame, tally).rows(0).target(), 60);
  frame.metric.formula = Formula::kMean;
  EXPECT_FALSE(Rows(frame, tally).rows(0).has_target()) << "60 is no mean";
  frame = FrameFor(kCes, {Dimension::kChannel});
  frame.targets = {{kCes, {}, "", 60}};
  EXPECT_FALSE(Rows(frame, tally, {"web"}).rows(0).has_target());
}

TEST(ScoreRowTest, VerbatimsAreTheQueryThatListsTheAnswers) {
  Tally tally;
  for (int i = 0; i < 5; ++i) tally.Add(9, {});
  RowFrame frame = FrameFor(kNps, {Dimension::kSegment});
  frame.filters = {{Dimension::kTouchpoint, "store.*"}};
  const pb::Verbatims v = Rows(frame, tally, {"Khách \"mới\""}).rows(0).verbatims();
  EXPECT_EQ(v.filter(),
            "metric = NPS AND score >= 0 AND solicited = true AND incentivised = false AND scope = RELATIONSHIP"
            " AND touchpoint = \"store.*\" AND segment = \"Khách \\\"mới\\\"\" AND voided = false");
  EXPECT_THAT(v.path(), ::testing::StartsWith("/v1/responses?filter=metric%20%3D%20NPS%20AND%20score%20%3E%3D%200"));
  EXPECT_THAT(v.path(), ::testing::HasSubstr("Kh%C3%A1ch%20%5C%22m%E1%BB%9Bi%5C%22"));
  EXPECT_EQ(v.suppressed(), 0);
}

TEST(ScoreRowTest, WhatIsWithheldIsCountedAndNotListed) {
  Tally tally;
  for (int i = 0; i < 3; ++i) tally.Add(9, {});
  const pb::ScoreRow row = Rows(FrameFor(kNps, {Dimension::kTeam}), tally, {"hue"}).rows(0);
  EXPECT_EQ(row.verbatims().path(), "");
  EXPECT_EQ(row.verbatims().filter(), "");
  EXPECT_EQ(row.verbatims().suppressed(), 3);
}

TEST(ScoreRowTest, ACsiShowsItsAttributesObjectsAndWeights) {
  RowFrame frame = FrameFor(kCsi);
  RowCounts counts;
  const auto add = [&](const char* metric, const char* item, int value, int64_t n) {
    Counts c{};
    c[value] = n;
    counts.csi.Add(metric, item, c);
  };
  Tally all;
  all.counts[6] = 40;
  counts.tallies = {{1, all}};
  add(kCsi, "service", 6, 40);
  add(kCsi, "service/speed", 8, 40);
  add(kCsi, "service/care", 4, 40);
  add(kCsiImportance, "service/speed", 9, 10);
  add(kCsiImportance, "service/care", 3, 10);
  const pb::ScoreRow row = ToScoreRow(frame, counts);
  EXPECT_EQ(row.responses(), 40);
  EXPECT_EQ(row.score(), 70);
  EXPECT_EQ(row.weights(), pb::Weights::RATED);
  EXPECT_EQ(row.formula(), pb::Formula::WEIGHTED);
  EXPECT_EQ(row.interval().method(), pb::IntervalMethod::WEIGHTED_BOUND);
  ASSERT_EQ(row.attributes_size(), 2);
  EXPECT_EQ(row.attributes(0).question_id(), "care");
  EXPECT_EQ(row.attributes(0).weight(), 0.25);
  EXPECT_EQ(row.attributes(1).importance(), 9);
  EXPECT_EQ(row.attributes(1).distribution().at(8), 40);
  ASSERT_EQ(row.objects_size(), 1);
  EXPECT_EQ(row.objects(0).object(), hoiam::survey::v1::CsiObject::SERVICE);
  EXPECT_EQ(row.objects(0).responses(), 40);
  EXPECT_EQ(row.objects(0).score(), 70);
  frame.metric.formula = Formula::kRescaled;
  EXPECT_EQ(ToScoreRow(frame, counts).score(), 66.667);
}

}  // namespace
}  // namespace hoiam::scoring
