#include "loop_service/domain/playbook_rules.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "loop_service/limits.h"

namespace hoiam::loop {
namespace {

using Parts = Playbook::Parts;

template <class Map>
auto FindIn(const Map& map, absl::string_view id) {
  const auto it = map.find(id);
  return it == map.end() ? nullptr : &it->second;
}

// Whether `id` can be named by something that is archived, or not.
template <class Map>
bool CanBeNamed(const Map& map, absl::string_view id, bool by_archived) {
  const auto* found = FindIn(map, id);
  return found && (by_archived || !found->archived);
}

// The way from `start` along `next` until it comes to `start` again; empty when it does not.
template <class Next>
std::vector<std::string> WayRound(const std::string& start, size_t most, Next next) {
  std::vector<std::string> way = {start};
  for (std::string at = next(start); !at.empty() && way.size() <= most; at = next(at)) {
    way.push_back(at);
    if (at == start) return way;
  }
  return {};
}

std::string Described(const std::vector<std::string>& way) {
  return absl::StrCat("comes back to where it was: ", absl::StrJoin(way, " → "));
}

std::map<std::string, std::string> CycleOf(const std::vector<std::string>& way) {
  return {{"cycle", absl::StrJoin(way, " → ")}};
}

void UnknownTeam(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_TEAM", "must be the id of a team that is not archived; GET /v1/teams lists them");
}

void UnknownCalendar(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_CALENDAR", "must be the id of a calendar that is not archived; GET /v1/calendars lists them");
}

const std::string& NextToTell(const Team& team) { return team.escalates_to.empty() ? team.parent : team.escalates_to; }

// Levels of the tree from `cause` upwards, itself too.
int LevelsAbove(const Parts& parts, const RootCause& cause) {
  int levels = 1;
  for (const RootCause* at = FindIn(parts.causes, cause.parent); at && levels <= kMaxCauseLevels;
       at = FindIn(parts.causes, at->parent))
    ++levels;
  return levels;
}

bool IsBelow(const Parts& parts, const RootCause& cause, absl::string_view root) {
  size_t steps = 0;
  for (const RootCause* at = &cause; at && steps <= parts.causes.size(); at = FindIn(parts.causes, at->parent), ++steps)
    if (at->id == root) return true;
  return false;
}

bool IsOnlyDetractor(const AlarmCondition& c) {
  AlarmCondition without = c;
  without.detractor = false;
  return c.detractor && MatchesEverything(without);
}

}  // namespace

void CheckTeam(const Parts& parts, const Team& team, Violations& v) {
  if (!team.parent.empty() && !CanBeNamed(parts.teams, team.parent, team.archived)) UnknownTeam("parent", v);
  if (!team.escalates_to.empty() && !CanBeNamed(parts.teams, team.escalates_to, team.archived))
    UnknownTeam("escalatesTo", v);
  if (!team.calendar_id.empty() && !CanBeNamed(parts.calendars, team.calendar_id, team.archived))
    UnknownCalendar("calendarId", v);
  const auto along = [&](auto next) {
    return WayRound(team.id, parts.teams.size(), [&](const std::string& id) {
      const Team* at = FindIn(parts.teams, id);
      return at ? next(*at) : std::string();
    });
  };
  const auto above = along([](const Team& t) { return t.parent; });
  if (!above.empty()) v.Add("parent", "TEAM_CYCLE", Described(above), CycleOf(above));
  if (!above.empty() && team.escalates_to.empty()) return;
  const auto told = along([](const Team& t) { return NextToTell(t); });
  if (!told.empty())
    v.Add(team.escalates_to.empty() ? "parent" : "escalatesTo", "ESCALATION_CYCLE", Described(told), CycleOf(told));
}

void CheckMember(const Parts& parts, const Member& member, Violations& v) {
  for (size_t i = 0; i < member.teams.size(); ++i)
    if (!CanBeNamed(parts.teams, member.teams[i], member.archived)) UnknownTeam(absl::StrCat("teams[", i, "]"), v);
  for (size_t i = 0; i < member.absences.size(); ++i) {
    const std::string& substitute = member.absences[i].substitute;
    if (!substitute.empty() && (substitute == member.id || !FindIn(parts.members, substitute)))
      v.Add(absl::StrCat("absences[", i, "].substitute"), "UNKNOWN_MEMBER",
            "must be the id of another member; GET /v1/members lists them");
  }
}

void CheckCause(const Parts& parts, const RootCause& cause, Violations& v) {
  if (cause.parent.empty()) {
    if (cause.category != CauseCategory::kNone)
      v.Add("category", "NOT_OF_A_DRIVER", "must be left out of a driver, the top of the tree");
    return;
  }
  if (cause.category == CauseCategory::kNone) v.Add("category", "REQUIRED", "is required for a cause");
  if (!CanBeNamed(parts.causes, cause.parent, cause.archived))
    return v.Add("parent", "UNKNOWN_ROOT_CAUSE",
                 "must be the id of a driver or cause that is not archived; GET /v1/rootCauses lists them");
  const auto way = WayRound(cause.id, parts.causes.size(), [&](const std::string& id) {
    const RootCause* at = FindIn(parts.causes, id);
    return at ? at->parent : std::string();
  });
  if (!way.empty()) return v.Add("parent", "CAUSE_CYCLE", Described(way), CycleOf(way));
  for (const auto& [id, each] : parts.causes)
    if (IsBelow(parts, each, cause.id) && LevelsAbove(parts, each) > kMaxCauseLevels)
      return v.Add("parent", "TREE_TOO_DEEP", absl::StrCat("the tree has at most ", kMaxCauseLevels, " levels"),
                   {{"max", absl::StrCat(kMaxCauseLevels)}});
}

void CheckRule(const Parts& parts, const AlarmRule& rule, bool archived, Violations& v) {
  if (!rule.team.empty() && !CanBeNamed(parts.teams, rule.team, archived)) UnknownTeam("team", v);
  if (rule.rule_id != kDetractorRule) return;
  constexpr char kWhy[] = "must stay: every detractor has a case";
  if (!rule.enabled) v.Add("enabled", "RULE_REQUIRED", kWhy);
  if (archived) v.Add("archived", "RULE_REQUIRED", kWhy);
  if (!IsOnlyDetractor(rule.condition))
    v.Add("condition", "RULE_REQUIRED", "must be `detractor` alone: every detractor has a case");
}

void CheckPolicy(const Parts& parts, Violations& v) {
  if (!CanBeNamed(parts.teams, parts.policy.default_team, false)) UnknownTeam("defaultTeam", v);
  if (!CanBeNamed(parts.calendars, parts.policy.default_calendar, false)) UnknownCalendar("defaultCalendar", v);
}

bool RingsForAll(const AlarmCondition& condition) {
  constexpr int kBestNps = 10;  // no scale that everybody has goes further
  AlarmCondition c = condition;
  if (c.score_at_most >= kBestNps) c.score_at_most.reset();
  return MatchesEverything(c);
}

std::vector<std::string> UsersOfTeam(const Parts& parts, absl::string_view id) {
  std::vector<std::string> users;
  if (parts.policy.default_team == id) users.push_back("policy");
  for (const AlarmRule& rule : parts.rules)
    if (rule.team == id) users.push_back(absl::StrCat("rule ", rule.rule_id));
  for (const auto& [other, team] : parts.teams)
    if (!team.archived && other != id && (team.parent == id || team.escalates_to == id))
      users.push_back(absl::StrCat("team ", other));
  for (const auto& [other, member] : parts.members)
    if (!member.archived && std::count(member.teams.begin(), member.teams.end(), id) > 0)
      users.push_back(absl::StrCat("member ", other));
  return users;
}

std::vector<std::string> UsersOfCalendar(const Parts& parts, absl::string_view id) {
  std::vector<std::string> users;
  if (parts.policy.default_calendar == id) users.push_back("policy");
  for (const auto& [other, team] : parts.teams)
    if (!team.archived && team.calendar_id == id) users.push_back(absl::StrCat("team ", other));
  return users;
}

std::vector<std::string> UsersOfCause(const Parts& parts, absl::string_view id) {
  std::vector<std::string> users;
  for (const auto& [other, cause] : parts.causes)
    if (!cause.archived && other != id && cause.parent == id) users.push_back(absl::StrCat("root cause ", other));
  return users;
}

}  // namespace hoiam::loop
