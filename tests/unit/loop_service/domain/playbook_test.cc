#include "loop_service/domain/playbook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/domain/catalogue.h"
#include "loop_service/domain/playbook_rules.h"
#include "loop_service/limits.h"
#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

// a → b → c at the top; d beside them.
Playbook::Parts Teams() {
  Playbook::Parts parts = BuiltInParts();
  parts.teams = {{"a", {"a", "b", "A"}}, {"b", {"b", "c", "B"}}, {"c", {"c", "", "C"}}, {"d", {"d", "", "D"}}};
  parts.policy.default_team = "d";
  return parts;
}

Member Somebody(const std::string& id, std::vector<std::string> teams = {"a"}) {
  Member m;
  m.id = id;
  m.teams = std::move(teams);
  return m;
}

// Fields and reasons.
std::vector<std::pair<std::string, std::string>> Told(const Violations& v) {
  std::vector<std::pair<std::string, std::string>> told;
  if (const auto detail = DetailOf(v.ToStatus()))
    for (const Violation& each : detail->violations) told.emplace_back(each.field, each.reason);
  return told;
}

auto OfTeam(const Playbook::Parts& parts, const std::string& id) {
  Violations v;
  CheckTeam(parts, parts.teams.at(id), v);
  return Told(v);
}

TEST(PlaybookTest, ACaseGoesToTheFirstTeamThatTakesCasesElseToTheDefault) {
  Playbook::Parts parts = Teams();
  parts.teams["b"].archived = true;
  const Playbook p(std::move(parts));
  EXPECT_EQ(p.TeamFor({"a", "c"}), "a");
  EXPECT_EQ(p.TeamFor({"", "no such", "b", "c"}), "c");
  EXPECT_EQ(p.TeamFor({"", "b"}), "d");
  EXPECT_FALSE(p.TakesCases("b"));
  EXPECT_NE(p.FindTeam("b"), nullptr) << "those that are archived are found";
}

TEST(PlaybookTest, ATeamWorksByItsOwnCalendarElseByThatOfTheNearestAboveElseByThePolicys) {
  Playbook::Parts parts = Teams();
  parts.teams["b"].calendar_id = "office";
  parts.policy.default_calendar = "shop";
  const auto calendars = parts.calendars;
  const Playbook p(std::move(parts));
  EXPECT_EQ(p.CalendarOf("a"), calendars.at("office"));
  EXPECT_EQ(p.CalendarOf("b"), calendars.at("office"));
  EXPECT_EQ(p.CalendarOf("c"), calendars.at("shop"));
  EXPECT_EQ(p.CalendarOf("no such"), calendars.at("shop"));
}

TEST(PlaybookTest, EscalationGoesUpTheParentsOrWhereATeamSays) {
  Playbook::Parts parts = Teams();
  EXPECT_THAT(Playbook(parts).EscalationChain("a"), ElementsAre("b", "c"));
  EXPECT_THAT(Playbook(parts).EscalationChain("c"), IsEmpty());
  EXPECT_THAT(Playbook(parts).EscalationChain("no such"), IsEmpty());
  parts.teams["a"].escalates_to = "d";
  parts.teams["d"].escalates_to = "c";
  EXPECT_THAT(Playbook(parts).EscalationChain("a"), ElementsAre("d", "c"));
  parts.teams["d"].archived = true;
  EXPECT_THAT(Playbook(parts).EscalationChain("a"), ElementsAre("c")) << "past those that are archived";
  parts.teams["c"].escalates_to = "a";
  EXPECT_THAT(Playbook(parts).EscalationChain("a"), ElementsAre("c")) << "and ends, whatever is stored";
}

TEST(PlaybookTest, WhoeverIsBoundToATeamSeesItAndThoseBelow) {
  const Playbook p(Teams());
  EXPECT_TRUE(p.IsWithin("a", {"c"}));
  EXPECT_TRUE(p.IsWithin("c", {"d", "c"}));
  EXPECT_FALSE(p.IsWithin("c", {"a"}));
  EXPECT_FALSE(p.IsWithin("no such", {"c"}));
  EXPECT_THAT(p.TeamsWithin({"b", "d", "no such"}), ElementsAre("a", "b", "d"));
}

TEST(PlaybookTest, SomebodyWhoIsAwayIsStoodInFor) {
  Playbook::Parts parts = Teams();
  const auto away = [](const std::string& substitute) {
    return std::vector<Absence>{{kNow, kNow + absl::Hours(8), substitute}};
  };
  for (const char* id : {"an", "binh", "chi", "dung"}) parts.members[id] = Somebody(id);
  parts.members["an"].absences = away("binh");
  parts.members["binh"].absences = away("chi");
  parts.members["dung"].absences = away("");
  Playbook p(parts);
  EXPECT_EQ(p.StandIn("an", kNow), "chi");
  EXPECT_EQ(p.StandIn("an", kNow - absl::Nanoseconds(1)), "an");
  EXPECT_EQ(p.StandIn("an", kNow + absl::Hours(8)), "an") << "the end is exclusive";
  EXPECT_EQ(p.StandIn("dung", kNow), "");
  EXPECT_EQ(p.StandIn("no member", kNow), "no member");
  parts.members["chi"].absences = away("an");
  EXPECT_EQ(Playbook(parts).StandIn("an", kNow), "") << "all stand in for one another, and all are away";
  parts.members["chi"].absences = {};
  parts.members["chi"].archived = true;
  EXPECT_EQ(Playbook(parts).StandIn("an", kNow), "");
}

TEST(PlaybookTest, MembersOfATeamAreThoseWhoAreNotArchivedById) {
  Playbook::Parts parts = Teams();
  parts.members["z"] = Somebody("z", {"a", "b"});
  parts.members["m"] = Somebody("m", {"b"});
  parts.members["gone"] = Somebody("gone", {"b"});
  parts.members["gone"].archived = true;
  const Playbook p(std::move(parts));
  std::vector<std::string> ids;
  for (const Member* m : p.MembersOf("b")) ids.push_back(m->id);
  EXPECT_THAT(ids, ElementsAre("m", "z"));
  EXPECT_THAT(p.MembersOf("c"), IsEmpty());
}

TEST(PlaybookTest, OnlyACauseThatIsStillOfferedCanBeWhatWentWrong) {
  Playbook::Parts parts = BuiltInParts();
  parts.causes["return_slow_refund"].archived = true;
  const Playbook p(std::move(parts));
  EXPECT_TRUE(p.IsCause("delivery_late_partner"));
  EXPECT_FALSE(p.IsCause("delivery")) << "a driver";
  EXPECT_FALSE(p.IsCause("return_slow_refund"));
  EXPECT_FALSE(p.IsCause("no such"));
  EXPECT_FALSE(p.IsCause(""));
}

TEST(PlaybookTest, ARuleIsAsFastAsItSaysElseAsThePolicySays) {
  Playbook::Parts parts = BuiltInParts();
  AlarmRule vip;
  vip.rule_id = "vip";
  vip.contact = absl::Hours(1);
  parts.rules.push_back(vip);
  const Playbook p(std::move(parts));
  const ServiceLevel level = p.LevelFor(Priority::kP2, "vip");
  EXPECT_EQ(level, (ServiceLevel{kAcknowledgeP2, absl::Hours(1), kResolveWithin}));
  EXPECT_EQ(p.LevelFor(Priority::kP1, ""), LevelOf(p.policy(), Priority::kP1));
}

TEST(PlaybookRulesTest, WhatHoiamBringsKeepsItsOwnRules) {
  const Playbook::Parts parts = BuiltInParts();
  for (const auto& [id, team] : parts.teams) EXPECT_THAT(OfTeam(parts, id), IsEmpty()) << id;
  Violations v;
  for (const auto& [id, cause] : parts.causes) CheckCause(parts, cause, v);
  for (const AlarmRule& rule : parts.rules) CheckRule(parts, rule, false, v);
  CheckPolicy(parts, v);
  EXPECT_THAT(Told(v), IsEmpty());
  for (const auto& [id, calendar] : parts.calendars)
    EXPECT_EQ(FindClosed(calendar, absl::CivilDay(2020, 1, 1), absl::CivilDay(2060, 12, 31)), std::nullopt) << id;
}

TEST(PlaybookRulesTest, ATeamNamesTeamsAndCalendarsThatThereAre) {
  Playbook::Parts parts = Teams();
  parts.teams["a"] = {"a", "x", "A", "", "y", "z"};
  EXPECT_THAT(OfTeam(parts, "a"),
              UnorderedElementsAre(Pair("parent", "UNKNOWN_TEAM"), Pair("escalatesTo", "UNKNOWN_TEAM"),
                                   Pair("calendarId", "UNKNOWN_CALENDAR")));
  parts = Teams();
  parts.teams["b"].archived = true;
  parts.calendars["office"].archived = true;
  parts.teams["a"].calendar_id = "office";
  EXPECT_THAT(OfTeam(parts, "a"),
              UnorderedElementsAre(Pair("parent", "UNKNOWN_TEAM"), Pair("calendarId", "UNKNOWN_CALENDAR")));
  parts.teams["a"].archived = true;
  EXPECT_THAT(OfTeam(parts, "a"), IsEmpty()) << "what is archived may name what is";
}

TEST(PlaybookRulesTest, ATeamAboveItselfIsToldWithTheWayRound) {
  Playbook::Parts parts = Teams();
  parts.teams["c"].parent = "a";
  Violations v;
  CheckTeam(parts, parts.teams["c"], v);
  const auto detail = DetailOf(v.ToStatus());
  ASSERT_TRUE(detail);
  ASSERT_EQ(detail->violations.size(), 1u);
  EXPECT_EQ(detail->violations[0].reason, "TEAM_CYCLE");
  EXPECT_EQ(detail->violations[0].metadata.at("cycle"), "c → a → b → c");
  parts = Teams();
  parts.teams["c"].parent = "c";
  EXPECT_THAT(OfTeam(parts, "c"), ElementsAre(Pair("parent", "TEAM_CYCLE")));
}

TEST(PlaybookRulesTest, AChainOfEscalationThatComesBackIsTold) {
  Playbook::Parts parts = Teams();
  parts.teams["c"].escalates_to = "a";  // whose parents lead to c
  EXPECT_THAT(OfTeam(parts, "c"), ElementsAre(Pair("escalatesTo", "ESCALATION_CYCLE")));
  parts = Teams();
  parts.teams["d"].escalates_to = "d";
  EXPECT_THAT(OfTeam(parts, "d"), ElementsAre(Pair("escalatesTo", "ESCALATION_CYCLE")));
  parts = Teams();
  parts.teams["c"].escalates_to = "d";
  parts.teams["d"].parent = "a";  // a's parents lead to c, which escalates to d
  EXPECT_THAT(OfTeam(parts, "d"), ElementsAre(Pair("parent", "ESCALATION_CYCLE")));
  parts = Teams();
  parts.teams["a"].escalates_to = "d";
  parts.teams["d"].escalates_to = "b";
  EXPECT_THAT(OfTeam(parts, "d"), IsEmpty());
}

TEST(PlaybookRulesTest, AMemberNamesTeamsAndMembersThatThereAre) {
  Playbook::Parts parts = Teams();
  parts.members["an"] = Somebody("an", {"a", "x"});
  parts.members["an"].absences = {{kNow, kNow + absl::Hours(1), "nobody"},
                                  {kNow + absl::Hours(2), kNow + absl::Hours(3), "an"}};
  Violations v;
  CheckMember(parts, parts.members["an"], v);
  EXPECT_THAT(Told(v),
              UnorderedElementsAre(Pair("teams[1]", "UNKNOWN_TEAM"), Pair("absences[0].substitute", "UNKNOWN_MEMBER"),
                                   Pair("absences[1].substitute", "UNKNOWN_MEMBER")));
}

auto OfCause(const Playbook::Parts& parts, const std::string& id) {
  Violations v;
  CheckCause(parts, parts.causes.at(id), v);
  return Told(v);
}

// A chain of `levels` causes: n1, the driver, n2, …
Playbook::Parts Chain(int levels) {
  Playbook::Parts parts = BuiltInParts();
  parts.causes.clear();
  for (int i = 1; i <= levels; ++i) {
    const std::string id = "n" + std::to_string(i);
    parts.causes[id] = {id, i == 1 ? "" : "n" + std::to_string(i - 1), id, id,
                        i == 1 ? CauseCategory::kNone : CauseCategory::kPolicy};
  }
  return parts;
}

TEST(PlaybookRulesTest, TheTreeOfCausesHasNoCycleAndAFewLevels) {
  Playbook::Parts parts = Chain(kMaxCauseLevels);
  EXPECT_THAT(OfCause(parts, "n5"), IsEmpty());
  parts.causes["n6"] = {"n6", "n5", "6", "", CauseCategory::kPeople};
  EXPECT_THAT(OfCause(parts, "n6"), ElementsAre(Pair("parent", "TREE_TOO_DEEP")));
  parts = Chain(3);
  parts.causes["n1"].parent = "n3";
  parts.causes["n1"].category = CauseCategory::kPolicy;
  EXPECT_THAT(OfCause(parts, "n1"), ElementsAre(Pair("parent", "CAUSE_CYCLE")));

  parts = Chain(4);
  parts.causes["top"] = {"top", "", "top"};
  parts.causes["sub"] = {"sub", "top", "sub", "", CauseCategory::kPolicy};
  parts.causes["n1"].parent = "sub";  // what lies below it would be six levels deep
  parts.causes["n1"].category = CauseCategory::kPolicy;
  EXPECT_THAT(OfCause(parts, "n1"), ElementsAre(Pair("parent", "TREE_TOO_DEEP")));
}

TEST(PlaybookRulesTest, ACauseHasACategoryADriverHasNone) {
  Playbook::Parts parts = Chain(2);
  parts.causes["n1"].category = CauseCategory::kPromise;
  parts.causes["n2"].category = CauseCategory::kNone;
  EXPECT_THAT(OfCause(parts, "n1"), ElementsAre(Pair("category", "NOT_OF_A_DRIVER")));
  EXPECT_THAT(OfCause(parts, "n2"), ElementsAre(Pair("category", "REQUIRED")));
  parts.causes["n2"] = {"n2", "no such", "2", "", CauseCategory::kPolicy};
  EXPECT_THAT(OfCause(parts, "n2"), ElementsAre(Pair("parent", "UNKNOWN_ROOT_CAUSE")));
}

TEST(PlaybookRulesTest, EveryDetractorKeepsItsCase) {
  const Playbook::Parts parts = BuiltInParts();
  const auto check = [&](const AlarmRule& rule, bool archived) {
    Violations v;
    CheckRule(parts, rule, archived, v);
    return Told(v);
  };
  AlarmRule rule;
  rule.rule_id = std::string(kDetractorRule);
  rule.condition.detractor = true;
  rule.priority = Priority::kP1;
  rule.rank = 7;
  EXPECT_THAT(check(rule, false), IsEmpty()) << "it can be tuned";
  EXPECT_THAT(check(rule, true), ElementsAre(Pair("archived", "RULE_REQUIRED")));
  AlarmRule off = rule;
  off.enabled = false;
  EXPECT_THAT(check(off, false), ElementsAre(Pair("enabled", "RULE_REQUIRED")));
  AlarmRule narrow = rule;
  narrow.condition.metrics = {"NPS"};
  EXPECT_THAT(check(narrow, false), ElementsAre(Pair("condition", "RULE_REQUIRED")));
  AlarmRule other = narrow;
  other.rule_id = "nps";
  other.enabled = false;
  other.team = "no such";
  EXPECT_THAT(check(other, false), ElementsAre(Pair("team", "UNKNOWN_TEAM")));
}

TEST(PlaybookRulesTest, ARuleForEveryScoreIsARuleForAll) {
  AlarmCondition c;
  EXPECT_TRUE(RingsForAll(c));
  c.score_at_most = 10;
  EXPECT_TRUE(RingsForAll(c));
  c.score_at_most = 9;
  EXPECT_FALSE(RingsForAll(c));
  c.score_at_most = 10;
  c.metrics = {"NPS"};
  EXPECT_FALSE(RingsForAll(c)) << "of one metric it is said on purpose";
}

TEST(PlaybookRulesTest, WhatIsStillNamedHasUsers) {
  Playbook::Parts parts = Teams();
  parts.members["an"] = Somebody("an", {"d"});
  AlarmRule vip;
  vip.rule_id = "vip";
  vip.team = "d";
  parts.rules.push_back(vip);
  parts.teams["a"].escalates_to = "d";
  parts.teams["a"].calendar_id = "office";
  EXPECT_THAT(UsersOfTeam(parts, "d"), ElementsAre("policy", "rule vip", "team a", "member an"));
  EXPECT_THAT(UsersOfTeam(parts, "c"), ElementsAre("team b"));
  EXPECT_THAT(UsersOfCalendar(parts, "office"), ElementsAre("team a"));
  EXPECT_THAT(UsersOfCalendar(parts, "always"), ElementsAre("policy"));
  EXPECT_THAT(UsersOfCause(parts, "parking"), ElementsAre("root cause parking_rude_guard"));
  parts.teams["a"].archived = true;
  parts.members["an"].archived = true;
  parts.causes["parking_rude_guard"].archived = true;
  EXPECT_THAT(UsersOfTeam(parts, "d"), ElementsAre("policy", "rule vip"));
  EXPECT_THAT(UsersOfCalendar(parts, "office"), IsEmpty());
  EXPECT_THAT(UsersOfCause(parts, "parking"), IsEmpty());
}

}  // namespace
}  // namespace hoiam::loop
