#include "survey_service/errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;

absl::Status NotFound(absl::string_view reason, absl::string_view what, absl::string_view id) {
  return MakeError(StatusCode::kNotFound, reason, absl::StrCat("there is no ", what, " '", id, "'"),
                   {{"id", std::string(id)}});
}

absl::Status Refused(absl::string_view reason, absl::string_view message,
                     std::map<std::string, std::string> metadata = {}) {
  return MakeError(StatusCode::kFailedPrecondition, reason, message, std::move(metadata));
}

}  // namespace

absl::Status CustomerNotFound(absl::string_view id) { return NotFound("CUSTOMER_NOT_FOUND", "customer", id); }
absl::Status InteractionNotFound(absl::string_view id) { return NotFound("INTERACTION_NOT_FOUND", "interaction", id); }
absl::Status InvitationNotFound(absl::string_view id) { return NotFound("INVITATION_NOT_FOUND", "invitation", id); }
absl::Status SurveyNotFound(absl::string_view id) { return NotFound("SURVEY_NOT_FOUND", "survey", id); }
absl::Status ResponseNotFound(absl::string_view id) { return NotFound("RESPONSE_NOT_FOUND", "response", id); }
absl::Status TouchpointNotFound(absl::string_view id) { return NotFound("TOUCHPOINT_NOT_FOUND", "touchpoint", id); }
absl::Status ChannelNotFound(absl::string_view id) { return NotFound("CHANNEL_NOT_FOUND", "channel", id); }
absl::Status LinkUnknown() {
  return MakeError(StatusCode::kNotFound, "LINK_UNKNOWN", "this link belongs to no invitation");
}

absl::Status IdReused(absl::string_view field, absl::string_view id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED",
                   absl::StrCat(field, " '", id, "' was used with another body; use a new id"),
                   {{"field", std::string(field)}, {"id", std::string(id)}});
}

absl::Status LinkUsed() { return Refused("LINK_USED", "this invitation has been answered"); }
absl::Status LinkExpired() { return Refused("LINK_EXPIRED", "this invitation has expired"); }
absl::Status LinkRevoked() { return Refused("LINK_REVOKED", "this invitation was withdrawn"); }

absl::Status SurveyTransitionRefused(SurveyState from, SurveyVerb verb) {
  return Refused("SURVEY_TRANSITION_REFUSED",
                 absl::StrCat("a survey in state ", SurveyStateName(from), " cannot ", SurveyVerbName(verb)),
                 {{"from", std::string(SurveyStateName(from))}, {"verb", std::string(SurveyVerbName(verb))}});
}

absl::Status SurveyArchived(absl::string_view id) {
  return Refused("SURVEY_ARCHIVED", absl::StrCat("survey '", id, "' is archived and changes no more"));
}

absl::Status SurveyNotActive(absl::string_view id, SurveyState state) {
  return Refused("SURVEY_NOT_ACTIVE",
                 absl::StrCat("survey '", id, "' is ", SurveyStateName(state), "; activate it first"),
                 {{"state", std::string(SurveyStateName(state))}});
}

absl::Status InteractionVoided(absl::string_view id) {
  return Refused("INTERACTION_VOIDED", absl::StrCat("interaction '", id, "' was voided"));
}

absl::Status ResponseVoided(absl::string_view id) {
  return Refused("RESPONSE_VOIDED", absl::StrCat("response '", id, "' was voided"));
}

absl::Status CustomerUnsubscribed(absl::string_view id) {
  return Refused("UNSUBSCRIBED", absl::StrCat("customer '", id, "' asked not to be surveyed"));
}

absl::Status AskedTooRecently(absl::Time eligible_at) {
  const std::string at = absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", eligible_at, absl::UTCTimeZone());
  return Refused("FLOOR_24H",
                 absl::StrCat("this customer was asked less than 24 hours ago; can be asked again from ", at),
                 {{"eligibleTime", at}});
}

absl::Status CatalogueFull() {
  return Refused("CATALOGUE_FULL",
                 absl::StrCat("a catalogue has at most ", kMaxCatalogue, " entries of a tenant's own"),
                 {{"max", absl::StrCat(kMaxCatalogue)}});
}

absl::Status BatchTooLarge(int items) {
  return MakeError(StatusCode::kInvalidArgument, "BATCH_TOO_LARGE",
                   absl::StrCat("a batch holds at most ", kMaxBatchItems, " items, this one has ", items),
                   {{"max", absl::StrCat(kMaxBatchItems)}});
}

absl::Status BadField(absl::string_view field, absl::string_view reason, absl::string_view description) {
  Violations v;
  v.Add(field, reason, description);
  return v.ToStatus();
}

absl::Status Prefixed(const absl::Status& status, absl::string_view prefix) {
  const auto detail = DetailOf(status);
  if (!detail || detail->violations.empty()) return status;
  Violations v;
  for (const Violation& each : detail->violations)
    v.Add(absl::StrCat(prefix, each.field), each.reason, each.description, each.metadata);
  return v.ToStatus();
}

}  // namespace hoiam::survey
