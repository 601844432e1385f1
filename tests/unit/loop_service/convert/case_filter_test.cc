#include "loop_service/convert/case_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/domain/catalogue.h"
#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

using hoiam::testing::IsOk;
using hoiam::testing::StatusIs;
using ::testing::ElementsAre;

TEST(CaseFilterTest, NamesOfStatesKindsAndPrioritiesMustExist) {
  for (const char* good :
       {"", "state = NEW", "state != IN_PROGRESS OR kind = DETRACTOR", "priority = P2 AND open = true",
        "owner = \"chị Lan\" AND (team = cskh OR customer = c1)", "createTime >= 2026-01-01T00:00:00Z"})
    EXPECT_THAT(ParseCaseFilter(good), IsOk()) << good;
  for (const char* bad : {"state = OPEN", "state = new", "state = UNSPECIFIED", "kind = X", "priority = P9",
                          "priority < P2", "open = yes", "open > true", "state = NEW AND (open = 1)", "state"})
    EXPECT_THAT(ParseCaseFilter(bad), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER")) << bad;
}

TEST(CaseFilterTest, OpenBecomesANumber) {
  EXPECT_EQ(ParseCaseFilter("open = true")->value.number, 1);
  EXPECT_EQ(ParseCaseFilter("open = false")->value.number, 0);
}

// "team = a OR team = b" as the teams it lets through, in order.
std::vector<std::string> TeamsIn(const Filter& f) {
  std::vector<std::string> out;
  if (f.kind == Filter::Kind::kCompare && f.field == "team") out.push_back(f.value.text);
  for (const Filter& part : f.parts)
    for (std::string& team : TeamsIn(part)) out.push_back(std::move(team));
  return out;
}

Playbook Regions() {
  Playbook::Parts parts = BuiltInParts();
  parts.teams["north"] = {.id = "north"};
  parts.teams["hanoi"] = {.id = "hanoi", .parent = "north"};
  parts.teams["ba-dinh"] = {.id = "ba-dinh", .parent = "hanoi", .archived = true};
  parts.teams["south"] = {.id = "south"};
  return Playbook(std::move(parts));
}

TEST(CaseFilterTest, ATeamWithAllBelowItIsEachOfThem) {
  const Playbook playbook = Regions();
  const auto teams = [&](const char* text) { return TeamsIn(OfTeams(*ParseCaseFilter(text), {}, playbook)); };
  EXPECT_THAT(teams("team = \"north.*\""), ElementsAre("ba-dinh", "hanoi", "north"));
  EXPECT_THAT(teams("open = true AND (team = \"hanoi.*\" OR team = south)"), ElementsAre("ba-dinh", "hanoi", "south"));
  EXPECT_THAT(teams("team = north"), ElementsAre("north"));
  EXPECT_THAT(teams("team = \"nowhere.*\""), ElementsAre("nowhere")) << "and not everything";
  const Filter none = OfTeams(*ParseCaseFilter("team != \"hanoi.*\""), {}, playbook);
  EXPECT_EQ(none.kind, Filter::Kind::kAnd);
  EXPECT_EQ(none.parts[0].op, FilterOp::kNe);
}

TEST(CaseFilterTest, WhoIsBoundToTeamsGetsTheirsWhateverTheFilterSays) {
  const Playbook playbook = Regions();
  const std::vector<std::string> bound = {"hanoi"};
  EXPECT_THAT(TeamsIn(OfTeams(*ParseCaseFilter(""), bound, playbook)), ElementsAre("ba-dinh", "hanoi"));
  const Filter both = OfTeams(*ParseCaseFilter("team = south OR open = true"), bound, playbook);
  ASSERT_EQ(both.kind, Filter::Kind::kAnd);
  EXPECT_THAT(TeamsIn(both.parts[0]), ElementsAre("ba-dinh", "hanoi"));
  const std::vector<std::string> unknown = {"gone"};
  EXPECT_THAT(TeamsIn(OfTeams(*ParseCaseFilter(""), unknown, playbook)), ElementsAre("gone"));
}

TEST(CaseFilterTest, OriginsAreThoseOfTheContract) {
  EXPECT_THAT(ParseCaseFilter("origin = PROACTIVE AND cause != x"), IsOk());
  EXPECT_THAT(ParseCaseFilter("origin = OTHER"), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
  EXPECT_THAT(ParseCaseFilter("origin > PROACTIVE"), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"));
}

}  // namespace
}  // namespace hoiam::loop
