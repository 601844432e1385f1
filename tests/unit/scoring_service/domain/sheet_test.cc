#include "scoring_service/domain/sheet.h"

#include <gmock/gmock.h>

#include "absl/time/civil_time.h"

namespace hoiam::scoring {
namespace {

const absl::TimeZone kZone = absl::FixedTimeZone(7 * 3600);
const absl::Time kDay0 = absl::FromCivil(absl::CivilSecond(2026, 11, 20, 10), kZone);
absl::Time Day(int d) { return kDay0 + absl::Hours(24) * d; }

Answer Given(const std::string& id, const std::string& metric, std::optional<int> score, absl::Time at,
             bool full = true) {
  Answer a;
  a.customer_id = "c";
  a.response_id = id;
  a.metric = metric;
  a.score = score;
  if (score) {
    a.band = PartOf(*FindBuiltin(metric), *score).band;
    a.observations = {{metric, 1, "", *score}};
  }
  a.responded_at = at;
  a.full_effects = full;
  return a;
}

Standings Of(const std::vector<Answer>& answers) {
  std::vector<const Answer*> pointers;
  for (const Answer& a : answers) pointers.push_back(&a);
  return StandingsOf(pointers);
}

Sheet SheetWith(const std::string& metric, int score, absl::Time at, bool full = true) {
  Sheet sheet;
  sheet.standings = Of({Given("r", metric, score, at, full)});
  return sheet;
}

TEST(StandingsTest, TheLastAnswerIsTheOneGivenLastNotTheOneThatCameLast) {
  const auto s = Of({Given("a", kNps, 9, Day(5)), Given("b", kNps, 3, Day(1)), Given("c", kNps, 7, Day(3)),
                     Given("d", kCsat, 5, Day(9))});
  EXPECT_EQ(s.at(kNps).score, 9);
  EXPECT_EQ(s.at(kNps).previous, 7);
  EXPECT_EQ(s.at(kCsat).score, 5);
  EXPECT_EQ(s.at(kCsat).previous, std::nullopt);
  EXPECT_FALSE(s.contains(kCes));
}

TEST(StandingsTest, SkippedAndVoidedAnswersDoNotStand) {
  Answer voided = Given("b", kNps, 0, Day(2));
  voided.voided = true;
  const auto s = Of({Given("a", kNps, 0, Day(1)), voided, Given("c", kNps, std::nullopt, Day(3))});
  EXPECT_EQ(s.at(kNps).score, 0);
  EXPECT_EQ(s.at(kNps).previous, std::nullopt);
}

TEST(StandingsTest, AnswersOfTheSameMomentAreOrderedById) {
  const auto s = Of({Given("b", kNps, 2, Day(1)), Given("a", kNps, 1, Day(1))});
  EXPECT_EQ(s.at(kNps).score, 2);
  EXPECT_EQ(s.at(kNps).previous, 1);
}

TEST(SellBlockTest, AnOpenDetractorCaseBlocks) {
  Sheet sheet = SheetWith(kNps, 10, Day(0));
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
  CountCases({{true, true}, {true, false}}, sheet);
  EXPECT_EQ(sheet.open_cases, 2);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kOpenCase);
  CountCases({{true, false}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
}

TEST(SellBlockTest, AnUnhappyLastScoreBlocksUntilACaseIsResolvedAfterIt) {
  Sheet sheet = SheetWith(kCes, 3, Day(1));
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kUnresolvedDetractor);
  CountCases({{false, true, Day(0), Day(0)}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kUnresolvedDetractor) << "resolved before the answer";
  CountCases({{false, true, Day(0), Day(0)}, {false, true, Day(0), Day(2)}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
  CountCases({{false, true}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kUnresolvedDetractor) << "a cancelled case resolves nothing";
}

TEST(SellBlockTest, ImportedHistoryBlocksNothing) {
  EXPECT_EQ(SellBlockOf(SheetWith(kNps, 0, Day(0), /*full=*/false)), SellBlock::kNone);
}

TEST(SellBlockTest, TheEdgesOfTheUnhappyPartsBlockAndTheNextScoresDoNot) {
  EXPECT_NE(SellBlockOf(SheetWith(kNps, 6, Day(0))), SellBlock::kNone);
  EXPECT_EQ(SellBlockOf(SheetWith(kNps, 7, Day(0))), SellBlock::kNone);
  EXPECT_NE(SellBlockOf(SheetWith(kCsat, 2, Day(0))), SellBlock::kNone);
  EXPECT_EQ(SellBlockOf(SheetWith(kCsat, 3, Day(0))), SellBlock::kNone);
  EXPECT_NE(SellBlockOf(SheetWith(kCes, 3, Day(0))), SellBlock::kNone);
  EXPECT_EQ(SellBlockOf(SheetWith(kCes, 4, Day(0))), SellBlock::kNone);
}

TEST(SellBlockTest, ABetterLaterScoreOfTheSameMetricLiftsTheBlock) {
  Sheet sheet;
  sheet.standings = Of({Given("a", kNps, 2, Day(0)), Given("b", kNps, 9, Day(1))});
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
}

TEST(RatedTest, CountsInteractionsThatAreNotVoidAndHaveACountedAnswer) {
  std::vector<Answer> answers = {Given("a", kNps, 9, Day(0)), Given("b", kCsat, 4, Day(0)),
                                 Given("c", kNps, std::nullopt, Day(0)), Given("d", kNps, 3, Day(0)),
                                 Given("e", kNps, 3, Day(0))};
  answers[0].interaction_id = answers[1].interaction_id = "i1";
  answers[2].interaction_id = "i2";
  answers[3].interaction_id = "i3";
  answers[4].interaction_id = "not here yet";
  const Spend i1{"i1", 1, Day(0), false}, i2{"i2", 1, Day(0), false}, i3{"i3", 1, Day(0), true};
  std::vector<const Answer*> pointers;
  for (const Answer& a : answers) pointers.push_back(&a);
  EXPECT_EQ(CountRated(pointers, {&i1, &i2, &i3}), 1);
}

TEST(StaleTest, AScoreIsStaleAfter180DaysAndNotOnTheLastOfThem) {
  const Standing s{9, Band::kPromoter, Day(0), true};
  EXPECT_FALSE(IsStale(s, Day(180)));
  EXPECT_TRUE(IsStale(s, Day(180) + absl::Nanoseconds(1)));
}

}  // namespace
}  // namespace hoiam::scoring
