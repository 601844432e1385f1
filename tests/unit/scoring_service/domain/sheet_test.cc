#include "scoring_service/domain/sheet.h"

#include <gmock/gmock.h>

#include "absl/time/civil_time.h"
#include "scoring_service/domain/headline.h"

namespace hoiam::scoring {
namespace {

const absl::TimeZone kZone = absl::FixedTimeZone(7 * 3600);
const absl::Time kDay0 = absl::FromCivil(absl::CivilSecond(2026, 11, 20, 10), kZone);
absl::Time Day(int d) { return kDay0 + absl::Hours(24) * d; }

Answer Given(const std::string& id, Metric metric, std::optional<int> score, absl::Time at, bool full = true) {
  Answer a;
  a.customer_id = "c";
  a.response_id = id;
  a.metric = metric;
  a.score = score;
  a.responded_at = at;
  a.full_effects = full;
  return a;
}

Standings Of(const std::vector<Answer>& answers) {
  std::vector<const Answer*> pointers;
  for (const Answer& a : answers) pointers.push_back(&a);
  return StandingsOf(pointers);
}

Sheet SheetWith(Metric metric, int score, absl::Time at, bool full = true) {
  Sheet sheet;
  sheet.standings = Of({Given("r", metric, score, at, full)});
  return sheet;
}

TEST(StandingsTest, TheLastAnswerIsTheOneGivenLastNotTheOneThatCameLast) {
  const auto s = Of({Given("a", Metric::kNps, 9, Day(5)), Given("b", Metric::kNps, 3, Day(1)),
                     Given("c", Metric::kNps, 7, Day(3)), Given("d", Metric::kCsat, 5, Day(9))});
  EXPECT_EQ(s[0]->score, 9);
  EXPECT_EQ(s[0]->previous, 7);
  EXPECT_EQ(s[1]->score, 5);
  EXPECT_EQ(s[1]->previous, std::nullopt);
  EXPECT_FALSE(s[2].has_value());
}

TEST(StandingsTest, SkippedAndVoidedAnswersDoNotStand) {
  Answer voided = Given("b", Metric::kNps, 0, Day(2));
  voided.voided = true;
  const auto s = Of({Given("a", Metric::kNps, 0, Day(1)), voided, Given("c", Metric::kNps, std::nullopt, Day(3))});
  EXPECT_EQ(s[0]->score, 0);
  EXPECT_EQ(s[0]->previous, std::nullopt);
}

TEST(StandingsTest, AnswersOfTheSameMomentAreOrderedById) {
  const auto s = Of({Given("b", Metric::kNps, 2, Day(1)), Given("a", Metric::kNps, 1, Day(1))});
  EXPECT_EQ(s[0]->score, 2);
  EXPECT_EQ(s[0]->previous, 1);
}

TEST(SellBlockTest, AnOpenDetractorCaseBlocks) {
  Sheet sheet = SheetWith(Metric::kNps, 10, Day(0));
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
  CountCases({{true, true, std::nullopt}, {true, false, std::nullopt}}, sheet);
  EXPECT_EQ(sheet.open_cases, 2);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kOpenCase);
  CountCases({{true, false, std::nullopt}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
}

TEST(SellBlockTest, AnUnhappyLastScoreBlocksUntilACaseIsResolvedAfterIt) {
  Sheet sheet = SheetWith(Metric::kCes, 3, Day(1));
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kUnresolvedDetractor);
  CountCases({{false, true, Day(0)}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kUnresolvedDetractor) << "resolved before the answer";
  CountCases({{false, true, Day(0)}, {false, true, Day(2)}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
  CountCases({{false, true, std::nullopt}}, sheet);
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kUnresolvedDetractor) << "a cancelled case resolves nothing";
}

TEST(SellBlockTest, ImportedHistoryBlocksNothing) {
  EXPECT_EQ(SellBlockOf(SheetWith(Metric::kNps, 0, Day(0), /*full=*/false)), SellBlock::kNone);
}

TEST(SellBlockTest, TheEdgesOfTheUnhappyPartsBlockAndTheNextScoresDoNot) {
  EXPECT_NE(SellBlockOf(SheetWith(Metric::kNps, 6, Day(0))), SellBlock::kNone);
  EXPECT_EQ(SellBlockOf(SheetWith(Metric::kNps, 7, Day(0))), SellBlock::kNone);
  EXPECT_NE(SellBlockOf(SheetWith(Metric::kCsat, 2, Day(0))), SellBlock::kNone);
  EXPECT_EQ(SellBlockOf(SheetWith(Metric::kCsat, 3, Day(0))), SellBlock::kNone);
  EXPECT_NE(SellBlockOf(SheetWith(Metric::kCes, 3, Day(0))), SellBlock::kNone);
  EXPECT_EQ(SellBlockOf(SheetWith(Metric::kCes, 4, Day(0))), SellBlock::kNone);
}

TEST(SellBlockTest, ABetterLaterScoreOfTheSameMetricLiftsTheBlock) {
  Sheet sheet;
  sheet.standings = Of({Given("a", Metric::kNps, 2, Day(0)), Given("b", Metric::kNps, 9, Day(1))});
  EXPECT_EQ(SellBlockOf(sheet), SellBlock::kNone);
}

TEST(RatedTest, CountsInteractionsThatAreNotVoidAndHaveACountedAnswer) {
  std::vector<Answer> answers = {Given("a", Metric::kNps, 9, Day(0)), Given("b", Metric::kCsat, 4, Day(0)),
                                 Given("c", Metric::kNps, std::nullopt, Day(0)), Given("d", Metric::kNps, 3, Day(0)),
                                 Given("e", Metric::kNps, 3, Day(0))};
  answers[0].interaction_id = answers[1].interaction_id = "i1";
  answers[2].interaction_id = "i2";
  answers[3].interaction_id = "i3";
  answers[4].interaction_id = "not here yet";
  const Spend i1{"i1", 1, Day(0), false, "", Decimal()}, i2{"i2", 1, Day(0), false, "", Decimal()},
      i3{"i3", 1, Day(0), true, "", Decimal()};
  std::vector<const Answer*> pointers;
  for (const Answer& a : answers) pointers.push_back(&a);
  EXPECT_EQ(CountRated(pointers, {&i1, &i2, &i3}), 1);
}

TEST(StaleTest, AScoreIsStaleAfter180DaysAndNotOnTheLastOfThem) {
  const Standing s{9, Day(0), true, std::nullopt};
  EXPECT_FALSE(IsStale(s, Day(180)));
  EXPECT_TRUE(IsStale(s, Day(180) + absl::Nanoseconds(1)));
}

TEST(HeadlineTest, NamesTheScoreTheCaseAndWhatToDo) {
  Sheet sheet = SheetWith(Metric::kNps, 3, Day(0));
  CountCases({{true, true, std::nullopt}}, sheet);
  const Headline h = HeadlineOf(sheet, Day(1), kZone);
  EXPECT_EQ(h.vi, "Chấm NPS 3/10 ngày 20/11/2026, phiếu xử lý đang mở – tạm ngưng chào bán");
  EXPECT_EQ(h.en, "Scored NPS 3/10 on 20 Nov 2026, case open – hold back selling");
}

TEST(HeadlineTest, ACustomerWhoNeverAnsweredHasNoFeedback) {
  const Headline h = HeadlineOf(Sheet(), Day(0), kZone);
  EXPECT_EQ(h.vi, "Chưa có phản hồi nào");
  EXPECT_EQ(h.en, "No feedback yet");
}

TEST(HeadlineTest, AHappyCustomerIsOneShortSentenceWithTheScoreBefore) {
  Sheet sheet;
  sheet.standings = Of({Given("a", Metric::kNps, 3, Day(-60)), Given("b", Metric::kNps, 9, Day(-15))});
  const Headline h = HeadlineOf(sheet, Day(0), kZone);
  EXPECT_EQ(h.vi, "Chấm NPS 9/10 ngày 05/11/2026 (lần trước 3)");
  EXPECT_EQ(h.en, "Scored NPS 9/10 on 5 Nov 2026 (3 before)");
}

TEST(HeadlineTest, TheUnresolvedScoreIsNamedEvenWhenALaterOneOfAnotherMetricIsBetter) {
  Sheet sheet;
  sheet.standings = Of({Given("a", Metric::kNps, 2, Day(0)), Given("b", Metric::kCsat, 5, Day(3))});
  const Headline h = HeadlineOf(sheet, Day(4), kZone);
  EXPECT_EQ(h.vi, "Chấm NPS 2/10 ngày 20/11/2026, chưa xử lý xong – tạm ngưng chào bán");
  EXPECT_EQ(h.en, "Scored NPS 2/10 on 20 Nov 2026, not resolved yet – hold back selling");
}

TEST(HeadlineTest, SaysWhenAScoreIsOld) {
  const Headline h = HeadlineOf(SheetWith(Metric::kCsat, 5, Day(0)), Day(200), kZone);
  EXPECT_EQ(h.vi, "Chấm CSAT 5/5 ngày 20/11/2026, đã quá 180 ngày");
  EXPECT_EQ(h.en, "Scored CSAT 5/5 on 20 Nov 2026, over 180 days ago");
}

}  // namespace
}  // namespace hoiam::scoring
