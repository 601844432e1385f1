// Every failure of loop_service that a caller may see, one function each. Bad fields of a request are violations of
// convert/requests.h; these are what a well-formed request can meet.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hoiam::loop {

// NOT_FOUND reason CASE_NOT_FOUND.
absl::Status CaseNotFound(absl::string_view case_id);
// ABORTED reason VERSION_MISMATCH, metadata currentVersion: somebody else changed the case since the caller read it.
absl::Status VersionMismatch(int64_t current);
// FAILED_PRECONDITION reason CASE_TRANSITION_REFUSED, metadata state and verb: the state table does not list the move.
absl::Status CaseTransitionRefused(absl::string_view state, absl::string_view verb);
// FAILED_PRECONDITION reason NEEDS_CUSTOMER_REPLY, metadata contacts and contactsNeeded.
absl::Status NeedsCustomerReply(int contacts);
// FAILED_PRECONDITION reason CASE_ALREADY_OPEN, metadata caseId: the person has another open case of this kind.
absl::Status CaseAlreadyOpen(absl::string_view case_id);
// FAILED_PRECONDITION reason CASE_FULL: the history is as long as it may get; resolve or cancel the case.
absl::Status CaseFull();
// ALREADY_EXISTS reason ID_REUSED, metadata noteId: the id belongs to a note with another text.
absl::Status NoteIdReused(absl::string_view note_id);

}  // namespace hoiam::loop
