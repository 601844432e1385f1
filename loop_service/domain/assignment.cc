#include "loop_service/domain/assignment.h"

#include <algorithm>
#include <limits>

namespace hoiam::loop {

const std::string& TeamOf(const AlarmRule& rule, const Answer& a, const Playbook& playbook) {
  switch (rule.assign_team) {
    case AssignTeam::kFixed:
      return playbook.TeamFor({rule.team, a.touchpoint_team, a.owner_team});
    case AssignTeam::kAccount:
      return playbook.TeamFor({a.owner_team, a.touchpoint_team});
    case AssignTeam::kTouchpoint:
      break;
  }
  return playbook.TeamFor({a.touchpoint_team, a.owner_team});
}

std::vector<std::string> Candidates(const AlarmRule& rule, const Answer& a, const Playbook& playbook, absl::Time now) {
  std::vector<std::string> people;
  const auto add = [&](const std::string& person) {
    if (person.empty()) return;
    if (std::string there = playbook.StandIn(person, now); !there.empty()) people.push_back(std::move(there));
  };
  if (rule.assign_person == AssignPerson::kAccountOwner) add(a.account_owner);
  if (rule.assign_person == AssignPerson::kLeastLoaded)
    for (const Member* m : playbook.MembersOf(TeamOf(rule, a, playbook))) add(m->id);
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

std::string LeastLoaded(const std::vector<std::string>& candidates,
                        const std::function<int64_t(const std::string&)>& open_cases) {
  if (candidates.size() == 1) return candidates.front();
  std::string best;
  int64_t fewest = std::numeric_limits<int64_t>::max();
  for (const std::string& person : candidates) {
    const int64_t open = open_cases(person);
    if (open >= fewest) continue;
    fewest = open;
    best = person;
  }
  return best;
}

}  // namespace hoiam::loop
