// What the kinds of settings differ in, one struct each: for the templates of settings.cc.
#pragma once

#include <string>
#include <vector>

#include "loop_service/convert/built_in.h"
#include "loop_service/convert/playbook.h"
#include "loop_service/domain/playbook_rules.h"
#include "loop_service/errors.h"
#include "loop_service/limits.h"

namespace hoiam::loop {

struct TeamKind {
  using Message = pb::Team;
  static constexpr SettingKind kKind = SettingKind::kTeam;
  static constexpr size_t kMax = kMaxSettings;
  static const auto& BuiltIns() { return BuiltInTeams(); }
  static const std::string& Id(const Message& m) { return m.team_id(); }
  static void SetId(Message& m, const std::string& id) { m.set_team_id(id); }
  static absl::Status NotFound(const std::string& id) { return TeamNotFound(id); }
  static void Check(const Playbook::Parts& parts, const Message& m, Violations& v) {
    CheckTeam(parts, FromProto(m), v);
  }
  static std::vector<std::string> Users(const Playbook::Parts& parts, const std::string& id) {
    return UsersOfTeam(parts, id);
  }
};

struct MemberKind {
  using Message = pb::Member;
  static constexpr SettingKind kKind = SettingKind::kMember;
  static constexpr size_t kMax = kMaxSettings;
  static const absl::btree_map<std::string, Message>& BuiltIns() {
    static const auto* none = new absl::btree_map<std::string, Message>();
    return *none;
  }
  static const std::string& Id(const Message& m) { return m.member_id(); }
  static void SetId(Message& m, const std::string& id) { m.set_member_id(id); }
  static absl::Status NotFound(const std::string& id) { return MemberNotFound(id); }
  static void Check(const Playbook::Parts& parts, const Message& m, Violations& v) {
    CheckMember(parts, FromProto(m), v);
  }
  // Who stands in for somebody and is archived is passed over.
  static std::vector<std::string> Users(const Playbook::Parts&, const std::string&) { return {}; }
};

struct CalendarKind {
  using Message = pb::Calendar;
  static constexpr SettingKind kKind = SettingKind::kCalendar;
  static constexpr size_t kMax = kMaxCalendars;
  static const auto& BuiltIns() { return BuiltInCalendars(); }
  static const std::string& Id(const Message& m) { return m.calendar_id(); }
  static void SetId(Message& m, const std::string& id) { m.set_calendar_id(id); }
  static absl::Status NotFound(const std::string& id) { return CalendarNotFound(id); }
  static void Check(const Playbook::Parts&, const Message&, Violations&) {}
  static std::vector<std::string> Users(const Playbook::Parts& parts, const std::string& id) {
    return UsersOfCalendar(parts, id);
  }
};

struct RootCauseKind {
  using Message = pb::RootCause;
  static constexpr SettingKind kKind = SettingKind::kRootCause;
  static constexpr size_t kMax = kMaxSettings;
  static const auto& BuiltIns() { return BuiltInRootCauses(); }
  static const std::string& Id(const Message& m) { return m.root_cause_id(); }
  static void SetId(Message& m, const std::string& id) { m.set_root_cause_id(id); }
  static absl::Status NotFound(const std::string& id) { return RootCauseNotFound(id); }
  static void Check(const Playbook::Parts& parts, const Message& m, Violations& v) {
    CheckCause(parts, FromProto(m), v);
  }
  static std::vector<std::string> Users(const Playbook::Parts& parts, const std::string& id) {
    return UsersOfCause(parts, id);
  }
};

struct AlarmRuleKind {
  using Message = pb::AlarmRule;
  static constexpr SettingKind kKind = SettingKind::kAlarmRule;
  static constexpr size_t kMax = kMaxAlarmRules;
  static const auto& BuiltIns() { return BuiltInRules(); }
  static const std::string& Id(const Message& m) { return m.rule_id(); }
  static void SetId(Message& m, const std::string& id) { m.set_rule_id(id); }
  static absl::Status NotFound(const std::string& id) { return AlarmRuleNotFound(id); }
  static void Check(const Playbook::Parts& parts, const Message& m, Violations& v) {
    CheckRule(parts, FromProto(m), m.archived(), v);
  }
  static std::vector<std::string> Users(const Playbook::Parts&, const std::string&) { return {}; }
};

// There is one, which is always there.
struct PolicyKind {
  using Message = pb::CasePolicy;
  static constexpr SettingKind kKind = SettingKind::kPolicy;
  static constexpr size_t kMax = 1;
  static const absl::btree_map<std::string, Message>& BuiltIns() {
    static const auto* one = new absl::btree_map<std::string, Message>{{Id({}), BuiltInPolicy()}};
    return *one;
  }
  static const std::string& Id(const Message&) {
    static const auto* id = new std::string("policy");
    return *id;
  }
  static void SetId(Message&, const std::string&) {}
  static absl::Status NotFound(const std::string&) { return absl::InternalError("there is always a policy"); }
  static void Check(const Playbook::Parts& parts, const Message&, Violations& v) { CheckPolicy(parts, v); }
  static std::vector<std::string> Users(const Playbook::Parts&, const std::string&) { return {}; }
};

}  // namespace hoiam::loop
