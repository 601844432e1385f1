// Invitations: stored form ⇄ what callers see.
#pragma once

#include <string>
#include <vector>

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

// Whether the customer was asked, or the CRM was told to ask. What is scheduled, and a mail that was not sent yet, are
// not out; withdrawn before it was, an invitation was never an ask.
bool HasGoneOut(const v1::Invitation& stored);
// The asks that an invitation stands for: itself, at the time at which it goes or went out, and its reminders.
void AppendAsks(const v1::Invitation& stored, std::vector<Ask>& asks);

v1::SkipReason::Code FromSkip(SkipRule rule);
SkipRule ToSkip(v1::SkipReason::Code reason);

}  // namespace hoiam::survey
