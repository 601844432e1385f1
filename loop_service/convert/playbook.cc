#include "loop_service/convert/playbook.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "loop_service/convert/alarm_condition.h"
#include "loop_service/convert/calendar.h"
#include "loop_service/convert/setting_checks.h"

namespace hoiam::loop {
namespace {

template <class To, class From>
constexpr To Cast(From e) {
  return static_cast<To>(static_cast<int>(e));
}
static_assert(Cast<int>(CauseCategory::kPromise) == pb::CauseCategory::PROMISE);
static_assert(Cast<int>(Priority::kP3) == pb::Priority::P3);
static_assert(Cast<int>(AssignTeam::kFixed) == pb::AssignTeam::FIXED);
static_assert(Cast<int>(AssignPerson::kLeastLoaded) == pb::AssignPerson::LEAST_LOADED);

constexpr std::array<absl::string_view, 6> kKinds = {"TEAM",       "MEMBER",     "CALENDAR",
                                                     "ROOT_CAUSE", "ALARM_RULE", "POLICY"};

template <class Repeated>
std::vector<std::string> Texts(const Repeated& texts) {
  return {texts.begin(), texts.end()};
}

template <class Message, class Map>
bool Put(absl::string_view body, Map& map, const std::string& (Message::*id)() const) {
  Message message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) return false;
  map[(message.*id)()] = FromProto(message);
  return true;
}

}  // namespace

absl::string_view Name(SettingKind kind) { return kKinds[static_cast<size_t>(kind) - 1]; }

Team FromProto(const pb::Team& t) {
  return {t.team_id(), t.parent(), t.display_name(), t.email(), t.calendar_id(), t.escalates_to(), t.archived()};
}

Member FromProto(const pb::Member& m) {
  Member out{m.member_id(), m.display_name(), m.email(), Texts(m.teams())};
  for (const pb::Absence& a : m.absences())
    out.absences.push_back({ToTime(a.start_time()), ToTime(a.end_time()), a.substitute()});
  out.archived = m.archived();
  return out;
}

RootCause FromProto(const pb::RootCause& c) {
  return {c.root_cause_id(), c.parent(), c.display_name(), c.display_name_en(), Cast<CauseCategory>(c.category()),
          c.archived()};
}

AlarmRule FromProto(const pb::AlarmRule& r) {
  AlarmRule out;
  out.rule_id = r.rule_id();
  out.rank = r.rank();
  out.condition = FromProto(r.condition());
  out.priority = Cast<Priority>(r.priority());
  if (r.level().has_acknowledge()) out.acknowledge = ToDuration(r.level().acknowledge());
  if (r.level().has_contact()) out.contact = ToDuration(r.level().contact());
  if (r.level().has_resolve()) out.resolve = ToDuration(r.level().resolve());
  if (r.assign_team() != pb::AssignTeam::UNSPECIFIED) out.assign_team = Cast<AssignTeam>(r.assign_team());
  out.team = r.team();
  if (r.assign_person() != pb::AssignPerson::UNSPECIFIED) out.assign_person = Cast<AssignPerson>(r.assign_person());
  out.enabled = !r.has_enabled() || r.enabled();
  return out;
}

CasePolicy FromProto(const pb::CasePolicy& p) {
  CasePolicy out = BuiltInPlaybook().policy();
  for (const pb::PriorityLevel& each : p.levels()) {
    if (each.priority() < pb::Priority::P1 || each.priority() > pb::Priority::P3) continue;
    ServiceLevel& level = out.levels[static_cast<size_t>(each.priority()) - 1];
    if (each.level().has_acknowledge()) level.acknowledge = ToDuration(each.level().acknowledge());
    if (each.level().has_contact()) level.contact = ToDuration(each.level().contact());
    if (each.level().has_resolve()) level.resolve = ToDuration(each.level().resolve());
  }
  if (!p.default_team().empty()) out.default_team = p.default_team();
  if (!p.default_calendar().empty()) out.default_calendar = p.default_calendar();
  if (p.has_max_wait()) out.max_wait = ToDuration(p.max_wait());
  if (p.has_escalate_every()) out.escalate_every = ToDuration(p.escalate_every());
  if (p.has_verify_after()) out.verify_after = ToDuration(p.verify_after());
  if (p.has_said_twice_within()) out.said_twice_within = ToDuration(p.said_twice_within());
  if (p.has_complaint_open_for()) out.complaint_open_for = ToDuration(p.complaint_open_for());
  if (!p.override_roles().empty()) out.override_roles = Texts(p.override_roles());
  if (p.has_thank_customer()) out.thank_customer = p.thank_customer();
  out.brand = p.brand();
  if (p.has_warn_at_percent()) out.warn_at_percent = p.warn_at_percent();
  return out;
}

pb::Team ToProto(const Team& t) {
  pb::Team out;
  out.set_team_id(t.id);
  out.set_parent(t.parent);
  out.set_display_name(t.display_name);
  out.set_email(t.email);
  out.set_calendar_id(t.calendar_id);
  out.set_escalates_to(t.escalates_to);
  out.set_archived(t.archived);
  return out;
}

pb::RootCause ToProto(const RootCause& c) {
  pb::RootCause out;
  out.set_root_cause_id(c.id);
  out.set_parent(c.parent);
  out.set_display_name(c.display_name);
  out.set_display_name_en(c.display_name_en);
  out.set_category(Cast<pb::CauseCategory::Code>(c.category));
  out.set_archived(c.archived);
  return out;
}

pb::AlarmRule ToProto(const AlarmRule& r) {
  pb::AlarmRule out;
  out.set_rule_id(r.rule_id);
  out.set_rank(r.rank);
  *out.mutable_condition() = ToProto(r.condition);
  out.set_priority(Cast<pb::Priority::Code>(r.priority));
  if (r.acknowledge) *out.mutable_level()->mutable_acknowledge() = FromDuration(*r.acknowledge);
  if (r.contact) *out.mutable_level()->mutable_contact() = FromDuration(*r.contact);
  if (r.resolve) *out.mutable_level()->mutable_resolve() = FromDuration(*r.resolve);
  out.set_assign_team(Cast<pb::AssignTeam::Code>(r.assign_team));
  out.set_team(r.team);
  out.set_assign_person(Cast<pb::AssignPerson::Code>(r.assign_person));
  out.set_enabled(r.enabled);
  return out;
}

pb::CasePolicy ToProto(const CasePolicy& p) {
  pb::CasePolicy out;
  for (size_t i = 0; i < p.levels.size(); ++i) {
    pb::PriorityLevel& each = *out.add_levels();
    each.set_priority(static_cast<pb::Priority::Code>(i + 1));
    *each.mutable_level()->mutable_acknowledge() = FromDuration(p.levels[i].acknowledge);
    *each.mutable_level()->mutable_contact() = FromDuration(p.levels[i].contact);
    *each.mutable_level()->mutable_resolve() = FromDuration(p.levels[i].resolve);
  }
  out.set_default_team(p.default_team);
  out.set_default_calendar(p.default_calendar);
  *out.mutable_max_wait() = FromDuration(p.max_wait);
  *out.mutable_escalate_every() = FromDuration(p.escalate_every);
  *out.mutable_verify_after() = FromDuration(p.verify_after);
  *out.mutable_said_twice_within() = FromDuration(p.said_twice_within);
  *out.mutable_complaint_open_for() = FromDuration(p.complaint_open_for);
  out.mutable_override_roles()->Assign(p.override_roles.begin(), p.override_roles.end());
  out.set_thank_customer(p.thank_customer);
  out.set_brand(p.brand);
  out.set_warn_at_percent(p.warn_at_percent);
  return out;
}

absl::Status AddStored(absl::string_view kind, absl::string_view body, Playbook::Parts& parts) {
  bool read = false;
  if (kind == Name(SettingKind::kTeam)) read = Put(body, parts.teams, &pb::Team::team_id);
  if (kind == Name(SettingKind::kMember)) read = Put(body, parts.members, &pb::Member::member_id);
  if (kind == Name(SettingKind::kCalendar)) read = Put(body, parts.calendars, &pb::Calendar::calendar_id);
  if (kind == Name(SettingKind::kRootCause)) read = Put(body, parts.causes, &pb::RootCause::root_cause_id);
  if (pb::AlarmRule rule; kind == Name(SettingKind::kAlarmRule)) {
    read = rule.ParseFromArray(body.data(), static_cast<int>(body.size()));
    std::erase_if(parts.rules, [&](const AlarmRule& each) { return each.rule_id == rule.rule_id(); });
    if (read && !rule.archived()) parts.rules.push_back(FromProto(rule));
  }
  if (pb::CasePolicy policy; kind == Name(SettingKind::kPolicy)) {
    read = policy.ParseFromArray(body.data(), static_cast<int>(body.size()));
    if (read) parts.policy = FromProto(policy);
  }
  return read ? absl::OkStatus() : absl::InternalError(absl::StrCat("a setting of kind ", kind, " cannot be read"));
}

}  // namespace hoiam::loop
