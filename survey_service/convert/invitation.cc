#include "survey_service/convert/invitation.h"

#include <utility>

#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"

namespace hoiam::survey {

InvitationState ToState(v1::InvitationState::Code state) {
  switch (state) {
    case v1::InvitationState::SCHEDULED:
      return InvitationState::kScheduled;
    case v1::InvitationState::DELIVERED:
      return InvitationState::kDelivered;
    case v1::InvitationState::OPENED:
      return InvitationState::kOpened;
    case v1::InvitationState::BOUNCED:
      return InvitationState::kBounced;
    case v1::InvitationState::SENT:
      return InvitationState::kSent;
    case v1::InvitationState::STARTED:
      return InvitationState::kStarted;
    case v1::InvitationState::ANSWERED:
      return InvitationState::kAnswered;
    case v1::InvitationState::EXPIRED:
      return InvitationState::kExpired;
    case v1::InvitationState::REVOKED:
      return InvitationState::kRevoked;
    default:
      return InvitationState::kCreated;
  }
}

v1::InvitationState::Code FromState(InvitationState state) {
  switch (state) {
    case InvitationState::kCreated:
      return v1::InvitationState::CREATED;
    case InvitationState::kScheduled:
      return v1::InvitationState::SCHEDULED;
    case InvitationState::kDelivered:
      return v1::InvitationState::DELIVERED;
    case InvitationState::kOpened:
      return v1::InvitationState::OPENED;
    case InvitationState::kBounced:
      return v1::InvitationState::BOUNCED;
    case InvitationState::kSent:
      return v1::InvitationState::SENT;
    case InvitationState::kStarted:
      return v1::InvitationState::STARTED;
    case InvitationState::kAnswered:
      return v1::InvitationState::ANSWERED;
    case InvitationState::kExpired:
      return v1::InvitationState::EXPIRED;
    case InvitationState::kRevoked:
      return v1::InvitationState::REVOKED;
  }
  return v1::InvitationState::UNSPECIFIED;
}

InvitationState StateAt(const v1::Invitation& stored, absl::Time at) {
  return StateAt(ToState(stored.state()), ToTime(stored.expire_time()), at);
}

v1::Invitation Shown(v1::Invitation stored, std::string link, absl::Time now) {
  stored.set_state(FromState(StateAt(stored, now)));
  stored.set_link(std::move(link));
  return stored;
}

bool HasGoneOut(const v1::Invitation& i) {
  if (i.asks() > 0) return true;
  // Before there was a count of asks, all were links that went out at once.
  return i.channel() != v1::DeliveryChannel::EMAIL && !i.has_send_time();
}

void AppendAsks(const v1::Invitation& i, std::vector<Ask>& asks) {
  if (i.state() == v1::InvitationState::REVOKED && !HasGoneOut(i)) return;
  const bool mailed = i.channel() == v1::DeliveryChannel::EMAIL && i.has_sent_time();
  const auto& at = mailed ? i.sent_time() : i.has_send_time() ? i.send_time() : i.create_time();
  asks.push_back({i.survey_id(), i.metric(), ToChannel(i.channel()), i.interaction_id(), ToTime(at)});
  for (const auto& reminder : i.reminder_times()) {
    asks.push_back(asks.back());
    asks.back().at = ToTime(reminder);
  }
}

v1::SkipReason::Code FromSkip(SkipRule rule) {
  switch (rule) {
    case SkipRule::kNone:
      return v1::SkipReason::UNSPECIFIED;
    case SkipRule::kUnsubscribed:
      return v1::SkipReason::UNSUBSCRIBED;
    case SkipRule::kNoConsent:
      return v1::SkipReason::NO_CONSENT;
    case SkipRule::kRespondentKind:
      return v1::SkipReason::RESPONDENT_KIND;
    case SkipRule::kInteractionTooOld:
      return v1::SkipReason::INTERACTION_TOO_OLD;
    case SkipRule::kAlreadyAsked:
      return v1::SkipReason::ALREADY_ASKED;
    case SkipRule::kNoChannel:
      return v1::SkipReason::NO_CHANNEL;
    case SkipRule::kNotSampled:
      return v1::SkipReason::NOT_SAMPLED;
    case SkipRule::kBlackout:
      return v1::SkipReason::BLACKOUT;
    case SkipRule::kDailyLimit:
      return v1::SkipReason::DAILY_LIMIT;
    case SkipRule::kFloor24h:
      return v1::SkipReason::FLOOR_24H;
    case SkipRule::kFatigueWindow:
      return v1::SkipReason::FATIGUE_WINDOW;
    case SkipRule::kPolicyRule:
      return v1::SkipReason::POLICY_RULE;
  }
  return v1::SkipReason::UNSPECIFIED;
}

SkipRule ToSkip(v1::SkipReason::Code reason) {
  for (int i = 0; i <= static_cast<int>(SkipRule::kPolicyRule); ++i)
    if (FromSkip(static_cast<SkipRule>(i)) == reason) return static_cast<SkipRule>(i);
  return SkipRule::kNone;
}

}  // namespace hoiam::survey
