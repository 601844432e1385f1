// Whether one survey asks one person, and if not, why and until when. Every rule has its verdict; of several that
// hold, the one that opens last is named, and one that waiting cannot open before all others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "survey_service/domain/fatigue.h"
#include "survey_service/domain/send_time.h"
#include "survey_service/domain/trigger.h"

namespace hoiam::survey {

// In the order in which they are looked at.
enum class SkipRule {
  kNone,
  kUnsubscribed,
  kNoConsent,
  kRespondentKind,
  kInteractionTooOld,
  kAlreadyAsked,
  kNoChannel,
  kNotSampled,
  kBlackout,
  kDailyLimit,
  kFloor24h,
  kFatigueWindow,
  kPolicyRule,
};

// How the tenant asks.
struct AskRules {
  std::vector<PolicyRule> rules;
  QuietHours quiet;
  absl::TimeZone zone;  // of people without one, and of days that are counted
  std::vector<BlackoutDays> blackouts;
  bool consent_required = false;
  int confirm_above = kDefaultConfirmAbove;
};

// The survey's side.
struct AskingSurvey {
  std::string survey_id;
  std::string metric;
  bool has_trigger = true;
  Trigger trigger;
  absl::Duration window;             // least time between two asks of it
  std::vector<AskChannel> channels;  // best first
  int daily_limit = 0;               // 0: confirm_above for mail with a trigger, none else
  bool recovery = false;
};

// The person's side.
struct AskedPerson {
  std::string customer_id;
  PersonKind kind = PersonKind::kCustomer;
  bool unsubscribed = false;
  bool consented = false;
  bool has_address = false;  // for mail, and it has not bounced
  bool refuses_link = false, refuses_mail = false;
  absl::TimeZone zone;
};

// What it is about, and how.
struct AskOccasion {
  bool by_trigger = true;             // else by hand or by a wave: neither its age nor the draw matters
  std::string id;                     // a survey asks about it once; may be empty
  absl::Time at;                      // when it happened
  bool exempt = false;                // an issue was fixed, or circumstances changed
  std::optional<AskChannel> channel;  // unset: the first of the survey's that reaches the person
};

// Invitations of the survey on one day of the policy's zone.
struct AskedOnDay {
  int64_t day = 0;  // since 1970-01-01
  int64_t invited = 0;
};

// Days since 1970-01-01 in `zone`.
int64_t DayOf(absl::Time at, absl::TimeZone zone);

struct RuleVerdict {
  std::string rule;                    // "unsubscribed", "consent", …, or the policy rule's id
  SkipRule skip = SkipRule::kNone;     // kNone: it allows
  std::optional<absl::Time> opens_at;  // unset: it allows, or waiting cannot help
  std::string blocked_by;              // the survey whose ask fills it
};

struct AskDecision {
  SkipRule skip = SkipRule::kNone;  // kNone: ask
  std::string rule;                 // that refused
  std::optional<absl::Time> eligible_at;
  std::string blocked_by;
  bool eligible = false;  // no rule but the draw stands against it
  AskChannel channel = AskChannel::kLink;
  absl::Time send_at;  // now, or later
};

// The first of the survey's channels (or the occasion's own) that reaches the person.
std::optional<AskChannel> ChannelFor(const AskingSurvey& survey, const AskedPerson& person,
                                     const std::optional<AskChannel>& wanted);

// When it goes out. A link without a delay is handed over at once, whatever the hour: the customer stands at the till.
absl::Time SendTime(const AskingSurvey& survey, const AskedPerson& person, const AskRules& rules,
                    const AskOccasion& occasion, AskChannel channel, absl::Time now);

// Most invitations a day by this channel; 0: no limit.
int64_t DailyLimit(const AskingSurvey& survey, const AskRules& rules, AskChannel channel);
// Whether it may have one, by whatever channel.
bool HasDailyLimit(const AskingSurvey& survey);

// The verdict of every rule that concerns this ask, in the order of SkipRule. `today` is the survey's count; asks are
// the person's.
std::vector<RuleVerdict> DecideRules(const AskingSurvey& survey, const AskedPerson& person, const AskRules& rules,
                                     const AskOccasion& occasion, const std::vector<Ask>& asks, const AskedOnDay& today,
                                     absl::Time now);

AskDecision DecideAsk(const AskingSurvey& survey, const AskedPerson& person, const AskRules& rules,
                      const AskOccasion& occasion, const std::vector<Ask>& asks, const AskedOnDay& today,
                      absl::Time now);

}  // namespace hoiam::survey
