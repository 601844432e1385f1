#include "survey_service/domain/metric.h"

#include <gmock/gmock.h>

#include <limits>

#include "absl/strings/str_cat.h"
#include "survey_service/domain/currency.h"
#include "survey_service/domain/metric_definition.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Metric& Built(absl::string_view id) { return *FindBuiltInMetric(id); }

TEST(MetricTest, ZeroIsAnAnswerToNpsAndToNothingElse) {
  EXPECT_TRUE(Built("NPS").scale.Holds(0));
  EXPECT_FALSE(Built("CSAT").scale.Holds(0));
  EXPECT_FALSE(Built("CES").scale.Holds(0));
}

TEST(MetricTest, ScalesEndWhereTheyShould) {
  EXPECT_TRUE(Built("NPS").scale.Holds(10));
  EXPECT_FALSE(Built("NPS").scale.Holds(11));
  EXPECT_TRUE(Built("CSAT").scale.Holds(5));
  EXPECT_FALSE(Built("CSAT").scale.Holds(6));
  EXPECT_TRUE(Built("CES").scale.Holds(7));
  EXPECT_FALSE(Built("CES").scale.Holds(8));
  EXPECT_FALSE(Built("NPS").scale.Holds(7.5));
  EXPECT_FALSE(Built("NPS").scale.Holds(std::numeric_limits<double>::quiet_NaN()));
}

TEST(MetricTest, BandsCoverEachScaleWorstFirst) {
  const auto bands = [](const Metric& m) {
    std::string out;
    for (int score = m.scale.min; score <= m.scale.max; ++score)
      absl::StrAppend(&out, out.empty() ? "" : " ", BandOf(m, score).substr(0, 3));
    return out;
  };
  EXPECT_EQ(bands(Built("NPS")), "DET DET DET DET DET DET DET PAS PAS PRO PRO");
  EXPECT_EQ(bands(Built("CSAT")), "DIS DIS NEU SAT SAT");
  EXPECT_EQ(bands(Built("CES")), "DIF DIF DIF MOD EAS EAS EAS");
  EXPECT_EQ(BandOf(Built("CSI"), 5), "");
  EXPECT_FALSE(HasScore(Built("CSI")));
}

TEST(MetricTest, NamesAreExact) {
  for (const char* id : {"NPS", "CSAT", "CES", "CSI"}) EXPECT_EQ(Built(id).id, id);
  EXPECT_EQ(FindBuiltInMetric("nps"), nullptr);
  EXPECT_EQ(FindBuiltInMetric(""), nullptr);
}

TEST(MetricTest, WhatHoiamBringsIsAGoodDefinition) {
  for (const MetricPtr& m : BuiltInMetrics()) {
    if (!HasScore(*m)) continue;
    EXPECT_THAT(CheckDefinition(*m), IsEmpty()) << m->id;
    EXPECT_TRUE(IsMetricId(m->id) && IsTakenMetricId(m->id));
  }
}

TEST(MetricTest, ABookHasWhatHoiamBringsAndWhatWasPutIn) {
  MetricBook book;
  book.Add(nullptr);
  EXPECT_EQ(book.Find("HAPPY"), nullptr);
  Metric own;
  own.id = "HAPPY";
  own.version = 2;
  book.Add(std::make_shared<const Metric>(own));
  EXPECT_EQ(book.Find("HAPPY")->version, 2);
  EXPECT_EQ(book.Find("NPS"), FindBuiltInMetric("NPS"));
}

// A five-point scale of one's own: bad 1–2, fair 3, good 4–5.
Metric Own() {
  Metric m;
  m.id = "TASTE";
  m.scale = {1, 5};
  m.parts = {{"bad", Mood::kUnhappy, 1, 2, -1, "UNHAPPY"},
             {"fair", Mood::kIndifferent, 3, 3, 0, "INDIFFERENT"},
             {"good", Mood::kHappy, 4, 5, 1, "HAPPY"}};
  return m;
}

std::vector<std::string> Show(const std::vector<Problem>& problems) {
  std::vector<std::string> out;
  for (const Problem& p : problems) out.push_back(absl::StrCat(p.path, " ", p.reason));
  return out;
}

std::vector<std::string> Check(const Metric& m) { return Show(CheckDefinition(m)); }

TEST(MetricDefinitionTest, IdsAreUpperSnakeOfTwoToSixteenAndNotTaken) {
  for (const char* id : {"AB", "TASTE", "A1_B", "ABCDEFGHIJKLMNOP"}) {
    EXPECT_TRUE(IsMetricId(id)) << id;
    EXPECT_FALSE(IsTakenMetricId(id)) << id;
  }
  for (const char* id : {"", "A", "1A", "_A", "taste", "TASTe", "A-B", "A B", "ABCDEFGHIJKLMNOPQ", "ĐO"})
    EXPECT_FALSE(IsMetricId(id)) << id;
  for (const char* id : {"NPS", "CSAT", "CES", "CSI", "EXPECTATION", "IDEAL_GAP", "CSI_IMPORTANCE", "CSI_CHOSEN"})
    EXPECT_TRUE(IsTakenMetricId(id)) << id;
}

TEST(MetricDefinitionTest, TheScaleLiesWithinZeroAndTen) {
  EXPECT_THAT(Check(Own()), IsEmpty());
  Metric m = Own();
  m.scale = {-1, 5};
  EXPECT_THAT(Check(m), ElementsAre("min OUT_OF_RANGE", "parts[0].low SCALE_GAP"));
  m = Own();
  m.scale = {1, 11};
  EXPECT_THAT(Check(m), ElementsAre("max OUT_OF_RANGE", "parts[2].high SCALE_GAP"));
  m = Own();
  m.scale = {5, 5};
  EXPECT_THAT(Check(m), ElementsAre("max EMPTY_RANGE", "parts[0].low PARTS_OVERLAP"));
}

TEST(MetricDefinitionTest, TwoToFivePartsCoverTheScaleWithoutGapOrOverlap) {
  Metric m = Own();
  m.parts.resize(1);
  EXPECT_THAT(Check(m), ElementsAre("parts TOO_FEW"));
  m.parts.clear();
  EXPECT_THAT(Check(m), ElementsAre("parts TOO_FEW"));
  m.parts.resize(6);
  EXPECT_THAT(Check(m), ElementsAre("parts TOO_MANY"));
  m = Own();
  m.parts[1].low = 2;
  EXPECT_THAT(Check(m), ElementsAre("parts[1].low PARTS_OVERLAP"));
  m = Own();
  m.parts[0].high = 1;
  EXPECT_THAT(Check(m), ElementsAre("parts[1].low SCALE_GAP"));
  m = Own();
  m.parts[2].high = 4;
  EXPECT_THAT(Check(m), ElementsAre("parts[2].high SCALE_GAP"));
  m = Own();
  m.parts[0].high = 0;
  EXPECT_THAT(Check(m), ElementsAre("parts[0].high EMPTY_RANGE", "parts[1].low SCALE_GAP"));
  m = Own();
  m.parts[0].high = std::numeric_limits<int>::max();
  EXPECT_THAT(Check(m), ElementsAre("parts[1].low PARTS_OVERLAP"));
}

TEST(MetricDefinitionTest, EveryScaleCutInTwoAnywhereIsGoodAndShiftedByOneIsNot) {
  for (int min = 0; min < kMaxMetricScore; ++min) {
    for (int max = min + 1; max <= kMaxMetricScore; ++max) {
      for (int cut = min; cut < max; ++cut) {
        Metric m = Own();
        m.scale = {min, max};
        m.parts = {{"low", Mood::kUnhappy, min, cut, 0, ""}, {"high", Mood::kHappy, cut + 1, max, 1, ""}};
        EXPECT_THAT(Check(m), IsEmpty()) << min << " " << cut << " " << max;
        m.parts[1].low += 1;
        EXPECT_FALSE(Check(m).empty()) << min << " " << cut << " " << max;
      }
    }
  }
}

TEST(MetricDefinitionTest, NamesAndMoodsAreSaidAndNamesAreUnique) {
  Metric m = Own();
  m.parts[0].name = "";
  m.parts[1].name = "Fair";
  m.parts[2].mood = Mood::kUnspecified;
  EXPECT_THAT(Check(m), ElementsAre("parts[0].name REQUIRED", "parts[1].name INVALID_NAME", "parts[2].mood REQUIRED"));
  m = Own();
  m.parts[2].name = "bad";
  EXPECT_THAT(Check(m), ElementsAre("parts[2].name DUPLICATE_NAME"));
  m.parts[2].name = std::string(33, 'a');
  EXPECT_THAT(Check(m), ElementsAre("parts[2].name INVALID_NAME"));
  m.parts[2].name = std::string(32, 'a');
  EXPECT_THAT(Check(m), IsEmpty());
}

TEST(MetricDefinitionTest, WeightsAreThousandthsWithinOneAndNotAllTheSame) {
  Metric m = Own();
  for (double good : {-1.0, -0.999, 0.0, 0.125, 0.333, 1.0}) {
    m.parts[1].weight = good;
    EXPECT_THAT(Check(m), IsEmpty()) << good;
  }
  for (double bad : {-1.001, 1.5, 0.0005, 0.3333, std::numeric_limits<double>::quiet_NaN(),
                     std::numeric_limits<double>::infinity()}) {
    m.parts[1].weight = bad;
    EXPECT_THAT(Check(m), ElementsAre("parts[1].weight OUT_OF_RANGE")) << bad;
  }
  for (Metric::Part& p : m.parts) p.weight = 0.5;
  EXPECT_THAT(Check(m), ElementsAre("parts WEIGHTS_ALL_EQUAL"));
}

TEST(MetricDefinitionTest, ScaleAndNamesAndMoodsAreFixedBoundsAndWeightsMakeAnotherFormula) {
  const Metric before = Own();
  EXPECT_FALSE(IsAnotherFormula(before, before));
  Metric after = Own();
  after.name = {"Khẩu vị", "Taste"};
  after.scope = Scope::kProductUse;
  EXPECT_FALSE(IsAnotherFormula(before, after));
  after.parts[0].high = 3;
  after.parts[1].low = after.parts[1].high = 4;
  after.parts[2].low = 5;
  EXPECT_TRUE(IsAnotherFormula(before, after));
  EXPECT_THAT(Show(CheckFixed(before, after)), IsEmpty());
  after = Own();
  after.parts[1].weight = 0.5;
  EXPECT_TRUE(IsAnotherFormula(before, after));
  EXPECT_THAT(Show(CheckFixed(before, after)), IsEmpty());
  after.scale = {0, 6};
  after.parts[0].name = "awful";
  after.parts[2].mood = Mood::kIndifferent;
  EXPECT_THAT(Show(CheckFixed(before, after)), ElementsAre("min METRIC_FIXED", "max METRIC_FIXED",
                                                           "parts[0].name METRIC_FIXED", "parts[2].mood METRIC_FIXED"));
  after.parts.pop_back();
  EXPECT_THAT(Show(CheckFixed(before, after)),
              ElementsAre("min METRIC_FIXED", "max METRIC_FIXED", "parts METRIC_FIXED"));
}

TEST(CurrencyTest, OnlyActiveCodesAreCurrencies) {
  for (const char* code : {"VND", "USD", "EUR", "BRL", "AED", "ZWG", "JPY"}) EXPECT_TRUE(IsCurrency(code)) << code;
  for (const char* code : {"", "vnd", "VN", "VNDD", "XXX", "DEM", "₫"}) EXPECT_FALSE(IsCurrency(code)) << code;
}

TEST(MetricTest, TheLowestScoresAreTheLowestThirdOfTheUnhappyOnes) {
  const auto up_to = [](const Metric& m) {
    int last = m.scale.min - 1;
    for (int score = m.scale.min - 1; score <= m.scale.max + 1; ++score)
      if (IsLowest(m, score)) last = score;
    return last;
  };
  EXPECT_EQ(up_to(Built("NPS")), 2);
  EXPECT_EQ(up_to(Built("CSAT")), 1);
  EXPECT_EQ(up_to(Built("CES")), 1);
  EXPECT_FALSE(IsLowest(Built("NPS"), -1));
  EXPECT_FALSE(IsLowest(Built("CSI"), 1));
  Metric stars = Built("CSAT");
  stars.scale = {1, 10};
  stars.parts = {{"low", Mood::kUnhappy, 1, 4, 0, "UNHAPPY"}, {"high", Mood::kHappy, 5, 10, 1, "HAPPY"}};
  EXPECT_EQ(up_to(stars), 2);
}

}  // namespace
}  // namespace hoiam::survey
