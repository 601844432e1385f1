#include "loop_service/convert/built_in.h"

#include "absl/strings/string_view.h"
#include "loop_service/convert/calendar.h"
#include "loop_service/convert/playbook.h"
#include "loop_service/domain/catalogue.h"

namespace hoiam::loop {
namespace {

struct Named {
  absl::string_view id, vi, en;
};

constexpr Named kNames[] = {
    {"always", "Mọi lúc", "Always"},
    {"office", "Giờ hành chính", "Office hours"},
    {"shop", "Giờ cửa hàng", "Shop hours"},
    {"safety", "An toàn: báo ngay, bất kể điểm", "Safety: at once, whatever the score"},
    {"repeated", "Phản ánh lại sau khi đã xử lý", "Unhappy again after a case was resolved"},
    {"lowest", "Điểm thấp nhất", "Lowest scores"},
    {"detractor", "Mọi ý kiến phản đối", "Every detractor"},
};

template <class Message>
void Finish(absl::string_view id, Message& message) {
  for (const Named& n : kNames) {
    if (n.id != id) continue;
    message.mutable_display_name()->set_vi(std::string(n.vi));
    message.mutable_display_name()->set_en(std::string(n.en));
  }
  message.set_built_in(true);
}

template <class Message, class Rows>
auto* Make(const Rows& rows) {
  auto* out = new absl::btree_map<std::string, Message>();
  for (const auto& [id, row] : rows) {
    (*out)[id] = ToProto(row);
    (*out)[id].set_built_in(true);
  }
  return out;
}

}  // namespace

const absl::btree_map<std::string, pb::Team>& BuiltInTeams() {
  static const auto* all = Make<pb::Team>(BuiltInParts().teams);
  return *all;
}

const absl::btree_map<std::string, pb::RootCause>& BuiltInRootCauses() {
  static const auto* all = Make<pb::RootCause>(BuiltInParts().causes);
  return *all;
}

const absl::btree_map<std::string, pb::Calendar>& BuiltInCalendars() {
  static const auto* all = [] {
    auto* out = Make<pb::Calendar>(BuiltInParts().calendars);
    for (auto& [id, calendar] : *out) {
      calendar.set_calendar_id(id);
      Finish(id, calendar);
    }
    return out;
  }();
  return *all;
}

const absl::btree_map<std::string, pb::AlarmRule>& BuiltInRules() {
  static const auto* all = [] {
    auto* out = new absl::btree_map<std::string, pb::AlarmRule>();
    for (const AlarmRule& rule : BuiltInAlarmRules()) Finish(rule.rule_id, (*out)[rule.rule_id] = ToProto(rule));
    return out;
  }();
  return *all;
}

const pb::CasePolicy& BuiltInPolicy() {
  static const auto* policy = new pb::CasePolicy(ToProto(BuiltInPlaybook().policy()));
  return *policy;
}

}  // namespace hoiam::loop
