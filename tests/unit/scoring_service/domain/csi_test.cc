#include "scoring_service/domain/csi.h"

#include <gmock/gmock.h>

#include <random>

#include "absl/strings/str_cat.h"

namespace hoiam::scoring {
namespace {

CsiAttribute Attribute(int object, int score, int importance, int64_t n = 1) {
  CsiAttribute a;
  a.object = object;
  a.question_id = absl::StrCat("q", score);
  a.scores[score] = n;
  if (importance > 0) a.importance[importance] = n;
  return a;
}

// Objects do not tell them apart: their questions are numbered.
std::optional<CsiFigure> CsiOf(const std::vector<CsiAttribute>& attributes, CsiVariant variant) {
  CsiTallies tallies;
  for (size_t i = 0; i < attributes.size(); ++i) tallies.attributes[{0, absl::StrCat(i)}] = attributes[i];
  return CsiOf(tallies, variant);
}

TEST(CsiTest, HasTheVectorOfTheRequirements) {
  const auto csi =
      CsiOf({Attribute(1, 8, 7), Attribute(1, 4, 5), Attribute(2, 8, 9), Attribute(2, 3, 3), Attribute(3, 4, 6)},
            CsiVariant::kWeighted);  // F9
  EXPECT_EQ(csi->figure.value, 60.333);
  EXPECT_EQ(csi->weights, CsiWeights::kRated);
  EXPECT_EQ(csi->figure.method, IntervalMethod::kWeightedBound);
  EXPECT_DOUBLE_EQ(csi->attributes[2].weight, 0.3);
  EXPECT_EQ(csi->attributes[2].importance, 9);
}

TEST(CsiTest, EachObjectIsAnIndexByItself) {
  const auto csi = CsiOf({Attribute(1, 8, 7), Attribute(1, 4, 5), Attribute(3, 4, 6)}, CsiVariant::kWeighted);
  ASSERT_EQ(csi->objects.size(), 2u);
  EXPECT_EQ(csi->objects.at(1).value, 63.333);  // 10·(7·8 + 5·4)/12
  EXPECT_EQ(csi->objects.at(3).value, 40);
}

TEST(CsiTest, RescaledReachesFromZeroToHundred) {
  EXPECT_EQ(CsiOf({Attribute(1, 1, 5)}, CsiVariant::kRescaled)->figure.value, 0);
  EXPECT_EQ(CsiOf({Attribute(1, 10, 5)}, CsiVariant::kRescaled)->figure.value, 100);
  EXPECT_EQ(CsiOf({Attribute(1, 1, 5)}, CsiVariant::kWeighted)->figure.value, 10);
}

TEST(CsiTest, EqualWeightsGiveTheMeanOfTheAttributes) {
  const std::vector<CsiAttribute> same = {Attribute(1, 8, 5), Attribute(1, 4, 5), Attribute(2, 3, 5)};
  const std::vector<CsiAttribute> none = {Attribute(1, 8, 0), Attribute(1, 4, 0), Attribute(2, 3, 0)};
  EXPECT_EQ(CsiOf(same, CsiVariant::kWeighted)->figure.value, 50);
  EXPECT_EQ(CsiOf(none, CsiVariant::kWeighted)->figure.value, 50);
  EXPECT_EQ(CsiOf(none, CsiVariant::kWeighted)->weights, CsiWeights::kEqual);
  EXPECT_FALSE(CsiOf(none, CsiVariant::kWeighted)->attributes[0].importance);
}

TEST(CsiTest, WithoutRatedImportanceTheShareThatChoseItWeighs) {
  CsiAttribute a = Attribute(1, 8, 0), b = Attribute(1, 4, 0);
  a.asked = b.asked = 10;
  a.chosen = 9, b.chosen = 3;
  const auto csi = CsiOf({a, b}, CsiVariant::kWeighted);
  EXPECT_EQ(csi->weights, CsiWeights::kChosen);
  EXPECT_EQ(csi->figure.value, 70);
  EXPECT_EQ(csi->attributes[0].importance, 0.9);
}

TEST(CsiTest, WithoutImportancePositiveCorrelationsWeighAndOthersDoNot) {
  CsiAttribute a = Attribute(1, 8, 0), b = Attribute(1, 4, 0), c = Attribute(2, 2, 0);
  a.correlation = 0.6, b.correlation = 0.2, c.correlation = -0.5;
  const auto csi = CsiOf({a, b, c}, CsiVariant::kWeighted);
  EXPECT_EQ(csi->weights, CsiWeights::kDerived);
  EXPECT_EQ(csi->figure.value, 70);
  EXPECT_EQ(csi->attributes[2].weight, 0);
  EXPECT_EQ(csi->objects.at(2).value, 20) << "by itself, its only attribute is all there is";
}

TEST(CsiTest, ASourceThatLacksAnAttributeIsNotMixedWithAnother) {
  CsiAttribute a = Attribute(1, 8, 9), b = Attribute(1, 4, 0);
  EXPECT_EQ(CsiOf({a, b}, CsiVariant::kWeighted)->weights, CsiWeights::kEqual);
  b.scores = Counts{};
  EXPECT_EQ(CsiOf({a, b}, CsiVariant::kWeighted)->weights, CsiWeights::kRated) << "what nobody rated is not there";
}

TEST(CsiTest, NobodyRatedIsNoIndex) { EXPECT_FALSE(CsiOf({CsiAttribute()}, CsiVariant::kWeighted)); }

TEST(CsiTest, AHigherRatingNeverLowersTheIndexAndTheIntervalHoldsItWithinTheScale) {
  std::mt19937 rng(11);
  for (int round = 0; round < 500; ++round) {
    std::vector<CsiAttribute> attributes;
    for (int i = 0; i < 4; ++i) {
      CsiAttribute a;
      a.object = 1 + i % 3;
      for (int k = 0; k < 6; ++k) ++a.scores[1 + rng() % 9], ++a.importance[1 + rng() % 10];
      attributes.push_back(a);
    }
    for (CsiVariant variant : {CsiVariant::kWeighted, CsiVariant::kRescaled}) {
      const auto csi = CsiOf(attributes, variant);
      EXPECT_LE(csi->figure.interval.low, csi->figure.value + 0.0005);
      EXPECT_GE(csi->figure.interval.high, csi->figure.value - 0.0005);
      EXPECT_GE(csi->figure.interval.low, variant == CsiVariant::kWeighted ? 10 : 0);
      EXPECT_LE(csi->figure.interval.high, 100);
      std::vector<CsiAttribute> better = attributes;
      Counts& scores = better[rng() % 4].scores;
      for (int s = 1; s <= 9; ++s)
        if (scores[s] > 0) {
          --scores[s], ++scores[s + 1];
          break;
        }
      EXPECT_GE(CsiOf(better, variant)->figure.value, csi->figure.value);
    }
  }
}

TEST(CsiTest, ItemsAreCountedAsAttributesAndObjects) {
  const auto counts = [](int value, int64_t n) {
    Counts c{};
    c[value] = n;
    return c;
  };
  CsiTallies t;
  t.Add(kCsi, "", counts(7, 5));
  t.Add(kCsi, "service", counts(8, 5));
  t.Add(kCsi, "service/speed", counts(9, 5));
  t.Add(kCsi, "shipping", counts(9, 5));
  t.Add(kCsiImportance, "service/speed", counts(6, 2));
  t.Add(kCsiChosen, "service/speed", counts(1, 3));
  t.Add(kCsiChosen, "service/speed", counts(0, 1));
  EXPECT_EQ(t.responses, (std::map<int, int64_t>{{2, 5}}));
  ASSERT_EQ(t.attributes.size(), 1u);
  const CsiAttribute& speed = t.attributes.at({2, "speed"});
  EXPECT_EQ(speed.scores[9], 5);
  EXPECT_EQ(speed.importance[6], 2);
  EXPECT_EQ(speed.asked, 4);
  EXPECT_EQ(speed.chosen, 3);
  CsiTallies twice = t;
  twice.Merge(t);
  EXPECT_EQ(twice.responses.at(2), 10);
  EXPECT_EQ(twice.attributes.at({2, "speed"}).scores[9], 10);
  EXPECT_EQ(twice.attributes.at({2, "speed"}).asked, 8);
}

std::optional<double> Correlation(const std::vector<std::pair<double, double>>& pairs) {
  Correlator c;
  for (const auto& [x, y] : pairs) c.Add(x, y);
  return c.Value();
}

TEST(CorrelationTest, IsPearsons) {
  EXPECT_NEAR(*Correlation({{1, 2}, {2, 4}, {3, 6}}), 1, 1e-12);
  EXPECT_NEAR(*Correlation({{1, 6}, {2, 4}, {3, 2}}), -1, 1e-12);
  EXPECT_NEAR(*Correlation({{1, 1}, {2, 3}, {3, 2}, {4, 4}}), 0.8, 1e-12);
  EXPECT_FALSE(Correlation({{1, 2}, {2, 4}}));
  EXPECT_FALSE(Correlation({{1, 2}, {2, 2}, {3, 2}}));
  EXPECT_FALSE(Correlation({{0.1, 2}, {0.1, 4}, {0.1, 7}}));
}

}  // namespace
}  // namespace hoiam::scoring
