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

absl::string_view ReasonOf(SkipRule skip) {
  switch (skip) {
    case SkipRule::kNone:
      break;
    case SkipRule::kUnsubscribed:
      return "UNSUBSCRIBED";
    case SkipRule::kNoConsent:
      return "NO_CONSENT";
    case SkipRule::kRespondentKind:
      return "RESPONDENT_KIND";
    case SkipRule::kInteractionTooOld:
      return "INTERACTION_TOO_OLD";
    case SkipRule::kAlreadyAsked:
      return "ALREADY_ASKED";
    case SkipRule::kNoChannel:
      return "NO_CHANNEL";
    case SkipRule::kNotSampled:
      return "NOT_SAMPLED";
    case SkipRule::kBlackout:
      return "BLACKOUT";
    case SkipRule::kDailyLimit:
      return "DAILY_LIMIT";
    case SkipRule::kFloor24h:
      return "FLOOR_24H";
    case SkipRule::kFatigueWindow:
      return "FATIGUE_WINDOW";
    case SkipRule::kPolicyRule:
      return "POLICY_RULE";
  }
  return "INTERNAL";
}

}  // namespace

absl::Status CustomerNotFound(absl::string_view id) { return NotFound("CUSTOMER_NOT_FOUND", "customer", id); }
absl::Status InteractionNotFound(absl::string_view id) { return NotFound("INTERACTION_NOT_FOUND", "interaction", id); }
absl::Status InvitationNotFound(absl::string_view id) { return NotFound("INVITATION_NOT_FOUND", "invitation", id); }
absl::Status SurveyNotFound(absl::string_view id) { return NotFound("SURVEY_NOT_FOUND", "survey", id); }
absl::Status ResponseNotFound(absl::string_view id) { return NotFound("RESPONSE_NOT_FOUND", "response", id); }
absl::Status TouchpointNotFound(absl::string_view id) { return NotFound("TOUCHPOINT_NOT_FOUND", "touchpoint", id); }
absl::Status ChannelNotFound(absl::string_view id) { return NotFound("CHANNEL_NOT_FOUND", "channel", id); }
absl::Status WaveNotFound(absl::string_view id) { return NotFound("WAVE_NOT_FOUND", "wave", id); }
absl::Status MetricNotFound(absl::string_view id) { return NotFound("METRIC_NOT_FOUND", "metric", id); }
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

absl::Status AskRefused(SkipRule skip, absl::string_view rule, std::optional<absl::Time> eligible_at,
                        absl::string_view blocked_by) {
  std::map<std::string, std::string> metadata = {{"rule", std::string(rule)}};
  std::string message = absl::StrCat("rule '", rule, "' does not let this survey ask this customer");
  if (eligible_at) {
    metadata["eligibleTime"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", *eligible_at, absl::UTCTimeZone());
    absl::StrAppend(&message, " before ", metadata["eligibleTime"]);
  }
  if (!blocked_by.empty()) {
    metadata["blockedBy"] = std::string(blocked_by);
    absl::StrAppend(&message, ", because survey '", blocked_by, "' has asked");
  }
  return Refused(ReasonOf(skip), message, std::move(metadata));
}

absl::Status CatalogueFull() {
  return Refused("CATALOGUE_FULL",
                 absl::StrCat("a catalogue has at most ", kMaxCatalogue, " entries of a tenant's own"),
                 {{"max", absl::StrCat(kMaxCatalogue)}});
}

absl::Status MetricsFull() {
  return Refused("METRICS_FULL", absl::StrCat("a tenant has at most ", kMaxMetrics, " metrics of its own"),
                 {{"max", absl::StrCat(kMaxMetrics)}});
}

absl::Status MetricVersionsFull() {
  return Refused("METRIC_VERSIONS_FULL",
                 absl::StrCat("a metric has at most ", kMaxMetricVersions, " versions; make another metric"),
                 {{"max", absl::StrCat(kMaxMetricVersions)}});
}

absl::Status ConfirmationRequired(int count, int limit) {
  return Refused("CONFIRMATION_REQUIRED",
                 absl::StrCat("this would mail ", count, " people, more than ", limit, "; say confirmedSize: ", count,
                              " if that is meant"),
                 {{"count", absl::StrCat(count)}, {"limit", absl::StrCat(limit)}});
}

absl::Status WaveDone(absl::string_view id) {
  return Refused("WAVE_DONE", absl::StrCat("wave '", id, "' has asked everybody it wanted to"));
}

absl::Status PopulationTooLarge() {
  return MakeError(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                   "the deadline passed while the population was read; nothing was changed");
}

absl::Status TooManyStrata() {
  return BadField("sample.stratifyBy", "TOO_MANY_STRATA",
                  absl::StrCat("has more than ", kMaxStrata, " values; take an attribute with fewer"));
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
