#include "scoring_service/domain/formula.h"

#include <gmock/gmock.h>

namespace hoiam::scoring {
namespace {

MetricView ViewOf(const MetricBook& book, const char* id, std::optional<Formula> formula = {}, int version = 0) {
  return {book.Versions(id), formula.value_or(DefaultFormula(id)), version};
}

Tally TallyOf(const std::vector<int>& values) {
  Tally t;
  for (int v : values) t.Add(v, {});
  return t;
}

// TASTE on 1–5: by version 1 only 5 is good, by version 2 also 4, and 3 counts half.
MetricBook Taste() {
  MetricBook book;
  MetricDef def{
      "TASTE",
      1,
      1,
      5,
      {{"bad", Band::kUnhappy, 1, 2, -1}, {"fair", Band::kIndifferent, 3, 4, 0}, {"good", Band::kHappy, 5, 5, 1}}};
  book.Add(def);
  def.version = 2;
  def.parts[1] = {"fair", Band::kIndifferent, 3, 3, 0.5};
  def.parts[2] = {"good", Band::kHappy, 4, 5, 1};
  book.Add(def);
  return book;
}

TEST(FormulaTest, EachMetricHasItsOwnFormulaAndAMeanOnlyWhereItMeansSomething) {
  const MetricBook book;
  const TallyByVersion ces = {{1, TallyOf({1, 4, 5, 6, 7})}};
  EXPECT_EQ(FigureOf(ViewOf(book, kCes), ces)->value, 60);
  EXPECT_EQ(FigureOf(ViewOf(book, kCes, Formula::kIndex), ces)->value, 20);
  EXPECT_EQ(FigureOf(ViewOf(book, kCes, Formula::kMean), ces)->value, 4.6);
  EXPECT_TRUE(HasFormula(kNps, Formula::kMean));
  EXPECT_FALSE(HasFormula(kExpectation, Formula::kMean)) << "never a mean of ratios";
  EXPECT_FALSE(HasFormula(kIdealGap, Formula::kMean));
  EXPECT_FALSE(HasFormula(kNps, Formula::kIndex));
  EXPECT_FALSE(HasFormula(kCsat, Formula::kOwn));
  EXPECT_TRUE(HasFormula("TASTE", Formula::kOwn));
  EXPECT_TRUE(HasFormula(kCsi, Formula::kRescaled));
}

TEST(FormulaTest, ExpectationIsBelowAtAndAboveAndNeverAMean) {
  const MetricBook book;
  const TallyByVersion t = {{1, TallyOf({0, 0, 1, 2, 2, 2, 1, 1})}};
  const auto shares = SharesOf(ViewOf(book, kExpectation), t);  // F15
  ASSERT_EQ(shares.size(), 3u);
  EXPECT_EQ(shares[0].name, "below");
  EXPECT_EQ(shares[0].count, 2);
  EXPECT_EQ(shares[1].count, 3);
  EXPECT_EQ(shares[2].count, 3);
  EXPECT_EQ(FigureOf(ViewOf(book, kExpectation), t)->value, 75);
  EXPECT_EQ(FigureOf(ViewOf(book, kIdealGap), {{1, TallyOf({0, 0, 0, 1})}})->value, 25);
}

TEST(FormulaTest, AnAnswerCountsByTheVersionThatWasInForce) {
  const MetricBook book = Taste();
  const TallyByVersion t = {{1, TallyOf({4, 5})}, {2, TallyOf({3, 4})}};
  EXPECT_EQ(FigureOf(ViewOf(book, "TASTE"), t)->value, 62.5);  // 0 + 1 + ½ + 1
  const auto shares = SharesOf(ViewOf(book, "TASTE"), t);
  EXPECT_EQ(shares[1].count, 2);
  EXPECT_EQ(shares[2].count, 2);
}

TEST(FormulaTest, OldAnswersCanBeCountedByANewVersionOnRequest) {
  const MetricBook book = Taste();
  const TallyByVersion t = {{1, TallyOf({4, 5})}, {2, TallyOf({3, 4})}};
  EXPECT_EQ(FigureOf(ViewOf(book, "TASTE", {}, 2), t)->value, 87.5);
  EXPECT_EQ(FigureOf(ViewOf(book, "TASTE", {}, 1), t)->value, 25);
}

TEST(FormulaTest, MoneyIsKeptByPartAndCurrency) {
  const MetricBook book;
  Tally t;
  t.Add(10, {{"VND", {*Decimal::ParseAmount("100"), *Decimal::ParseAmount("7")}}});
  t.Add(9, {{"VND", {*Decimal::ParseAmount("50"), {}}}, {"USD", {*Decimal::ParseAmount("2"), {}}}});
  t.Add(0, {{"VND", {*Decimal::ParseAmount("1"), {}}}});
  const auto shares = SharesOf(ViewOf(book, kNps), {{1, t}});
  EXPECT_EQ(shares[2].money.at("VND").revenue.ToString(), "150");
  EXPECT_EQ(shares[2].money.at("VND").cost.ToString(), "7");
  EXPECT_EQ(shares[2].money.at("USD").revenue.ToString(), "2");
  EXPECT_TRUE(shares[1].money.empty());
}

TEST(FormulaTest, WithoutAnswersThereIsNoFigureButThereAreParts) {
  const MetricBook book;
  EXPECT_FALSE(FigureOf(ViewOf(book, kNps), {}));
  EXPECT_EQ(SharesOf(ViewOf(book, kNps), {}).size(), 3u);
  EXPECT_EQ(WeightedPartsOf(ViewOf(book, kNps), {}).size(), 3u) << "how far the scale reaches";
}

TEST(FormulaTest, AScoreReachesAsFarAsItsWeights) {
  const MetricBook book = Taste();
  EXPECT_EQ(RangeOf(ViewOf(book, kNps)).low, -100);
  EXPECT_EQ(RangeOf(ViewOf(book, kCsat)).low, 0);
  EXPECT_EQ(RangeOf(ViewOf(book, kCsat, Formula::kMean)).low, 1);
  EXPECT_EQ(RangeOf(ViewOf(book, kCsi)).low, 10);
  EXPECT_EQ(RangeOf(ViewOf(book, "TASTE")).high, 100);
}

}  // namespace
}  // namespace hoiam::scoring
