#include "survey_service/domain/dispatch.h"

#include <algorithm>
#include <utility>

namespace hoiam::survey {
namespace {

bool Reaches(const AskedPerson& person, AskChannel channel) {
  return channel == AskChannel::kLink ? !person.refuses_link : person.has_address && !person.refuses_mail;
}

Asker AskerOf(const AskingSurvey& survey, const AskOccasion& occasion, AskChannel channel) {
  return {survey.survey_id, survey.metric, channel, survey.window, survey.recovery || occasion.exempt};
}

SkipRule SkipOf(absl::string_view rule) {
  if (rule == "floor_24h") return SkipRule::kFloor24h;
  return rule == "survey_window" ? SkipRule::kFatigueWindow : SkipRule::kPolicyRule;
}

// Rules that depend on when the message goes out, at `at`. `each` is called with every verdict.
template <class Each>
void DecideMoment(const AskingSurvey& survey, const AskedPerson& person, const AskRules& rules,
                  const AskOccasion& occasion, AskChannel channel, const std::vector<Ask>& asks,
                  const AskedOnDay* today, absl::Time now, absl::Time at, const Each& each) {
  RuleVerdict blackout{"blackout"};
  if (const BlackoutDays* days = FindBlackout(rules.blackouts, at, person.zone)) {
    blackout.skip = SkipRule::kBlackout;
    blackout.opens_at = EndOf(*days, person.zone);
  }
  each(std::move(blackout));
  if (today) {
    RuleVerdict limit{"daily_limit"};
    const int64_t most = DailyLimit(survey, rules, channel), day = most > 0 ? DayOf(now, rules.zone) : 0;
    if (most > 0 && today->day == day && today->invited >= most) {
      limit.skip = SkipRule::kDailyLimit;
      limit.opens_at = EndOf({absl::CivilDay(1970, 1, 1) + day, absl::CivilDay(1970, 1, 1) + day, ""}, rules.zone);
    }
    each(std::move(limit));
  }
  for (FatigueVerdict& v : DecideFatigue(asks, AskerOf(survey, occasion, channel), rules.rules, at)) {
    RuleVerdict verdict{std::move(v.rule)};
    if (v.opens_at) verdict.skip = SkipOf(verdict.rule), verdict.opens_at = v.opens_at;
    verdict.blocked_by = std::move(v.blocked_by);
    each(std::move(verdict));
  }
}

}  // namespace

int64_t DayOf(absl::Time at, absl::TimeZone zone) {
  return absl::CivilDay(zone.At(at).cs) - absl::CivilDay(1970, 1, 1);
}

std::optional<AskChannel> ChannelFor(const AskingSurvey& survey, const AskedPerson& person,
                                     const std::optional<AskChannel>& wanted) {
  if (wanted) return Reaches(person, *wanted) ? wanted : std::nullopt;
  for (AskChannel channel : survey.channels)
    if (Reaches(person, channel)) return channel;
  return std::nullopt;
}

absl::Time SendTime(const AskingSurvey& survey, const AskedPerson& person, const AskRules& rules,
                    const AskOccasion& occasion, AskChannel channel, absl::Time now) {
  const absl::Duration delay = occasion.by_trigger ? survey.trigger.delay : absl::ZeroDuration();
  if (channel == AskChannel::kLink && delay == absl::ZeroDuration()) return now;
  return LeaveQuietHours(std::max(now, occasion.at + delay), rules.quiet, person.zone);
}

int64_t DailyLimit(const AskingSurvey& survey, const AskRules& rules, AskChannel channel) {
  if (survey.daily_limit > 0) return survey.daily_limit;
  return survey.has_trigger && channel == AskChannel::kEmail ? rules.confirm_above : 0;
}

bool HasDailyLimit(const AskingSurvey& survey) {
  return survey.daily_limit > 0 || (survey.has_trigger && std::find(survey.channels.begin(), survey.channels.end(),
                                                                    AskChannel::kEmail) != survey.channels.end());
}

std::vector<RuleVerdict> DecideRules(const AskingSurvey& survey, const AskedPerson& person, const AskRules& rules,
                                     const AskOccasion& occasion, const std::vector<Ask>& asks, const AskedOnDay& today,
                                     absl::Time now) {
  std::vector<RuleVerdict> out;
  out.reserve(11 + rules.rules.size());
  const auto add = [&](const char* rule, SkipRule skip, bool holds) {
    out.push_back({rule, holds ? skip : SkipRule::kNone});
  };
  add("unsubscribed", SkipRule::kUnsubscribed, person.unsubscribed);
  add("consent", SkipRule::kNoConsent, rules.consent_required && !person.consented);
  add("respondent_kind", SkipRule::kRespondentKind, survey.has_trigger && !Concerns(survey.trigger.kinds, person.kind));
  if (occasion.by_trigger) add("max_age", SkipRule::kInteractionTooOld, IsTooOld(survey.trigger, occasion.at, now));
  if (!occasion.id.empty()) {
    add("once", SkipRule::kAlreadyAsked, std::any_of(asks.begin(), asks.end(), [&](const Ask& ask) {
          return ask.survey_id == survey.survey_id && ask.occasion_id == occasion.id;
        }));
  }
  const auto channel = ChannelFor(survey, person, occasion.channel);
  add("channel", SkipRule::kNoChannel, !channel);
  if (occasion.by_trigger) {
    add("sample", SkipRule::kNotSampled,
        !IsSampled(survey.trigger.sample_percent, survey.survey_id, person.customer_id));
  }
  const AskChannel by = channel.value_or(survey.channels.empty() ? AskChannel::kLink : survey.channels.front());
  DecideMoment(survey, person, rules, occasion, by, asks, &today, now,
               SendTime(survey, person, rules, occasion, by, now), [&](RuleVerdict v) { out.push_back(std::move(v)); });
  return out;
}

AskDecision DecideAsk(const AskingSurvey& survey, const AskedPerson& person, const AskRules& rules,
                      const AskOccasion& occasion, const std::vector<Ask>& asks, const AskedOnDay& today,
                      absl::Time now) {
  AskDecision out;
  const auto channel = ChannelFor(survey, person, occasion.channel);
  if (channel) out.channel = *channel;
  out.send_at = SendTime(survey, person, rules, occasion, out.channel, now);
  out.eligible = true;
  const RuleVerdict* named = nullptr;
  const auto verdicts = DecideRules(survey, person, rules, occasion, asks, today, now);
  for (const RuleVerdict& v : verdicts) {
    if (v.skip == SkipRule::kNone) continue;
    if (v.skip != SkipRule::kNotSampled) out.eligible = false;
    if (!named || (named->opens_at && (!v.opens_at || *v.opens_at > *named->opens_at))) named = &v;
  }
  if (!named) return out;
  const auto name = [&](const RuleVerdict& v) {
    out.skip = v.skip;
    out.rule = v.rule;
    out.eligible_at = v.opens_at;
    out.blocked_by = v.blocked_by;
  };
  name(*named);
  // What opens last may open into another rule, where days or asks are to come.
  const auto later = [&](const Ask& ask) { return ask.at > out.send_at; };
  const bool to_come = !rules.blackouts.empty() || std::any_of(asks.begin(), asks.end(), later);
  while (to_come && out.eligible_at) {
    std::optional<RuleVerdict> next;
    DecideMoment(survey, person, rules, occasion, out.channel, asks, nullptr, now, *out.eligible_at,
                 [&](RuleVerdict v) {
                   if (v.opens_at && (!next || *v.opens_at > *next->opens_at)) next = std::move(v);
                 });
    if (!next) break;
    name(*next);
  }
  return out;
}

}  // namespace hoiam::survey
