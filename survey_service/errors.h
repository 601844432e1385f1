// Every refusal of survey_service that is not about the shape of one field, with its stable reason.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "survey_service/domain/dispatch.h"
#include "survey_service/domain/survey_state.h"

namespace hoiam::survey {

// NOT_FOUND
absl::Status CustomerNotFound(absl::string_view id);     // CUSTOMER_NOT_FOUND
absl::Status InteractionNotFound(absl::string_view id);  // INTERACTION_NOT_FOUND
absl::Status InvitationNotFound(absl::string_view id);   // INVITATION_NOT_FOUND
absl::Status SurveyNotFound(absl::string_view id);       // SURVEY_NOT_FOUND
absl::Status ResponseNotFound(absl::string_view id);     // RESPONSE_NOT_FOUND
absl::Status TouchpointNotFound(absl::string_view id);   // TOUCHPOINT_NOT_FOUND
absl::Status ChannelNotFound(absl::string_view id);      // CHANNEL_NOT_FOUND
absl::Status WaveNotFound(absl::string_view id);         // WAVE_NOT_FOUND
absl::Status MetricNotFound(absl::string_view id);       // METRIC_NOT_FOUND
absl::Status LinkUnknown();                              // LINK_UNKNOWN

// ALREADY_EXISTS reason ID_REUSED: the id was used with another body.
absl::Status IdReused(absl::string_view field, absl::string_view id);

// FAILED_PRECONDITION
absl::Status LinkUsed();                                                  // LINK_USED
absl::Status LinkExpired();                                               // LINK_EXPIRED
absl::Status LinkRevoked();                                               // LINK_REVOKED
absl::Status SurveyTransitionRefused(SurveyState from, SurveyVerb verb);  // SURVEY_TRANSITION_REFUSED
absl::Status SurveyArchived(absl::string_view id);                        // SURVEY_ARCHIVED
absl::Status SurveyNotActive(absl::string_view id, SurveyState state);    // SURVEY_NOT_ACTIVE
absl::Status InteractionVoided(absl::string_view id);                     // INTERACTION_VOIDED
absl::Status ResponseVoided(absl::string_view id);                        // RESPONSE_VOIDED
// Nobody is asked against the rules: UNSUBSCRIBED, NO_CONSENT, RESPONDENT_KIND, ALREADY_ASKED, NO_CHANNEL, BLACKOUT,
// DAILY_LIMIT, FLOOR_24H, FATIGUE_WINDOW or POLICY_RULE, with metadata rule, and where there is one eligibleTime and
// blockedBy.
absl::Status AskRefused(SkipRule skip, absl::string_view rule, std::optional<absl::Time> eligible_at,
                        absl::string_view blocked_by);
absl::Status CatalogueFull();       // CATALOGUE_FULL, metadata max
absl::Status MetricsFull();         // METRICS_FULL, metadata max
absl::Status MetricVersionsFull();  // METRIC_VERSIONS_FULL, metadata max
// So many mails want to be confirmed by saying exactly how many: CONFIRMATION_REQUIRED, metadata count, limit.
absl::Status ConfirmationRequired(int count, int limit);
absl::Status WaveDone(absl::string_view id);  // WAVE_DONE

// DEADLINE_EXCEEDED
absl::Status PopulationTooLarge();  // the time ran out while it was read

// INVALID_ARGUMENT
absl::Status BatchTooLarge(int items);  // BATCH_TOO_LARGE
absl::Status TooManyStrata();           // TOO_MANY_STRATA
// One bad field that only the stored state can tell: UNKNOWN_SURVEY, METRIC_MISMATCH, …
absl::Status BadField(absl::string_view field, absl::string_view reason, absl::string_view description);

// The same failure with every field below `prefix`, e.g. "responses[3].".
absl::Status Prefixed(const absl::Status& status, absl::string_view prefix);

}  // namespace hoiam::survey
