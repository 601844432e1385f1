#include "loop_service/errors.h"

#include <string>

#include "absl/strings/str_cat.h"
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

absl::Status VersionMismatch(int64_t current) {
  return MakeError(StatusCode::kAborted, "VERSION_MISMATCH", "the case has changed since you read it; read it again",
                   {{"currentVersion", absl::StrCat(current)}});
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

absl::Status NoteIdReused(absl::string_view note_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED", "this noteId belongs to a note with another text",
                   {{"noteId", Text(note_id)}});
}

}  // namespace hoiam::loop
