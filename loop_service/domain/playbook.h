// The playbook: all that a tenant has settled about its cases, as decisions ask for it. A value that does not change:
// whoever holds one sees one state of the settings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "loop_service/domain/alarm_rule.h"
#include "loop_service/domain/calendar.h"
#include "loop_service/domain/cause.h"
#include "loop_service/domain/policy.h"
#include "loop_service/domain/team.h"

namespace hoiam::loop {

class Playbook {
 public:
  // By id; archived ones too.
  struct Parts {
    int64_t version = 0;  // 0: as Hoiam brings it
    absl::btree_map<std::string, Team> teams;
    absl::btree_map<std::string, Member> members;
    absl::btree_map<std::string, Calendar> calendars;
    absl::btree_map<std::string, RootCause> causes;
    std::vector<AlarmRule> rules;  // those that are not archived, in any order
    CasePolicy policy;
  };
  explicit Playbook(Parts parts);

  int64_t version() const { return parts_.version; }
  const CasePolicy& policy() const { return parts_.policy; }
  // What rings.
  const AlarmBook& alarms() const { return alarms_; }

  // --- teams
  // nullptr when there is none; archived ones are found.
  const Team* FindTeam(absl::string_view id) const;
  // Whether a case can be given to it: it is there, and not archived.
  bool TakesCases(absl::string_view team) const;
  // The team of cases that nobody else would get.
  const std::string& default_team() const { return parts_.policy.default_team; }
  // The first of `wanted` that takes cases; else the default team. "" among them is nobody.
  const std::string& TeamFor(std::initializer_list<absl::string_view> wanted) const;
  // What it works by: its own calendar, that of the nearest team above with one, the policy's. For any string.
  const Calendar& CalendarOf(absl::string_view team) const;
  // Who is told, one after the other, when `team` does not acknowledge in time; without `team` itself, without archived
  // ones, no team twice.
  std::vector<std::string> EscalationChain(absl::string_view team) const;
  // Whether `team` is one of `roots` or lies below one: what somebody who is bound to `roots` sees.
  bool IsWithin(absl::string_view team, absl::Span<const std::string> roots) const;
  // `roots` and all that lie below them, archived ones too, by id; unknown ones are left out.
  std::vector<std::string> TeamsWithin(absl::Span<const std::string> roots) const;

  // --- members
  // nullptr when there is none; archived ones are found.
  const Member* FindMember(absl::string_view id) const;
  // Those of `team` that are not archived, by id.
  std::vector<const Member*> MembersOf(absl::string_view team) const;
  // Who works for `member` at `at`: the member, or while away the substitute, or while that one is away too theirs; ""
  // when it comes to nobody. Somebody who is no member is never away.
  std::string StandIn(absl::string_view member, absl::Time at) const;

  // --- causes
  // nullptr when there is none; archived ones are found.
  const RootCause* FindCause(absl::string_view id) const;
  // Whether it can be what went wrong in a case that is diagnosed or resolved now: a cause, no driver, not archived.
  bool IsCause(absl::string_view id) const;

  // --- service levels
  // How fast a case of `priority` is to be done that `rule` opened: what the rule says, else the policy. Unknown rules,
  // and "", say nothing.
  ServiceLevel LevelFor(Priority priority, absl::string_view rule) const;

 private:
  Parts parts_;
  AlarmBook alarms_;
};

// As Hoiam brings it: of a tenant that has settled nothing, version 0.
const Playbook& BuiltInPlaybook();

}  // namespace hoiam::loop
