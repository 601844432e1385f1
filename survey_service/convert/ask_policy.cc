#include "survey_service/convert/ask_policy.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

// Names that verdicts have already.
constexpr absl::string_view kBuiltInRules[] = {"unsubscribed", "consent",   "respondent_kind", "max_age",
                                               "once",         "channel",   "sample",          "blackout",
                                               "daily_limit",  "floor_24h", "survey_window"};

const Patchable& Fields() {
  static const auto* p = new Patchable{{"rules", "quiet_until", "quiet_from", "time_zone", "consent_required",
                                        "blackouts", "confirm_above", "sms_short_code"},
                                       ""};
  return *p;
}

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  absl::CivilDay day;
  if (text.size() != 10 || !absl::ParseCivilTime(text, &day) || absl::FormatCivilTime(day) != text) return std::nullopt;
  return day;
}

void CheckTooMany(int n, int most, absl::string_view field, Violations& v) {
  if (n > most) v.Add(field, "TOO_MANY", absl::StrCat("at most ", most), {{"max", absl::StrCat(most)}});
}

void CheckRule(const v1::FatigueRule& rule, const std::string& at, std::set<std::string>& seen,
               const MetricBook& metrics, Violations& v) {
  CheckSlug(rule.rule_id(), at + ".ruleId", true, v);
  const bool built_in = std::count(std::begin(kBuiltInRules), std::end(kBuiltInRules), rule.rule_id()) > 0;
  if (built_in || (!rule.rule_id().empty() && !seen.insert(rule.rule_id()).second))
    v.Add(at + ".ruleId", "DUPLICATE_ID", "must be another id than those of the other rules");
  CheckMetric(rule.metric(), at + ".metric", false, metrics, v);
  if (!v1::DeliveryChannel::Code_IsValid(rule.channel())) UnknownEnum(at + ".channel", v);
  CheckTooMany(rule.surveys_size(), kMaxTriggerValues, at + ".surveys", v);
  for (int i = 0; i < rule.surveys_size(); ++i)
    CheckSlug(rule.surveys(i), absl::StrCat(at, ".surveys[", i, "]"), true, v);
  if (rule.max_asks() < 1 || rule.max_asks() > kMaxRuleAsks)
    v.Add(at + ".maxAsks", "NUMBER_OUT_OF_RANGE", absl::StrCat("must be 1 to ", kMaxRuleAsks),
          {{"min", "1"}, {"max", absl::StrCat(kMaxRuleAsks)}});
  CheckDuration(rule.window(), at + ".window", kMinRuleWindow, kMaxWindow, v);
}

void CheckBlackout(const v1::Blackout& days, const std::string& at, Violations& v) {
  const auto first = ParseDay(days.first_day()), last = ParseDay(days.last_day());
  if (!first) v.Add(at + ".firstDay", "INVALID_DAY", "must be a day such as 2026-02-14");
  if (!last) v.Add(at + ".lastDay", "INVALID_DAY", "must be a day such as 2026-02-20");
  if (first && last && *last < *first) v.Add(at + ".lastDay", "EMPTY_RANGE", "must be firstDay or later");
  CheckLine(days.reason(), at + ".reason", kMaxName, v);
}

void CheckPolicy(const v1::AskPolicy& p, const MetricBook& metrics, Violations& v) {
  CheckTooMany(p.rules_size(), kMaxPolicyRules, "rules", v);
  std::set<std::string> seen;
  for (int i = 0; i < p.rules_size(); ++i) CheckRule(p.rules(i), absl::StrCat("rules[", i, "]"), seen, metrics, v);
  const auto time = [&](const std::string& text, absl::string_view field) {
    if (!ParseTimeOfDay(text)) v.Add(field, "INVALID_TIME_OF_DAY", "must be a time of day such as 07:00");
  };
  time(p.quiet_until(), "quietUntil");
  time(p.quiet_from(), "quietFrom");
  if (!FindTimeZone(p.time_zone()))
    v.Add("timeZone", "UNKNOWN_TIME_ZONE", "must be an IANA zone, e.g. Asia/Ho_Chi_Minh");
  CheckTooMany(p.blackouts_size(), kMaxBlackouts, "blackouts", v);
  for (int i = 0; i < p.blackouts_size(); ++i) CheckBlackout(p.blackouts(i), absl::StrCat("blackouts[", i, "]"), v);
  if (p.confirm_above() < 1 || p.confirm_above() > kMaxConfirmAbove)
    v.Add("confirmAbove", "NUMBER_OUT_OF_RANGE", absl::StrCat("must be 1 to ", kMaxConfirmAbove),
          {{"min", "1"}, {"max", absl::StrCat(kMaxConfirmAbove)}});
  CheckLine(p.sms_short_code(), "smsShortCode", kMaxSmsShortCode, v);
}

}  // namespace

v1::AskPolicy DefaultPolicy() {
  v1::AskPolicy p;
  p.set_quiet_until(kDefaultQuietUntil);
  p.set_quiet_from(kDefaultQuietFrom);
  p.set_time_zone(kDefaultZone);
  p.set_confirm_above(kDefaultConfirmAbove);
  return p;
}

Patch ReadPolicyPatch(const v1::UpdateAskPolicyRequest& q, Violations& v) {
  return ReadPatch(q.policy(), q.has_update_mask() ? &q.update_mask() : nullptr, Fields(), v);
}

void ApplyPolicyPatch(const v1::AskPolicy& source, const Patch& patch, const MetricBook& metrics, v1::AskPolicy& policy,
                      Violations& v) {
  ApplyPatch(source, patch, policy);
  // What is cleared goes back to its default.
  const v1::AskPolicy defaults = DefaultPolicy();
  if (policy.quiet_until().empty()) policy.set_quiet_until(defaults.quiet_until());
  if (policy.quiet_from().empty()) policy.set_quiet_from(defaults.quiet_from());
  if (policy.time_zone().empty()) policy.set_time_zone(defaults.time_zone());
  CheckPolicy(policy, metrics, v);
}

std::set<std::string> OwnMetrics(const v1::AskPolicy& policy) {
  std::set<std::string> own;
  for (const v1::FatigueRule& rule : policy.rules()) AddOwn(rule.metric(), own);
  return own;
}

AskRules ToRules(const v1::AskPolicy& p) {
  AskRules out;
  for (const v1::FatigueRule& r : p.rules()) {
    PolicyRule rule{r.rule_id(), r.metric()};
    if (r.channel() != v1::DeliveryChannel::UNSPECIFIED) rule.channel = ToChannel(r.channel());
    rule.surveys.assign(r.surveys().begin(), r.surveys().end());
    rule.max_asks = r.max_asks();
    rule.window = ToDuration(r.window());
    out.rules.push_back(std::move(rule));
  }
  out.quiet = {ParseTimeOfDay(p.quiet_until()).value_or(out.quiet.until),
               ParseTimeOfDay(p.quiet_from()).value_or(out.quiet.from)};
  out.zone = FindTimeZone(p.time_zone()).value_or(*FindTimeZone(kDefaultZone));
  for (const v1::Blackout& b : p.blackouts()) {
    const auto first = ParseDay(b.first_day()), last = ParseDay(b.last_day());
    if (first && last) out.blackouts.push_back({*first, *last, b.reason()});
  }
  out.consent_required = p.consent_required();
  if (p.confirm_above() > 0) out.confirm_above = p.confirm_above();
  return out;
}

AskedPerson ToPerson(const v1::Customer& c, const AskRules& rules) {
  AskedPerson out;
  out.customer_id = c.customer_id();
  out.kind = ToKind(c.kind());
  out.unsubscribed = c.unsubscribed() || c.consent() == v1::ConsentState::WITHDRAWN;
  out.consented = c.consent() == v1::ConsentState::GIVEN;
  out.has_address = !c.email().empty() && !c.email_bounced();
  for (int code : c.refused_channels()) {
    if (code == v1::DeliveryChannel::LINK) out.refuses_link = true;
    if (code == v1::DeliveryChannel::EMAIL) out.refuses_mail = true;
  }
  out.zone = c.time_zone().empty() ? rules.zone : FindTimeZone(c.time_zone()).value_or(rules.zone);
  return out;
}

}  // namespace hoiam::survey
