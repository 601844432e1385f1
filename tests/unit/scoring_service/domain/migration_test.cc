#include "scoring_service/domain/migration.h"

#include <gmock/gmock.h>

#include <random>

namespace hoiam::scoring {
namespace {

const MetricView kNpsView = {{FindBuiltin(kNps)}, Formula::kNet};
const MetricView kCsatView = {{FindBuiltin(kCsat)}, Formula::kTopBox};

PersonMove Moved(std::optional<int> before, int after) {
  PersonMove move;
  if (before) move.before = Scored{*before};
  move.after = {after};
  return move;
}

const MoveCount& From(const Migration& m, const std::string& from, const std::string& to) {
  for (const MoveCount& move : m.moves)
    if (move.from == from && move.to == to) return move;
  ADD_FAILURE() << "no move from " << from << " to " << to;
  return m.moves.front();
}

TEST(MigrationTest, HasEveryPairOfPartsWorstFirstAndThenThoseFromNowhere) {
  const Migration m = MigrationOf(kNpsView, {});
  std::vector<std::string> pairs;
  for (const MoveCount& move : m.moves) pairs.push_back(move.from + ">" + move.to);
  EXPECT_THAT(pairs, ::testing::ElementsAre("detractors>detractors", "detractors>passives", "detractors>promoters",
                                            "passives>detractors", "passives>passives", "passives>promoters",
                                            "promoters>detractors", "promoters>passives", "promoters>promoters",
                                            ">detractors", ">passives", ">promoters"));
  EXPECT_EQ(m.people, 0);
  EXPECT_FALSE(m.recovery.has_value()) << "nobody was a detractor: that is not a recovery of zero";
  EXPECT_EQ(m.ladder.size(), 11);
}

TEST(MigrationTest, CountsPeopleWithTheirMoneyAndAShareOfThoseWhoStartedThere) {
  std::vector<PersonMove> people = {Moved(3, 9), Moved(6, 7), Moved(0, 0), Moved(8, 9), Moved(std::nullopt, 10)};
  people[0].represented["VND"].revenue = *Decimal::ParseAmount("500");
  people[3].represented["VND"].revenue = *Decimal::ParseAmount("70");
  const Migration m = MigrationOf(kNpsView, people);
  EXPECT_EQ(m.people, 4);
  EXPECT_EQ(From(m, "detractors", "promoters").people, 1);
  EXPECT_EQ(From(m, "detractors", "promoters").percent, 33.333);
  EXPECT_EQ(From(m, "detractors", "promoters").represented.at("VND").revenue.ToString(), "500");
  EXPECT_EQ(From(m, "passives", "promoters").percent, 100);
  EXPECT_EQ(From(m, "", "promoters").people, 1);
  EXPECT_EQ(From(m, "", "promoters").percent, 100);
  EXPECT_EQ(From(m, "promoters", "detractors").people, 0);
}

TEST(MigrationTest, RecoveryIsOfThoseWhoWereInTheWorstPartWithWilsonsInterval) {
  std::vector<PersonMove> people;
  for (int i = 0; i < 12; ++i) people.push_back(Moved(2, 9));
  for (int i = 0; i < 8; ++i) people.push_back(Moved(2, 6));
  people.push_back(Moved(10, 0));
  const Migration m = MigrationOf(kNpsView, people);
  ASSERT_TRUE(m.recovery.has_value());
  EXPECT_EQ(m.recovery->value, 60);
  EXPECT_EQ(m.recovery->method, IntervalMethod::kWilson);
  EXPECT_NEAR(m.recovery->interval.low, 38.658, 0.001);  // Wilson of 12 in 20
  EXPECT_NEAR(m.recovery->interval.high, 78.119, 0.001);
  EXPECT_EQ(MigrationOf(kCsatView, {Moved(2, 3), Moved(1, 1)}).recovery->value, 50) << "neutral is no longer unhappy";
}

TEST(MigrationTest, TheLadderTellsTheSmallSteps) {
  const Migration m = MigrationOf(kNpsView, {Moved(7, 8), Moved(7, 9), Moved(7, 7), Moved(7, 3), Moved(8, 9)});
  const StepCount& seven = m.ladder[7];
  EXPECT_EQ(seven.from, 7);
  EXPECT_EQ(seven.people, 4);
  EXPECT_EQ(seven.up, 2);
  EXPECT_EQ(seven.same, 1);
  EXPECT_EQ(seven.down, 1);
  EXPECT_EQ(seven.one_up, 1);
  EXPECT_EQ(m.ladder[8].one_up, 1);
  const Migration csat = MigrationOf(kCsatView, {Moved(1, 2), Moved(5, 4)});
  EXPECT_EQ(csat.ladder.front().from, 1);
  EXPECT_EQ(csat.ladder.front().one_up, 1);
  EXPECT_EQ(csat.ladder.back().down, 1);
}

TEST(MigrationTest, EachAnswerCountsByTheVersionItWasGivenUnder) {
  const MetricDef one{"SPEED", 1, 1, 5, {{"low", Band::kUnhappy, 1, 2, -1}, {"high", Band::kHappy, 3, 5, 1}}};
  MetricDef two = one;
  two.version = 2;
  two.parts[0].high = 3;
  two.parts[1].low = 4;
  const MetricView metric = {{&one, &two}, Formula::kOwn};
  PersonMove person;
  person.before = Scored{3, 1};
  person.after = {3, 2};
  const Migration m = MigrationOf(metric, {person});
  EXPECT_EQ(From(m, "high", "low").people, 1) << "3 was high, and is low by the second version";
}

TEST(MigrationTest, EverybodyIsInExactlyOneMoveAndEveryStepIsUpSameOrDown) {
  std::mt19937 random(7);
  std::vector<PersonMove> people;
  for (int i = 0; i < 2000; ++i)
    people.push_back(Moved(random() % 4 ? std::optional<int>(random() % 11) : std::nullopt, random() % 11));
  const Migration m = MigrationOf(kNpsView, people);
  int64_t moved = 0, steps = 0;
  for (const MoveCount& move : m.moves) moved += move.people;
  for (const StepCount& step : m.ladder) {
    steps += step.people;
    EXPECT_EQ(step.people, step.up + step.same + step.down);
    EXPECT_LE(step.one_up, step.up);
  }
  EXPECT_EQ(moved, 2000);
  EXPECT_EQ(steps, m.people);
}

}  // namespace
}  // namespace hoiam::scoring
