#include "survey_service/convert/invitation.h"

#include <utility>

#include "survey_service/convert/times.h"

namespace hoiam::survey {

InvitationState ToState(v1::InvitationState::Code state) {
  switch (state) {
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

v1::SkipReason::Code FromSkip(SkipRule rule) {
  switch (rule) {
    case SkipRule::kNone:
      return v1::SkipReason::UNSPECIFIED;
    case SkipRule::kUnsubscribed:
      return v1::SkipReason::UNSUBSCRIBED;
    case SkipRule::kInteractionTooOld:
      return v1::SkipReason::INTERACTION_TOO_OLD;
    case SkipRule::kAlreadyAsked:
      return v1::SkipReason::ALREADY_ASKED;
    case SkipRule::kNotSampled:
      return v1::SkipReason::NOT_SAMPLED;
    case SkipRule::kFloor24h:
      return v1::SkipReason::FLOOR_24H;
    case SkipRule::kFatigueWindow:
      return v1::SkipReason::FATIGUE_WINDOW;
  }
  return v1::SkipReason::UNSPECIFIED;
}

}  // namespace hoiam::survey
