#include "loop_service/domain/assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "loop_service/domain/catalogue.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

// The shop in Hà Đông with lan, minh and thu; minh is away this week, tuan of another team stands in.
Playbook Shop() {
  Playbook::Parts parts = BuiltInParts();
  for (const char* id : {"lan", "minh", "thu", "tuan"}) {
    Member m;
    m.id = id;
    m.teams = {m.id == "tuan" ? "vinh" : "ha-dong"};
    parts.members[id] = m;
  }
  parts.members["minh"].absences = {{kNow - absl::Hours(24), kNow + absl::Hours(24), "tuan"}};
  parts.teams["vinh"].archived = true;
  return Playbook(std::move(parts));
}

Answer About(const char* touchpoint_team, const char* owner_team) {
  Answer a;
  a.touchpoint_team = touchpoint_team;
  a.owner_team = owner_team;
  return a;
}

AlarmRule To(AssignTeam team, AssignPerson person = AssignPerson::kNobody) {
  AlarmRule r;
  r.assign_team = team;
  r.assign_person = person;
  r.team = "cx";
  return r;
}

TEST(AssignmentTest, TheTeamIsTheOneTheRulePrefersElseTheNextThatTakesCases) {
  const Playbook shop = Shop();
  const auto team = [&](AssignTeam wanted, const char* touchpoint_team, const char* owner_team) {
    return TeamOf(To(wanted), About(touchpoint_team, owner_team), shop);
  };
  EXPECT_EQ(team(AssignTeam::kTouchpoint, "delivery", "ha-dong"), "delivery");
  EXPECT_EQ(team(AssignTeam::kTouchpoint, "", "ha-dong"), "ha-dong");
  EXPECT_EQ(team(AssignTeam::kTouchpoint, "vinh", "ha-dong"), "ha-dong") << "vinh takes no cases";
  EXPECT_EQ(team(AssignTeam::kTouchpoint, "no such team", ""), "cskh");
  EXPECT_EQ(team(AssignTeam::kAccount, "delivery", "ha-dong"), "ha-dong");
  EXPECT_EQ(team(AssignTeam::kAccount, "delivery", ""), "delivery");
  EXPECT_EQ(team(AssignTeam::kFixed, "delivery", "ha-dong"), "cx");
}

TEST(AssignmentTest, WhoeverIsAwayIsStoodInForAndNobodyTwice) {
  const Playbook shop = Shop();
  const AlarmRule rule = To(AssignTeam::kAccount, AssignPerson::kLeastLoaded);
  EXPECT_THAT(Candidates(rule, About("", "ha-dong"), shop, kNow), ElementsAre("lan", "thu", "tuan"));
  EXPECT_THAT(Candidates(rule, About("", "ha-dong"), shop, kNow + absl::Hours(24)), ElementsAre("lan", "minh", "thu"));
  EXPECT_THAT(Candidates(rule, About("", "cskh"), shop, kNow), IsEmpty()) << "a team without members";
  EXPECT_THAT(Candidates(To(AssignTeam::kAccount), About("", "ha-dong"), shop, kNow), IsEmpty());
}

TEST(AssignmentTest, AnAccountOwnerGetsTheCaseOrWhoStandsIn) {
  const Playbook shop = Shop();
  const AlarmRule rule = To(AssignTeam::kTouchpoint, AssignPerson::kAccountOwner);
  Answer a = About("delivery", "ha-dong");
  EXPECT_THAT(Candidates(rule, a, shop, kNow), IsEmpty());
  a.account_owner = "lan";
  EXPECT_THAT(Candidates(rule, a, shop, kNow), ElementsAre("lan"));
  a.account_owner = "minh";
  EXPECT_THAT(Candidates(rule, a, shop, kNow), ElementsAre("tuan"));
  a.account_owner = "somebody of the CRM";
  EXPECT_THAT(Candidates(rule, a, shop, kNow), ElementsAre("somebody of the CRM"));
}

TEST(AssignmentTest, TheFewestOpenCasesWinAndOfEqualsTheFirstById) {
  std::map<std::string, int64_t> open = {{"lan", 3}, {"minh", 2}, {"thu", 2}};
  const auto load = [&](const std::string& person) { return open[person]; };
  EXPECT_EQ(LeastLoaded({"lan", "minh", "thu"}, load), "minh");
  open["minh"] = 4;
  EXPECT_EQ(LeastLoaded({"lan", "minh", "thu"}, load), "thu");
  EXPECT_EQ(LeastLoaded({"lan"}, load), "lan");
  EXPECT_EQ(LeastLoaded({}, load), "");
}

}  // namespace
}  // namespace hoiam::loop
