#include "loop_service/errors.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "loop_service/limits.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

using absl::StatusCode;

std::string Text(absl::string_view s) { return std::string(s); }

}  // namespace

absl::Status CaseNotFound(absl::string_view case_id) {
  return MakeError(StatusCode::kNotFound, "CASE_NOT_FOUND", "there is no such case", {{"caseId", Text(case_id)}});
}

absl::Status VersionMismatch(int64_t current, std::map<std::string, std::string> outline) {
  outline["currentVersion"] = absl::StrCat(current);
  return MakeError(StatusCode::kAborted, "VERSION_MISMATCH", "the case has changed since you read it; read it again",
                   std::move(outline));
}

absl::Status CaseTransitionRefused(absl::string_view state, absl::string_view verb) {
  return MakeError(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED",
                   absl::StrCat("a case in state ", state, " does not take the verb ", verb),
                   {{"state", Text(state)}, {"verb", Text(verb)}});
}

absl::Status NeedsCustomerReply(int contacts) {
  return MakeError(
      StatusCode::kFailedPrecondition, "NEEDS_CUSTOMER_REPLY",
      absl::StrCat("give customerReply, or contact the customer ", kContactsInsteadOfReply, " times before resolving"),
      {{"contacts", absl::StrCat(contacts)}, {"contactsNeeded", absl::StrCat(kContactsInsteadOfReply)}});
}

absl::Status CaseAlreadyOpen(absl::string_view case_id) {
  return MakeError(StatusCode::kFailedPrecondition, "CASE_ALREADY_OPEN",
                   absl::StrCat("this customer has another open case, ", case_id, ": go on there"),
                   {{"caseId", Text(case_id)}});
}

absl::Status CaseFull() {
  return MakeError(StatusCode::kFailedPrecondition, "CASE_FULL",
                   "the case's history is as long as it may get; resolve or cancel the case",
                   {{"maxLines", absl::StrCat(kMaxHistoryLines)}});
}

absl::Status NoSolutionProposed() {
  return MakeError(StatusCode::kFailedPrecondition, "NO_SOLUTION_PROPOSED",
                   "there is no proposal that waits for the customer's answer");
}

absl::Status NeedsFull() {
  return MakeError(StatusCode::kFailedPrecondition, "NEEDS_FULL",
                   absl::StrCat("a case has at most ", kMaxNeeds, " needs and wishes"),
                   {{"max", absl::StrCat(kMaxNeeds)}});
}

absl::Status NoteIdReused(absl::string_view note_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED", "this noteId belongs to a note with another text",
                   {{"noteId", Text(note_id)}});
}

absl::Status NeedIdReused(absl::string_view need_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED", "this needId belongs to a need with another text",
                   {{"needId", Text(need_id)}});
}

absl::Status CaseIdReused(absl::string_view case_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED", "this caseId belongs to a case about something else",
                   {{"caseId", Text(case_id)}});
}

absl::Status MessageIdReused(absl::string_view message_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED", "this messageId belongs to a message about something else",
                   {{"messageId", Text(message_id)}});
}

absl::Status NoAddress() {
  return MakeError(StatusCode::kFailedPrecondition, "NO_ADDRESS",
                   "the customer has no mail address that works; choose another channel");
}

absl::Status InvalidMail() {
  return MakeError(StatusCode::kInvalidArgument, "INVALID_MAIL",
                   absl::StrCat("mail must be a whole mail as in RFC 5322, of at most ", kMaxMailBytes, " bytes"));
}

absl::Status ReplyAddressUnknown() {
  return MakeError(StatusCode::kNotFound, "REPLY_ADDRESS_UNKNOWN", "this mail is for no case");
}

absl::Status SenderUnknown() {
  return MakeError(StatusCode::kPermissionDenied, "SENDER_UNKNOWN", "this mail is not from the customer of the case");
}

absl::Status MailLoop() {
  return MakeError(StatusCode::kFailedPrecondition, "MAIL_LOOP",
                   absl::StrCat("this mail is our own, or one of more than ", kMaxMailsAnHour, " an hour"));
}

absl::Status OverrideNotAllowed() {
  return MakeError(absl::StatusCode::kPermissionDenied, "OVERRIDE_NOT_ALLOWED",
                   "only the roles that the case policy names may offer something to this customer now");
}

absl::Status LinkUnknown() { return MakeError(StatusCode::kNotFound, "LINK_UNKNOWN", "there is no such page"); }

absl::Status TooManyCases() {
  return MakeError(StatusCode::kInvalidArgument, "CUT_NOT_KEPT",
                   absl::StrCat("more than ", kMaxLoopRateCases, " cases; ask for a shorter time"),
                   {{"maxCases", absl::StrCat(kMaxLoopRateCases)}});
}

absl::Status TeamNotFound(absl::string_view id) {
  return MakeError(StatusCode::kNotFound, "TEAM_NOT_FOUND", absl::StrCat("there is no team '", id, "'"),
                   {{"teamId", Text(id)}});
}

absl::Status MemberNotFound(absl::string_view id) {
  return MakeError(StatusCode::kNotFound, "MEMBER_NOT_FOUND", absl::StrCat("there is no member '", id, "'"),
                   {{"memberId", Text(id)}});
}

absl::Status CalendarNotFound(absl::string_view id) {
  return MakeError(StatusCode::kNotFound, "CALENDAR_NOT_FOUND", absl::StrCat("there is no calendar '", id, "'"),
                   {{"calendarId", Text(id)}});
}

absl::Status RootCauseNotFound(absl::string_view id) {
  return MakeError(StatusCode::kNotFound, "ROOT_CAUSE_NOT_FOUND", absl::StrCat("there is no root cause '", id, "'"),
                   {{"rootCauseId", Text(id)}});
}

absl::Status AlarmRuleNotFound(absl::string_view id) {
  return MakeError(StatusCode::kNotFound, "ALARM_RULE_NOT_FOUND", absl::StrCat("there is no alarm rule '", id, "'"),
                   {{"ruleId", Text(id)}});
}

absl::Status SettingInUse(absl::string_view kind, absl::string_view id, const std::vector<std::string>& users) {
  const size_t named = std::min<size_t>(users.size(), 10);
  const std::string first = absl::StrJoin(users.begin(), users.begin() + named, ", ");
  return MakeError(StatusCode::kFailedPrecondition, "SETTING_IN_USE",
                   absl::StrCat("'", id, "' cannot be archived: it is used by ", first,
                                named < users.size() ? absl::StrCat(" and ", users.size() - named, " more") : ""),
                   {{"kind", Text(kind)}, {"id", Text(id)}, {"usedBy", first}, {"users", absl::StrCat(users.size())}});
}

absl::Status SettingsFull(absl::string_view kind, size_t max) {
  return MakeError(StatusCode::kFailedPrecondition, "SETTINGS_FULL",
                   absl::StrCat("a playbook has at most ", max, " of a tenant's own of the kind ", kind),
                   {{"kind", Text(kind)}, {"max", absl::StrCat(max)}});
}

absl::Status RuleMatchesEverything(absl::string_view rule_id) {
  return MakeError(StatusCode::kFailedPrecondition, "MATCHES_EVERYTHING",
                   absl::StrCat("every answer matches the rule '", rule_id,
                                "': each would open a case; set a condition, or say confirm if that is meant"),
                   {{"ruleId", Text(rule_id)}});
}

}  // namespace hoiam::loop
