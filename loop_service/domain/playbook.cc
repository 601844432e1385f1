#include "loop_service/domain/playbook.h"

#include <algorithm>
#include <utility>

namespace hoiam::loop {
namespace {

template <class Map>
const typename Map::mapped_type* FindIn(const Map& map, absl::string_view id) {
  const auto it = map.find(id);
  return it == map.end() ? nullptr : &it->second;
}

}  // namespace

Playbook::Playbook(Parts parts) : parts_(std::move(parts)), alarms_(parts_.rules) {}

const Team* Playbook::FindTeam(absl::string_view id) const { return FindIn(parts_.teams, id); }
const Member* Playbook::FindMember(absl::string_view id) const { return FindIn(parts_.members, id); }
const RootCause* Playbook::FindCause(absl::string_view id) const { return FindIn(parts_.causes, id); }

bool Playbook::TakesCases(absl::string_view team) const {
  const Team* found = FindTeam(team);
  return found && !found->archived;
}

const std::string& Playbook::TeamFor(std::initializer_list<absl::string_view> wanted) const {
  for (const absl::string_view id : wanted)
    if (const Team* team = FindTeam(id); team && !team->archived) return team->id;
  return default_team();
}

// The settings are refused when a walk upwards would come back; that it cannot go on without end does not depend on it.
const Calendar& Playbook::CalendarOf(absl::string_view team) const {
  const Team* at = FindTeam(team);
  for (size_t steps = 0; at && steps < parts_.teams.size(); ++steps, at = FindTeam(at->parent))
    if (const Calendar* own = FindIn(parts_.calendars, at->calendar_id)) return *own;
  if (const Calendar* common = FindIn(parts_.calendars, parts_.policy.default_calendar)) return *common;
  static const auto* always = new Calendar(AlwaysOpen());
  return *always;
}

std::vector<std::string> Playbook::EscalationChain(absl::string_view team) const {
  std::vector<std::string> seen = {std::string(team)}, chain;
  for (const Team* at = FindTeam(team); at;) {
    const std::string& next = at->escalates_to.empty() ? at->parent : at->escalates_to;
    at = FindTeam(next);
    if (!at || std::count(seen.begin(), seen.end(), next) > 0) break;
    seen.push_back(next);
    if (!at->archived) chain.push_back(next);
  }
  return chain;
}

bool Playbook::IsWithin(absl::string_view team, absl::Span<const std::string> roots) const {
  const Team* at = FindTeam(team);
  for (size_t steps = 0; at && steps < parts_.teams.size(); ++steps, at = FindTeam(at->parent))
    if (std::count(roots.begin(), roots.end(), at->id) > 0) return true;
  return false;
}

std::vector<std::string> Playbook::TeamsWithin(absl::Span<const std::string> roots) const {
  std::vector<std::string> within;
  for (const auto& [id, team] : parts_.teams)
    if (IsWithin(id, roots)) within.push_back(id);
  return within;
}

std::vector<const Member*> Playbook::MembersOf(absl::string_view team) const {
  std::vector<const Member*> members;
  for (const auto& [id, member] : parts_.members)
    if (!member.archived && std::count(member.teams.begin(), member.teams.end(), team) > 0) members.push_back(&member);
  return members;
}

std::string Playbook::StandIn(absl::string_view member, absl::Time at) const {
  std::string who(member);
  for (size_t steps = 0; steps <= parts_.members.size(); ++steps) {
    const Member* found = FindMember(who);
    if (!found) return who;
    if (found->archived) return "";
    const auto away = std::find_if(found->absences.begin(), found->absences.end(),
                                   [&](const Absence& a) { return a.start <= at && at < a.end; });
    if (away == found->absences.end()) return who;
    if (away->substitute.empty()) return "";
    who = away->substitute;
  }
  return "";  // they all stand in for one another, and are all away
}

bool Playbook::IsCause(absl::string_view id) const {
  const RootCause* cause = FindCause(id);
  return cause && !cause->parent.empty() && !cause->archived;
}

ServiceLevel Playbook::LevelFor(Priority priority, absl::string_view rule) const {
  ServiceLevel level = LevelOf(parts_.policy, priority);
  for (const AlarmRule& each : parts_.rules) {
    if (each.rule_id != rule) continue;
    level.acknowledge = each.acknowledge.value_or(level.acknowledge);
    level.contact = each.contact.value_or(level.contact);
    level.resolve = each.resolve.value_or(level.resolve);
  }
  return level;
}

}  // namespace hoiam::loop
