// Invitations: stored form ⇄ what callers see.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "survey_service/domain/dispatch.h"
#include "survey_service/domain/invitation_state.h"

namespace hoiam::survey {

InvitationState ToState(v1::InvitationState::Code state);
v1::InvitationState::Code FromState(InvitationState state);

// Where a stored invitation stands at `at`: EXPIRED is computed.
InvitationState StateAt(const v1::Invitation& stored, absl::Time at);
// As callers see it at `now`.
v1::Invitation Shown(v1::Invitation stored, std::string link, absl::Time now);

v1::SkipReason::Code FromSkip(SkipRule rule);

}  // namespace hoiam::survey
