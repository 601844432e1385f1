#include "survey_service/convert/trigger.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/currency.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using google::protobuf::Value;

Operator ToOperator(v1::Comparison::Code code) {
  switch (code) {
    case v1::Comparison::NE:
      return Operator::kNe;
    case v1::Comparison::LT:
      return Operator::kLt;
    case v1::Comparison::LE:
      return Operator::kLe;
    case v1::Comparison::GT:
      return Operator::kGt;
    case v1::Comparison::GE:
      return Operator::kGe;
    default:
      return Operator::kEq;
  }
}

PropertyValue ToValue(const Value& value) {
  switch (value.kind_case()) {
    case Value::kNumberValue:
      return value.number_value();
    case Value::kBoolValue:
      return value.bool_value();
    default:
      return value.string_value();
  }
}

void CheckProperty(const v1::PropertyCondition& c, const std::string& at, Violations& v) {
  if (c.key().empty())
    v.Add(at + ".key", "REQUIRED", "is required");
  else
    CheckLine(c.key(), at + ".key", kMaxPropertyKey, v);
  if (c.operator_() == v1::Comparison::UNSPECIFIED)
    v.Add(at + ".operator", "REQUIRED", "is required");
  else if (!v1::Comparison::Code_IsValid(c.operator_()))
    UnknownEnum(at + ".operator", v);
  switch (c.value().kind_case()) {
    case Value::kNumberValue:
      if (!std::isfinite(c.value().number_value())) v.Add(at + ".value", "NOT_FINITE", "must be a finite number");
      return;
    case Value::kStringValue:
    case Value::kBoolValue:
      if (c.operator_() > v1::Comparison::NE)
        v.Add(at + ".value", "NUMBER_REQUIRED", "LT, LE, GT and GE compare numbers");
      if (c.value().has_string_value()) CheckProse(c.value().string_value(), at + ".value", kMaxPropertyBytes, v);
      return;
    default:
      v.Add(at + ".value", "PROPERTY_TYPE", "must be a string, a number or a boolean");
  }
}

std::optional<Decimal> CheckAmount(const std::string& text, absl::string_view field, Violations& v) {
  if (text.empty()) return std::nullopt;
  auto amount = Decimal::ParseAmount(text);
  if (!amount) v.Add(field, "INVALID_AMOUNT", "must be a decimal of at most 18 digits, at most 6 after the point");
  return amount;
}

void CheckAmounts(const v1::Trigger& t, Violations& v) {
  const auto min = CheckAmount(t.min_amount(), "trigger.minAmount", v);
  const auto max = CheckAmount(t.max_amount(), "trigger.maxAmount", v);
  if (min && max && min->micros() > max->micros())
    v.Add("trigger.maxAmount", "EMPTY_RANGE", "must be at least minAmount");
  const bool amounts = !t.min_amount().empty() || !t.max_amount().empty();
  if (amounts && t.currency().empty())
    v.Add("trigger.currency", "REQUIRED", "is required with minAmount or maxAmount");
  else if (!t.currency().empty() && !IsCurrency(t.currency()))
    v.Add("trigger.currency", "UNKNOWN_CURRENCY", "must be an active ISO 4217 code such as VND");
  else if (!t.currency().empty() && !amounts)
    v.Add("trigger.minAmount", "REQUIRED", "minAmount or maxAmount is required with currency");
}

// What is said must be about the kind of thing that happens.
void CheckFits(const v1::Trigger& t, Violations& v) {
  const auto on = t.on() == v1::TriggerEvent::UNSPECIFIED ? v1::TriggerEvent::INTERACTION : t.on();
  const auto only = [&](bool said, absl::string_view field, std::initializer_list<v1::TriggerEvent::Code> events) {
    if (!said || std::find(events.begin(), events.end(), on) != events.end()) return;
    const std::string& name = v1::TriggerEvent::Code_Name(on);
    v.Add(absl::StrCat("trigger.", field), "NOT_FOR_EVENT", absl::StrCat("says nothing about ", name, "; leave it out"),
          {{"on", name}});
  };
  constexpr auto kInteraction = v1::TriggerEvent::INTERACTION;
  only(t.interaction_types_size() > 0, "interactionTypes", {kInteraction});
  only(t.touchpoints_size() > 0, "touchpoints", {kInteraction, v1::TriggerEvent::CASE_RESOLVED});
  only(t.properties_size() > 0, "properties", {kInteraction});
  only(!t.min_amount().empty(), "minAmount", {kInteraction});
  only(!t.max_amount().empty(), "maxAmount", {kInteraction});
  only(t.usage_statuses_size() > 0, "usageStatuses", {v1::TriggerEvent::USAGE_CHANGED});
  only(t.lifecycles_size() > 0, "lifecycles", {v1::TriggerEvent::LIFECYCLE_CHANGED});
}

template <class List, class IsValid>
void CheckEnums(const List& list, absl::string_view field, const IsValid& is_valid, Violations& v) {
  for (int i = 0; i < list.size(); ++i) {
    const std::string at = absl::StrCat("trigger.", field, "[", i, "]");
    if (list[i] == 0)
      v.Add(at, "REQUIRED", "is required");
    else if (!is_valid(list[i]))
      UnknownEnum(at, v);
  }
}

}  // namespace

void CheckTrigger(const v1::Trigger& t, Violations& v) {
  const auto count = [&](int n, absl::string_view field, int most) {
    if (n > most)
      v.Add(absl::StrCat("trigger.", field), "TOO_MANY", absl::StrCat("at most ", most), {{"max", absl::StrCat(most)}});
  };
  constexpr int kMost = kMaxTriggerValues;
  count(t.interaction_types_size(), "interactionTypes", kMost);
  count(t.touchpoints_size(), "touchpoints", kMost);
  count(t.properties_size(), "properties", kMaxPropertyTests);
  count(t.usage_statuses_size(), "usageStatuses", kMost);
  count(t.lifecycles_size(), "lifecycles", kMost);
  count(t.respondent_kinds_size(), "respondentKinds", kMost);
  for (int i = 0; i < t.interaction_types_size(); ++i)
    CheckUpperSnake(t.interaction_types(i), absl::StrCat("trigger.interactionTypes[", i, "]"), v);
  for (int i = 0; i < t.touchpoints_size(); ++i)
    CheckSlug(t.touchpoints(i), absl::StrCat("trigger.touchpoints[", i, "]"), true, v);
  for (int i = 0; i < t.usage_statuses_size(); ++i)
    CheckUpperSnake(t.usage_statuses(i), absl::StrCat("trigger.usageStatuses[", i, "]"), v);
  for (int i = 0; i < t.properties_size(); ++i)
    CheckProperty(t.properties(i), absl::StrCat("trigger.properties[", i, "]"), v);
  CheckEnums(t.lifecycles(), "lifecycles", v1::Lifecycle::Code_IsValid, v);
  CheckEnums(t.respondent_kinds(), "respondentKinds", v1::RespondentKind::Code_IsValid, v);
  if (v1::TriggerEvent::Code_IsValid(t.on()))
    CheckFits(t, v);
  else
    UnknownEnum("trigger.on", v);
  CheckAmounts(t, v);
  if (t.has_delay()) CheckDuration(t.delay(), "trigger.delay", absl::ZeroDuration(), kMaxDelay, v);
  if (t.has_sample_percent() && !(t.sample_percent() >= 0 && t.sample_percent() <= 100))
    v.Add("trigger.samplePercent", "PERCENT_OUT_OF_RANGE", "must be 0 to 100", {{"min", "0"}, {"max", "100"}});
  if (t.has_max_age()) CheckDuration(t.max_age(), "trigger.maxAge", absl::Seconds(1), kMaxMaxAge, v);
}

v1::Survey Slim(const v1::Survey& survey) {
  v1::Survey slim = survey;
  slim.clear_display_name();
  slim.clear_template_();
  slim.clear_questions();
  slim.clear_address();
  slim.clear_create_time();
  slim.clear_update_time();
  slim.clear_schedule();
  return slim;
}

AskingSurvey ToAsking(const v1::Survey& s) {
  AskingSurvey out;
  out.survey_id = s.survey_id();
  out.metric = s.metric();
  out.has_trigger = s.has_trigger();
  const v1::Trigger& t = s.trigger();
  Trigger& to = out.trigger;
  to.on = ToOn(t.on());
  to.interaction_types.assign(t.interaction_types().begin(), t.interaction_types().end());
  to.touchpoints.assign(t.touchpoints().begin(), t.touchpoints().end());
  for (const v1::PropertyCondition& c : t.properties())
    to.properties.push_back({c.key(), ToOperator(c.operator_()), ToValue(c.value())});
  to.min_amount = Decimal::ParseAmount(t.min_amount());
  to.max_amount = Decimal::ParseAmount(t.max_amount());
  to.currency = t.currency();
  to.usage_statuses.assign(t.usage_statuses().begin(), t.usage_statuses().end());
  for (int code : t.lifecycles()) to.lifecycles.push_back(ToLifecycle(static_cast<v1::Lifecycle::Code>(code)));
  for (int code : t.respondent_kinds()) to.kinds.push_back(ToKind(static_cast<v1::RespondentKind::Code>(code)));
  to.delay = ToDuration(t.delay());
  if (t.has_sample_percent()) to.sample_percent = t.sample_percent();
  if (t.has_max_age()) to.max_age = ToDuration(t.max_age());
  out.window = s.fatigue().has_window() ? ToDuration(s.fatigue().window()) : DefaultWindow(s.has_trigger());
  for (int code : s.channels()) out.channels.push_back(ToChannel(static_cast<v1::DeliveryChannel::Code>(code)));
  if (out.channels.empty()) out.channels.push_back(AskChannel::kLink);
  out.daily_limit = s.daily_limit();
  out.recovery = s.recovery();
  return out;
}

AskChannel ToChannel(v1::DeliveryChannel::Code channel) {
  return channel == v1::DeliveryChannel::EMAIL ? AskChannel::kEmail : AskChannel::kLink;
}

v1::DeliveryChannel::Code FromChannel(AskChannel channel) {
  return channel == AskChannel::kEmail ? v1::DeliveryChannel::EMAIL : v1::DeliveryChannel::LINK;
}

TriggerOn ToOn(v1::TriggerEvent::Code on) {
  switch (on) {
    case v1::TriggerEvent::USAGE_CHANGED:
      return TriggerOn::kUsageChanged;
    case v1::TriggerEvent::LIFECYCLE_CHANGED:
      return TriggerOn::kLifecycleChanged;
    case v1::TriggerEvent::CASE_RESOLVED:
      return TriggerOn::kCaseResolved;
    default:
      return TriggerOn::kInteraction;
  }
}

LifecycleStage ToLifecycle(v1::Lifecycle::Code lifecycle) {
  switch (lifecycle) {
    case v1::Lifecycle::PROSPECT:
      return LifecycleStage::kProspect;
    case v1::Lifecycle::NEW:
      return LifecycleStage::kNew;
    case v1::Lifecycle::ACTIVE:
      return LifecycleStage::kActive;
    case v1::Lifecycle::LAPSED:
      return LifecycleStage::kLapsed;
    default:
      return LifecycleStage::kUnknown;
  }
}

PersonKind ToKind(v1::RespondentKind::Code kind) {
  switch (kind) {
    case v1::RespondentKind::PROSPECT:
      return PersonKind::kProspect;
    case v1::RespondentKind::EMPLOYEE:
      return PersonKind::kEmployee;
    case v1::RespondentKind::PARTNER:
      return PersonKind::kPartner;
    default:
      return PersonKind::kCustomer;
  }
}

Happening ToHappening(const v1::Interaction& i) {
  Happening h;
  h.type = i.type();
  h.touchpoint = i.touchpoint();
  h.amount = Decimal::ParseAmount(i.amount());
  h.currency = i.currency();
  h.property = [&i](const std::string& key) -> std::optional<PropertyValue> {
    const auto it = i.properties().find(key);
    if (it == i.properties().end()) return std::nullopt;
    return ToValue(it->second);
  };
  return h;
}

}  // namespace hoiam::survey
