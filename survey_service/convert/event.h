// Events, as survey_service tells the others what it has committed.
#pragma once

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/event/v1/event.pb.h"
#include "hoiam/survey/v1/resources.pb.h"

namespace hoiam::survey {

// With a fresh id; its kind is for the caller to set. `subject` is the customer, "" for anonymous answers.
event::v1::Event NewEvent(absl::string_view tenant, absl::string_view subject, absl::Time now);

// FULL or RECORD_ONLY.
event::v1::Event InteractionEvent(absl::string_view tenant, const v1::Interaction& interaction,
                                  v1::Effects::Code effects, absl::Time now);
// `just_unsubscribed`: by this very change.
event::v1::Event CustomerEvent(absl::string_view tenant, const v1::Customer& customer, bool just_unsubscribed,
                               absl::Time now);
// Is of no customer.
event::v1::Event MetricEvent(absl::string_view tenant, const v1::Metric& metric, absl::Time now);
// Says of every answer in `changed.response` what its question is, from the version of the survey it was asked with.
void SetQuestions(const v1::Survey& survey, event::v1::ResponseChanged& changed);
event::v1::Event InvitationEvent(absl::string_view tenant, const v1::Invitation& invitation,
                                 std::optional<absl::Time> next_eligible, absl::Time now);

}  // namespace hoiam::survey
