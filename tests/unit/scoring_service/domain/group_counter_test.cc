#include "scoring_service/domain/group_counter.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/target.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

const std::vector<Period> kOne = {{absl::InfinitePast(), absl::InfiniteFuture()}};

Answer Scored(const std::string& touchpoint, int score) {
  Answer a;
  a.dimensions[static_cast<size_t>(Dimension::kTouchpoint)] = touchpoint;
  a.observations = {{kCsat, 1, "", score}};
  return a;
}

ScoreQuery Csat() {
  ScoreQuery q;
  q.metric = kCsat;
  return q;
}

TEST(GroupCounterTest, ScopesAreNeverPutTogether) {
  const ScoreQuery q = Csat();
  GroupCounter counter(q, 1);
  Answer a = Scored("store", 5), b = Scored("store", 1);
  b.scope = Scope::kJourney;
  counter.Add(a, 0);
  counter.Add(b, 0);
  const ScoreTable table = std::move(counter).Take(kOne);
  ASSERT_EQ(table.groups.size(), 2u);
  EXPECT_EQ(table.groups[0].scope, Scope::kJourney);
  EXPECT_EQ(AnswersIn(table.groups[0].tallies[0]), 1);
  EXPECT_EQ(table.groups[1].scope, Scope::kTouchpoint);
}

TEST(GroupCounterTest, ASubtreeHasWhatIsBelowItAndGroupsThatNobodyAnsweredDirectly) {
  ScoreQuery q = Csat();
  q.group_by = {Dimension::kTouchpoint};
  q.subtree = true;
  GroupCounter counter(q, 1);
  for (const char* touchpoint : {"store.checkout", "store.park", "store.park.gate", "web", ""})
    counter.Add(Scored(touchpoint, 5), 0);
  std::map<std::string, int64_t> answers;
  for (const ScoreGroup& g : std::move(counter).Take(kOne).groups) answers[g.key[0]] = AnswersIn(g.tallies[0]);
  EXPECT_EQ(answers,
            (std::map<std::string, int64_t>{
                {"", 1}, {"store", 3}, {"store.checkout", 1}, {"store.park", 2}, {"store.park.gate", 1}, {"web", 1}}));
}

TEST(GroupCounterTest, FiltersHoldForAnswersAndOtherMetricsDoNotCount) {
  ScoreQuery q = Csat();
  q.filters = {{Dimension::kTouchpoint, "store.*"}};
  GroupCounter counter(q, 1);
  counter.Add(Scored("store.park", 5), 0);
  counter.Add(Scored("web", 5), 0);
  Answer other = Scored("store", 5);
  other.observations = {{kNps, 1, "", 9}, {kCsat, 1, "why/price", 5}};
  counter.Add(other, 0);
  EXPECT_EQ(AnswersIn(std::move(counter).Take(kOne).groups[0].tallies[0]), 1);
}

TEST(GroupCounterTest, WithoutAnswersThereIsOneGroupOfTheUsualScopeAndNoneWhereGroupsWereAsked) {
  ScoreQuery q = Csat();
  q.metric = kCes;
  EXPECT_EQ(GroupCounter(q, 1).Take(kOne).groups.at(0).scope, Scope::kService);
  q.metric = kNps;
  EXPECT_EQ(GroupCounter(q, 1).Take(kOne).groups.at(0).scope, Scope::kRelationship);
  q.scope = Scope::kProductUse;
  EXPECT_EQ(GroupCounter(q, 1).Take(kOne).groups.at(0).scope, Scope::kProductUse);
  q.group_by = {Dimension::kSegment};
  EXPECT_TRUE(GroupCounter(q, 1).Take(kOne).groups.empty());
}

TEST(GroupCounterTest, GroupsWhoseAnswersWereAllTakenBackAreNotShown) {
  ScoreQuery q = Csat();
  q.group_by = {Dimension::kTouchpoint};
  GroupCounter counter(q, 1);
  Tally one, back;
  one.Add(5, {});
  back.Add(5, {}, -1);
  DimensionValues store;
  store[static_cast<size_t>(Dimension::kTouchpoint)] = "store";
  counter.Add(Scope::kTouchpoint, store, 0, kCsat, 1, "", one);
  counter.Add(Scope::kTouchpoint, store, 0, kCsat, 1, "", back);
  EXPECT_TRUE(std::move(counter).Take(kOne).groups.empty());
}

TEST(GroupCounterTest, MoreRowsThanOneAnswerMayHaveAreNotCounted) {
  ScoreQuery q = Csat();
  q.group_by = {Dimension::kTouchpoint};
  const size_t periods = 100;
  GroupCounter counter(q, periods);
  for (size_t i = 0; i < kMaxScoreRows / periods; ++i) counter.Add(Scored(absl::StrCat("t", i), 5), 0);
  EXPECT_FALSE(counter.full());
  counter.Add(Scored("one.more", 5), 0);
  EXPECT_TRUE(counter.full());
}

// --- CSI
// --------------------------------------------------------------------------------------------------------------

ScoreQuery Csi() {
  ScoreQuery q;
  q.metric = kCsi;
  return q;
}

Answer Rated(int speed, int care, int price, std::optional<int> importance = {}) {
  Answer a;
  a.scope = Scope::kRelationship;
  a.observations = {{kCsi, 1, "", (speed + care + price) / 3},
                    {kCsi, 1, "service", (speed + care) / 2},
                    {kCsi, 1, "product", price},
                    {kCsi, 1, "service/speed", speed},
                    {kCsi, 1, "service/care", care},
                    {kCsi, 1, "product/price", price}};
  if (importance)
    for (const char* item : {"service/speed", "service/care", "product/price"})
      a.observations.push_back({kCsiImportance, 1, item, *importance});
  return a;
}

TEST(GroupCounterTest, ACsiHasItsAttributesAndObjects) {
  const ScoreQuery q = Csi();
  GroupCounter counter(q, 1);
  for (int i = 0; i < 3; ++i) counter.Add(Rated(8, 4, 6, 5), 0);
  EXPECT_FALSE(counter.NeedsWeights());
  const ScoreTable table = std::move(counter).Take(kOne);
  ASSERT_EQ(table.groups.size(), 1u);
  EXPECT_EQ(AnswersIn(table.groups[0].tallies[0]), 3);
  const CsiTallies& csi = table.groups[0].csi[0];
  EXPECT_EQ(csi.responses.at(CsiObjectOf("service")), 3);
  EXPECT_EQ(csi.attributes.size(), 3u);
  const auto figure = CsiOf(csi, CsiVariant::kWeighted);
  EXPECT_EQ(figure->figure.value, 60);
  EXPECT_EQ(figure->weights, CsiWeights::kRated);
}

TEST(GroupCounterTest, WithoutImportanceAttributesWeighByHowTheyGoWithTheOthers) {
  const ScoreQuery q = Csi();
  GroupCounter counter(q, 1);
  std::vector<Answer> answers;
  for (int i = 0; i < 9; ++i) answers.push_back(Rated(1 + i, 2 + i, i % 2 ? 3 : 9));  // price goes with nothing
  for (const Answer& a : answers) counter.Add(a, 0);
  EXPECT_TRUE(counter.NeedsWeights());
  for (const Answer& a : answers) counter.Correlate(a, 0);
  const auto figure = CsiOf(std::move(counter).Take(kOne).groups[0].csi[0], CsiVariant::kWeighted);
  EXPECT_EQ(figure->weights, CsiWeights::kDerived);
  double of_price = 1;
  for (const WeightedAttribute& a : figure->attributes)
    if (a.attribute.question_id == "price") of_price = a.weight;
  EXPECT_LT(of_price, 0.1);
}

// --- targets
// ----------------------------------------------------------------------------------------------------------

TEST(TargetTest, BelongsToItsMetricAndCutOnly) {
  const std::vector<TargetScore> targets = {{kNps, {}, "", 50}, {kNps, Dimension::kSegment, "VIP", 70}};
  EXPECT_EQ(TargetFor(targets, kNps, {}), 50);
  EXPECT_EQ(TargetFor(targets, kNps, {{Dimension::kSegment, "VIP"}}), 70);
  EXPECT_EQ(TargetFor(targets, kNps, {{Dimension::kSegment, "new"}}), std::nullopt);
  EXPECT_EQ(TargetFor(targets, kNps, {{Dimension::kTeam, "VIP"}}), std::nullopt);
  EXPECT_EQ(TargetFor(targets, kNps, {{Dimension::kSegment, "VIP"}, {Dimension::kTeam, "hue"}}), std::nullopt);
  EXPECT_EQ(TargetFor(targets, kCsat, {}), std::nullopt);
}

}  // namespace
}  // namespace hoiam::scoring
