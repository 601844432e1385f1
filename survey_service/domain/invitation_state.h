// Where an invitation stands. EXPIRED is never stored: it is what an open one becomes at its expire time.
#pragma once

#include "absl/time/time.h"

namespace hoiam::survey {

enum class InvitationState {
  kScheduled,
  kCreated,
  kSent,
  kDelivered,
  kOpened,
  kBounced,
  kStarted,
  kAnswered,
  kExpired,
  kRevoked
};

// Waits for an answer (or for more of it), its time not considered. A link works from the moment at which it is made.
inline bool IsOpen(InvitationState s) {
  return s != InvitationState::kAnswered && s != InvitationState::kExpired && s != InvitationState::kRevoked;
}

// As seen at `at`: an open one is expired from its expire time on.
inline InvitationState StateAt(InvitationState stored, absl::Time expire_time, absl::Time at) {
  return IsOpen(stored) && at >= expire_time ? InvitationState::kExpired : stored;
}

}  // namespace hoiam::survey
