#include "survey_service/domain/metric.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "survey_service/domain/currency.h"

namespace hoiam::survey {
namespace {

TEST(MetricTest, ZeroIsAnAnswerToNpsAndToNothingElse) {
  EXPECT_TRUE(RangeOf(Metric::kNps).Holds(0));
  EXPECT_FALSE(RangeOf(Metric::kCsat).Holds(0));
  EXPECT_FALSE(RangeOf(Metric::kCes).Holds(0));
}

TEST(MetricTest, ScalesEndWhereTheyShould) {
  EXPECT_TRUE(RangeOf(Metric::kNps).Holds(10));
  EXPECT_FALSE(RangeOf(Metric::kNps).Holds(11));
  EXPECT_TRUE(RangeOf(Metric::kCsat).Holds(5));
  EXPECT_FALSE(RangeOf(Metric::kCsat).Holds(6));
  EXPECT_TRUE(RangeOf(Metric::kCes).Holds(7));
  EXPECT_FALSE(RangeOf(Metric::kCes).Holds(8));
  EXPECT_FALSE(RangeOf(Metric::kNps).Holds(7.5));
  EXPECT_FALSE(RangeOf(Metric::kNps).Holds(std::numeric_limits<double>::quiet_NaN()));
}

TEST(MetricTest, BandsCoverEachScaleWorstFirst) {
  const auto bands = [](Metric m) {
    std::string out;
    for (int score = RangeOf(m).min; score <= RangeOf(m).max; ++score)
      absl::StrAppend(&out, out.empty() ? "" : " ", BandOf(m, score).substr(0, 3));
    return out;
  };
  EXPECT_EQ(bands(Metric::kNps), "DET DET DET DET DET DET DET PAS PAS PRO PRO");
  EXPECT_EQ(bands(Metric::kCsat), "DIS DIS NEU SAT SAT");
  EXPECT_EQ(bands(Metric::kCes), "DIF DIF DIF MOD EAS EAS EAS");
}

TEST(MetricTest, NamesAreExact) {
  for (Metric m : {Metric::kNps, Metric::kCsat, Metric::kCes}) EXPECT_EQ(ParseMetric(MetricName(m)), m);
  EXPECT_FALSE(ParseMetric("nps"));
  EXPECT_EQ(ParseMetric("CSI"), Metric::kCsi);
  EXPECT_FALSE(ParseMetric(""));
}

TEST(CurrencyTest, OnlyActiveCodesAreCurrencies) {
  for (const char* code : {"VND", "USD", "EUR", "BRL", "AED", "ZWG", "JPY"}) EXPECT_TRUE(IsCurrency(code)) << code;
  for (const char* code : {"", "vnd", "VN", "VNDD", "XXX", "DEM", "₫"}) EXPECT_FALSE(IsCurrency(code)) << code;
}

}  // namespace
}  // namespace hoiam::survey
