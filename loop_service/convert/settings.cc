#include "loop_service/convert/settings.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "loop_service/convert/alarm_condition.h"
#include "loop_service/convert/calendar.h"
#include "loop_service/convert/setting_checks.h"
#include "loop_service/limits.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

using google::protobuf::FieldMask;

std::string At(absl::string_view list, int i) { return absl::StrCat(list, "[", i, "]"); }

// When somebody is away, in order of time, and where in the list that is said.
struct Away {
  absl::Time start, end;
  int index;
};

void CheckAbsences(const pb::Member& member, Violations& v) {
  CheckCount(member.absences_size(), kMaxAbsences, "absences", v);
  std::vector<Away> all;
  for (int i = 0; i < std::min(member.absences_size(), kMaxAbsences); ++i) {
    const pb::Absence& a = member.absences(i);
    if (!a.has_start_time() || !a.has_end_time()) {
      v.Add(At("absences", i), "INVALID_ABSENCE", "needs startTime and endTime");
    } else if (ToTime(a.end_time()) <= ToTime(a.start_time())) {
      v.Add(At("absences", i), "INVALID_ABSENCE", "must end after it starts");
    } else {
      all.push_back({ToTime(a.start_time()), ToTime(a.end_time()), i});
    }
  }
  std::sort(all.begin(), all.end(), [](const Away& a, const Away& b) { return a.start < b.start; });
  for (size_t i = 1; i < all.size(); ++i)
    if (all[i].start < all[i - 1].end)
      v.Add(At("absences", all[i].index), "INVALID_ABSENCE",
            absl::StrCat("must not overlap ", At("absences", all[i - 1].index)));
}

void CheckLevel(const pb::ServiceLevel& level, const std::string& at, Violations& v) {
  const auto check = [&](bool present, const google::protobuf::Duration& d, const char* name) {
    if (present) CheckDuration(d, kMinLevel, kMaxLevel, absl::StrCat(at, ".", name), v);
  };
  check(level.has_acknowledge(), level.acknowledge(), "acknowledge");
  check(level.has_contact(), level.contact(), "contact");
  check(level.has_resolve(), level.resolve(), "resolve");
}

void CheckPriority(pb::Priority::Code priority, const std::string& field, Violations& v) {
  if (priority == pb::Priority::UNSPECIFIED)
    v.Add(field, "REQUIRED", "must be P1, P2 or P3");
  else if (!pb::Priority::Code_IsValid(priority))
    UnknownValue(field, v);
}

}  // namespace

Patch ReadSettingPatch(const pb::Team& team, const FieldMask* mask, Violations& v) {
  static const auto* fields =
      new Patchable{{"parent", "display_name", "email", "calendar_id", "escalates_to", "archived"}, "team_id"};
  CheckSlug(team.team_id(), "teamId", true, v);
  return ReadPatch(team, mask, *fields, v);
}

Patch ReadSettingPatch(const pb::Member& member, const FieldMask* mask, Violations& v) {
  static const auto* fields = new Patchable{{"display_name", "email", "teams", "absences", "archived"}, "member_id"};
  CheckClientId(member.member_id(), "memberId", v);
  return ReadPatch(member, mask, *fields, v);
}

Patch ReadSettingPatch(const pb::Calendar& calendar, const FieldMask* mask, Violations& v) {
  static const auto* fields =
      new Patchable{{"display_name", "time_zone", "hours", "holidays", "tet", "archived"}, "calendar_id"};
  CheckSlug(calendar.calendar_id(), "calendarId", true, v);
  return ReadPatch(calendar, mask, *fields, v);
}

Patch ReadSettingPatch(const pb::RootCause& cause, const FieldMask* mask, Violations& v) {
  static const auto* fields =
      new Patchable{{"parent", "display_name", "display_name_en", "category", "archived"}, "root_cause_id"};
  CheckSlug(cause.root_cause_id(), "rootCauseId", true, v);
  return ReadPatch(cause, mask, *fields, v);
}

Patch ReadSettingPatch(const pb::AlarmRule& rule, const FieldMask* mask, Violations& v) {
  static const auto* fields = new Patchable{{"display_name", "rank", "condition", "priority", "level", "assign_team",
                                             "team", "assign_person", "enabled", "archived"},
                                            "rule_id"};
  CheckSlug(rule.rule_id(), "ruleId", true, v);
  return ReadPatch(rule, mask, *fields, v);
}

Patch ReadSettingPatch(const pb::CasePolicy& policy, const FieldMask* mask, Violations& v) {
  static const auto* fields = new Patchable{
      {"levels", "default_team", "default_calendar", "max_wait", "escalate_every", "verify_after", "said_twice_within",
       "complaint_open_for", "override_roles", "thank_customer", "brand", "warn_at_percent"},
      ""};
  return ReadPatch(policy, mask, *fields, v);
}

void CheckSetting(const pb::Team& team, Violations& v) {
  if (team.display_name().empty()) v.Add("displayName", "REQUIRED", "is required");
  CheckLine(team.display_name(), "displayName", kMaxNameBytes, v);
  CheckEmail(team.email(), "email", v);
  CheckSlug(team.parent(), "parent", false, v);
  CheckSlug(team.calendar_id(), "calendarId", false, v);
  CheckSlug(team.escalates_to(), "escalatesTo", false, v);
}

void CheckSetting(const pb::Member& member, Violations& v) {
  CheckLine(member.display_name(), "displayName", kMaxNameBytes, v);
  CheckEmail(member.email(), "email", v);
  if (member.teams().empty()) v.Add("teams", "REQUIRED", "needs at least one team");
  CheckCount(member.teams_size(), kMaxTeamsOfMember, "teams", v);
  std::set<std::string> seen;
  for (int i = 0; i < std::min(member.teams_size(), kMaxTeamsOfMember); ++i) {
    CheckSlug(member.teams(i), At("teams", i), true, v);
    if (!seen.insert(member.teams(i)).second) v.Add(At("teams", i), "DUPLICATE", "is said twice");
  }
  CheckAbsences(member, v);
}

void CheckSetting(const pb::Calendar& calendar, Violations& v) { CheckCalendar(calendar, v); }

void CheckSetting(const pb::RootCause& cause, Violations& v) {
  if (cause.display_name().empty()) v.Add("displayName", "REQUIRED", "is required");
  CheckLine(cause.display_name(), "displayName", kMaxNameBytes, v);
  CheckLine(cause.display_name_en(), "displayNameEn", kMaxNameBytes, v);
  CheckSlug(cause.parent(), "parent", false, v);
  if (!pb::CauseCategory::Code_IsValid(cause.category())) UnknownValue("category", v);
}

void CheckSetting(const pb::AlarmRule& rule, Violations& v) {
  CheckNames(rule.display_name(), v);
  CheckNumber(rule.rank(), 0, kMaxRank, "rank", v);
  CheckCondition(rule.condition(), v);
  CheckPriority(rule.priority(), "priority", v);
  CheckLevel(rule.level(), "level", v);
  if (!pb::AssignTeam::Code_IsValid(rule.assign_team())) UnknownValue("assignTeam", v);
  if (!pb::AssignPerson::Code_IsValid(rule.assign_person())) UnknownValue("assignPerson", v);
  const bool fixed = rule.assign_team() == pb::AssignTeam::FIXED;
  CheckSlug(rule.team(), "team", fixed, v);
  if (!fixed && !rule.team().empty())
    v.Add("team", "TEAM_NOT_FIXED", "is taken only with assignTeam FIXED; leave it out");
}

void CheckSetting(const pb::CasePolicy& policy, Violations& v) {
  std::set<int> seen;
  for (int i = 0; i < policy.levels_size(); ++i) {
    const pb::PriorityLevel& each = policy.levels(i);
    CheckPriority(each.priority(), At("levels", i) + ".priority", v);
    if (!seen.insert(each.priority()).second) v.Add(At("levels", i) + ".priority", "DUPLICATE", "is said twice");
    CheckLevel(each.level(), At("levels", i) + ".level", v);
  }
  CheckSlug(policy.default_team(), "defaultTeam", false, v);
  CheckSlug(policy.default_calendar(), "defaultCalendar", false, v);
  const auto duration = [&](bool present, const google::protobuf::Duration& d, const char* field) {
    if (present) CheckDuration(d, kMinLevel, kMaxLevel, field, v);
  };
  duration(policy.has_max_wait(), policy.max_wait(), "maxWait");
  duration(policy.has_escalate_every(), policy.escalate_every(), "escalateEvery");
  duration(policy.has_verify_after(), policy.verify_after(), "verifyAfter");
  duration(policy.has_said_twice_within(), policy.said_twice_within(), "saidTwiceWithin");
  duration(policy.has_complaint_open_for(), policy.complaint_open_for(), "complaintOpenFor");
  CheckCount(policy.override_roles_size(), kMaxRoles, "overrideRoles", v);
  for (int i = 0; i < std::min(policy.override_roles_size(), kMaxRoles); ++i)
    CheckUpperSnake(policy.override_roles(i), At("overrideRoles", i), v);
  CheckLine(policy.brand(), "brand", kMaxBrandBytes, v);
  if (policy.has_warn_at_percent()) CheckNumber(policy.warn_at_percent(), 0, 99, "warnAtPercent", v);
}

}  // namespace hoiam::loop
