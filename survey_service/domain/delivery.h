// What reports about a message on its way do to its invitation: only ever forward.
#pragma once

#include <array>
#include <optional>

#include "survey_service/domain/invitation_state.h"

namespace hoiam::survey {

enum class DeliveryReport { kDelivered, kOpened, kBounced };

struct DeliveryMove {
  InvitationState from;
  DeliveryReport report;
  InvitationState to;
};

// A message that is told of was sent, whether or not anybody has said so. What was accepted may come back later; what
// was opened has arrived.
inline constexpr std::array kDeliveryMoves = {
    DeliveryMove{InvitationState::kCreated, DeliveryReport::kDelivered, InvitationState::kDelivered},
    DeliveryMove{InvitationState::kCreated, DeliveryReport::kOpened, InvitationState::kOpened},
    DeliveryMove{InvitationState::kCreated, DeliveryReport::kBounced, InvitationState::kBounced},
    DeliveryMove{InvitationState::kSent, DeliveryReport::kDelivered, InvitationState::kDelivered},
    DeliveryMove{InvitationState::kSent, DeliveryReport::kOpened, InvitationState::kOpened},
    DeliveryMove{InvitationState::kSent, DeliveryReport::kBounced, InvitationState::kBounced},
    DeliveryMove{InvitationState::kDelivered, DeliveryReport::kOpened, InvitationState::kOpened},
    DeliveryMove{InvitationState::kDelivered, DeliveryReport::kBounced, InvitationState::kBounced},
};

// Was sent, and waits for its answer.
inline bool AwaitsAnswer(InvitationState s) {
  return s == InvitationState::kSent || s == InvitationState::kDelivered || s == InvitationState::kOpened;
}

// Where it stands after the report; nullopt: nothing changes.
inline std::optional<InvitationState> AfterReport(InvitationState from, DeliveryReport report) {
  for (const DeliveryMove& m : kDeliveryMoves)
    if (m.from == from && m.report == report) return m.to;
  return std::nullopt;
}

}  // namespace hoiam::survey
