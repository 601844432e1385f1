#include "scoring_service/domain/observation.h"

#include <gmock/gmock.h>

namespace hoiam::scoring {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Type = AnsweredQuestion::Type;

Answer Given(const char* metric, std::optional<int> score, Band band,
             const std::vector<AnsweredQuestion>& questions = {}) {
  Answer a;
  a.response_id = "r";
  a.metric = metric;
  a.version = 1;
  a.score = score;
  a.band = band;
  a.observations = ObservationsOf(a, questions);
  return a;
}

AnsweredQuestion Rating(const char* id, int object, int score, std::optional<int> importance = std::nullopt) {
  AnsweredQuestion q{id, Type::kCsi, object};
  q.number = score;
  q.importance = importance;
  return q;
}
AnsweredQuestion Chosen(Type type, const char* id, std::vector<std::string> choices) {
  AnsweredQuestion q{id, type};
  q.choices = std::move(choices);
  return q;
}
AnsweredQuestion Ideal(const char* text) {
  AnsweredQuestion q{"ideal", Type::kIdeal};
  q.text = text;
  q.nothing_missing = q.text.empty();
  return q;
}
AnsweredQuestion Pair(int expected, int received) {
  AnsweredQuestion q{"pair", Type::kExpectationPair};
  q.expected = expected;
  q.number = received;
  return q;
}

std::optional<int> Of(const Answer& a, const char* metric) {
  const Observation* main = MainOf(metric, a.observations);
  return main ? std::optional(main->value) : std::nullopt;
}

TEST(ObservationTest, AnAnswerCountsForItsScoreAndForEachReasonThatWasChosen) {
  const Answer a =
      Given(kNps, 3, Band::kDetractor,
            {Chosen(Type::kMultipleChoice, "why", {"late", "rude"}), Chosen(Type::kSingleChoice, "where", {"shop"})});
  EXPECT_THAT(a.observations,
              UnorderedElementsAre(Observation{kNps, 1, "", 3}, Observation{kNps, 1, "why/late", 3},
                                   Observation{kNps, 1, "why/rude", 3}, Observation{kNps, 1, "where/shop", 3}));
}

TEST(ObservationTest, ASkippedScoreHasNoReasons) {
  EXPECT_THAT(Given(kNps, std::nullopt, Band::kNone, {Chosen(Type::kSingleChoice, "why", {"late"})}).observations,
              IsEmpty());
}

TEST(ObservationTest, RatingsCountByAttributeByObjectAndAsAWhole) {
  const Answer a =
      Given(kCsi, std::nullopt, Band::kNone,
            {Rating("speed", 2, 8, 7), Rating("price", 1, 3), Chosen(Type::kCsiImportance, "matters", {"speed"})});
  EXPECT_THAT(a.observations,
              UnorderedElementsAre(
                  Observation{kCsi, 1, "", 6}, Observation{kCsi, 1, "service", 8}, Observation{kCsi, 1, "product", 3},
                  Observation{kCsi, 1, "service/speed", 8}, Observation{kCsi, 1, "product/price", 3},
                  Observation{kCsiImportance, 1, "service/speed", 7}, Observation{kCsiChosen, 1, "service/speed", 1},
                  Observation{kCsiChosen, 1, "product/price", 0}));
  EXPECT_EQ(BandOf(a, *MainOf(kCsi, a.observations)), Band::kNeutral);
}

TEST(ObservationTest, WhatWasExpectedIsBelowAtOrAboveAndOfSeveralTheLowest) {
  EXPECT_EQ(Of(Given(kNps, 9, Band::kPromoter, {Pair(7, 6)}), kExpectation), 0);
  EXPECT_EQ(Of(Given(kNps, 9, Band::kPromoter, {Pair(7, 7)}), kExpectation), 1);
  EXPECT_EQ(Of(Given(kNps, 9, Band::kPromoter, {Pair(1, 10)}), kExpectation), 2);
  const auto said = Chosen(Type::kExpectation, "how", {"as_expected"});
  EXPECT_EQ(Of(Given("", std::nullopt, Band::kNone, {said}), kExpectation), 1) << "also without a score";
  EXPECT_EQ(Of(Given(kNps, 9, Band::kPromoter, {Pair(1, 10), said}), kExpectation), 1);
}

TEST(ObservationTest, OnlyThoseInTheBestPartHaveAnIdealGap) {
  EXPECT_EQ(Of(Given(kNps, 9, Band::kPromoter, {Ideal("giao nhanh hơn")}), kIdealGap), 1);
  EXPECT_EQ(Of(Given(kNps, 9, Band::kPromoter, {Ideal("")}), kIdealGap), 0);
  EXPECT_EQ(Of(Given(kNps, 8, Band::kPassive, {Ideal("giao nhanh hơn")}), kIdealGap), std::nullopt);
  EXPECT_EQ(Of(Given(kCsi, std::nullopt, Band::kNone, {Rating("speed", 2, 9), Ideal("")}), kIdealGap), 0);
}

TEST(OwnCsiTest, IsWeightedByWhatMattersToThePerson) {
  // The vector of F9: 60.333.
  std::vector<AnsweredQuestion> questions;
  const int weights[] = {7, 5, 9, 3, 6}, scores[] = {8, 4, 8, 3, 4};
  const char* ids[] = {"a", "b", "c", "d", "e"};
  for (int i = 0; i < 5; ++i) questions.push_back(Rating(ids[i], 1 + i % 3, scores[i], weights[i]));
  EXPECT_EQ(OwnCsi(Given(kCsi, std::nullopt, Band::kNone, questions).observations), 60'333);
  questions[0].importance.reset();  // importance that lacks one attribute is none
  EXPECT_EQ(OwnCsi(Given(kCsi, std::nullopt, Band::kNone, questions).observations), 54'000);
  questions.push_back(Chosen(Type::kCsiImportance, "matters", {"a", "b"}));
  EXPECT_EQ(OwnCsi(Given(kCsi, std::nullopt, Band::kNone, questions).observations), 60'000);
  EXPECT_EQ(OwnCsi(Given(kNps, 9, Band::kPromoter).observations), std::nullopt);
}

}  // namespace
}  // namespace hoiam::scoring
