#include "scoring_service/domain/sheet.h"

#include <gmock/gmock.h>

#include "absl/time/civil_time.h"
#include "scoring_service/domain/passive.h"

namespace hoiam::scoring {
namespace {

using ::testing::FieldsAre;

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
  EXPECT_EQ(s.at(kNps).previous->score, 7);
  EXPECT_EQ(s.at(kCsat).score, 5);
  EXPECT_FALSE(s.at(kCsat).previous);
  EXPECT_FALSE(s.contains(kCes));
}

TEST(StandingsTest, SkippedAndVoidedAnswersDoNotStand) {
  Answer voided = Given("b", kNps, 0, Day(2));
  voided.voided = true;
  const auto s = Of({Given("a", kNps, 0, Day(1)), voided, Given("c", kNps, std::nullopt, Day(3))});
  EXPECT_EQ(s.at(kNps).score, 0);
  EXPECT_FALSE(s.at(kNps).previous);
}

TEST(StandingsTest, AnswersOfTheSameMomentAreOrderedById) {
  const auto s = Of({Given("b", kNps, 2, Day(1)), Given("a", kNps, 1, Day(1))});
  EXPECT_EQ(s.at(kNps).score, 2);
  EXPECT_EQ(s.at(kNps).previous->score, 1);
}

TEST(StandingsTest, WhicheverOrderAnswersComeInTheSameTwoStand) {
  std::vector<Answer> answers = {Given("a", kNps, 9, Day(5)), Given("b", kNps, 3, Day(1)), Given("c", kNps, 7, Day(3)),
                                 Given("d", kNps, 1, Day(3)), Given("e", kNps, 2, Day(0))};
  std::vector<int> order = {0, 1, 2, 3, 4};
  do {
    Standings s;
    for (const int i : order) AddAnswer(answers[i], s);
    const Standing& nps = s.at(kNps);
    EXPECT_THAT(std::tie(nps.score, nps.response_id, nps.responses), FieldsAre(9, "a", 5));
    EXPECT_EQ(nps.previous->score, 1) << "of the same day the one of the greater id";
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(SellBlockTest, AnOpenDetractorCaseBlocks) {
  Sheet sheet = SheetWith(kNps, 10, Day(0));
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kNone);
  CountCases({{true, true}, {true, false}}, sheet);
  EXPECT_EQ(sheet.open_cases, 2);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kOpenCase);
  CountCases({{true, false}}, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kNone);
}

TEST(SellBlockTest, AnUnhappyLastScoreBlocksUntilACaseIsResolvedAfterIt) {
  Sheet sheet = SheetWith(kCes, 3, Day(1));
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kUnresolvedDetractor);
  CountCases({{false, true, Day(0), Day(0)}}, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kUnresolvedDetractor) << "resolved before the answer";
  CountCases({{false, true, Day(0), Day(0)}, {false, true, Day(0), Day(2)}}, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kNone);
  CountCases({{false, true}}, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kUnresolvedDetractor) << "a cancelled case resolves nothing";
}

TEST(SellBlockTest, AnOpenComplaintOrReturnBlocksUntilItIsClosedOrAMonthHasPassed) {
  Sheet sheet = SheetWith(kNps, 3, Day(1));
  SetOpen({"r", false, Day(0)}, true, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kOpenReturn) << "weightier than an unresolved score";
  SetOpen({"c2", true, Day(5)}, true, sheet);
  SetOpen({"c1", true, Day(3)}, true, sheet);
  SetOpen({"c1", true, Day(3)}, true, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kOpenComplaint);
  EXPECT_EQ(MaySell(sheet, Day(9)).since, Day(3)) << "the oldest complaint";
  EXPECT_EQ(MaySell(sheet, Day(34)).since, Day(5)) << "what is open for more than a month was forgotten";
  SetOpen({"c2", true, Day(5)}, false, sheet);
  SetOpen({"c1", true, Day(3)}, false, sheet);
  SetOpen({"c1", true, Day(3)}, false, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kOpenReturn);
  SetOpen({"r", false, Day(0)}, false, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kUnresolvedDetractor);
  CountCases({{true, true, Day(2)}}, sheet);
  EXPECT_EQ(MaySell(sheet, Day(9)).since, Day(2));
}

TEST(SellBlockTest, ImportedHistoryBlocksNothing) {
  EXPECT_EQ(MaySell(SheetWith(kNps, 0, Day(0), /*full=*/false), Day(9)).block, SellBlock::kNone);
}

TEST(SellBlockTest, TheEdgesOfTheUnhappyPartsBlockAndTheNextScoresDoNot) {
  EXPECT_NE(MaySell(SheetWith(kNps, 6, Day(0)), Day(9)).block, SellBlock::kNone);
  EXPECT_EQ(MaySell(SheetWith(kNps, 7, Day(0)), Day(9)).block, SellBlock::kNone);
  EXPECT_NE(MaySell(SheetWith(kCsat, 2, Day(0)), Day(9)).block, SellBlock::kNone);
  EXPECT_EQ(MaySell(SheetWith(kCsat, 3, Day(0)), Day(9)).block, SellBlock::kNone);
  EXPECT_NE(MaySell(SheetWith(kCes, 3, Day(0)), Day(9)).block, SellBlock::kNone);
  EXPECT_EQ(MaySell(SheetWith(kCes, 4, Day(0)), Day(9)).block, SellBlock::kNone);
}

TEST(SellBlockTest, ABetterLaterScoreOfTheSameMetricLiftsTheBlock) {
  Sheet sheet;
  sheet.standings = Of({Given("a", kNps, 2, Day(0)), Given("b", kNps, 9, Day(1))});
  EXPECT_EQ(MaySell(sheet, Day(9)).block, SellBlock::kNone);
}

TEST(PassiveTest, IsWhoseLastNpsIsSevenOrEightAndHiddenWhenTheLastCsatIsSatisfied) {
  Answer nps = Given("a", kNps, 8, Day(0)), csat = Given("b", kCsat, 4, Day(0));
  nps.represented = {{"VND", {*Decimal::ParseAmount("5"), {}}}};
  EXPECT_EQ(PassiveOf(Of({csat}), "FIT"), std::nullopt);
  const auto p = PassiveOf(Of({nps, csat}), "FIT");
  ASSERT_TRUE(p);
  EXPECT_TRUE(p->hidden);
  EXPECT_EQ(p->icp_rank, 0);
  EXPECT_EQ(p->represented, nps.represented);
  EXPECT_FALSE(PassiveOf(Of({nps}), "")->hidden);
  EXPECT_EQ(PassiveOf(Of({nps}), "")->icp_rank, 1);
  EXPECT_EQ(PassiveOf(Of({nps}), "NO_FIT")->icp_rank, 2);
  Answer later = Given("c", kNps, 9, Day(1));
  EXPECT_EQ(PassiveOf(Of({nps, csat, later}), "FIT"), std::nullopt);
  later.voided = true;
  EXPECT_TRUE(PassiveOf(Of({nps, csat, later}), "FIT"));
}

TEST(StaleTest, AScoreIsStaleAfter180DaysAndNotOnTheLastOfThem) {
  const Standing s{9, Band::kPromoter, Day(0), true};
  EXPECT_FALSE(IsStale(s, Day(180)));
  EXPECT_TRUE(IsStale(s, Day(180) + absl::Nanoseconds(1)));
}

}  // namespace
}  // namespace hoiam::scoring
