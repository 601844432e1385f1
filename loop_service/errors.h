// Every failure of loop_service that a caller may see, one function each. Bad fields of a request are violations of
// convert/requests.h; these are what a well-formed request can meet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hoiam::loop {

// NOT_FOUND reason CASE_NOT_FOUND.
absl::Status CaseNotFound(absl::string_view case_id);
// ABORTED reason VERSION_MISMATCH, metadata currentVersion and what `outline` says of the case as it is now: somebody
// else changed it since the caller read it.
absl::Status VersionMismatch(int64_t current, std::map<std::string, std::string> outline);
// FAILED_PRECONDITION reason CASE_TRANSITION_REFUSED, metadata state and verb: the state table does not list the move.
absl::Status CaseTransitionRefused(absl::string_view state, absl::string_view verb);
// FAILED_PRECONDITION reason NEEDS_CUSTOMER_REPLY, metadata contacts and contactsNeeded.
absl::Status NeedsCustomerReply(int contacts);
// FAILED_PRECONDITION reason CASE_ALREADY_OPEN, metadata caseId: the person has another open case of this kind.
absl::Status CaseAlreadyOpen(absl::string_view case_id);
// FAILED_PRECONDITION reason CASE_FULL: the history is as long as it may get; resolve or cancel the case.
absl::Status CaseFull();
// FAILED_PRECONDITION reason NO_SOLUTION_PROPOSED: there is no proposal that waits for an answer.
absl::Status NoSolutionProposed();
// FAILED_PRECONDITION reason NEEDS_FULL: as many needs and wishes as a case may have.
absl::Status NeedsFull();
// ALREADY_EXISTS reason ID_REUSED, metadata noteId, needId, caseId or messageId: the id belongs to one that says
// something else.
absl::Status NoteIdReused(absl::string_view note_id);
absl::Status NeedIdReused(absl::string_view need_id);
absl::Status CaseIdReused(absl::string_view case_id);
absl::Status MessageIdReused(absl::string_view message_id);
// INVALID_ARGUMENT reason CUT_NOT_KEPT: more cases than are counted at once.
absl::Status TooManyCases();

// FAILED_PRECONDITION reason NO_ADDRESS: the customer of the case has no mail address, or mail to it came back.
absl::Status NoAddress();
// INVALID_ARGUMENT reason INVALID_MAIL.
absl::Status InvalidMail();
// NOT_FOUND reason REPLY_ADDRESS_UNKNOWN: it is for no case of this tenant.
absl::Status ReplyAddressUnknown();
// PERMISSION_DENIED reason SENDER_UNKNOWN: it is not from the customer of the case.
absl::Status SenderUnknown();
// FAILED_PRECONDITION reason MAIL_LOOP: it is our own, or one of too many.
absl::Status MailLoop();
// PERMISSION_DENIED reason OVERRIDE_NOT_ALLOWED: the caller's role may not override the do-not-sell gate.
absl::Status OverrideNotAllowed();
// NOT_FOUND reason LINK_UNKNOWN: a status page's token that was not made here, or whose case is gone.
absl::Status LinkUnknown();

// NOT_FOUND reason TEAM_NOT_FOUND, MEMBER_NOT_FOUND, CALENDAR_NOT_FOUND, ROOT_CAUSE_NOT_FOUND, ALARM_RULE_NOT_FOUND.
absl::Status TeamNotFound(absl::string_view id);
absl::Status MemberNotFound(absl::string_view id);
absl::Status CalendarNotFound(absl::string_view id);
absl::Status RootCauseNotFound(absl::string_view id);
absl::Status AlarmRuleNotFound(absl::string_view id);
// FAILED_PRECONDITION reason SETTING_IN_USE, metadata usedBy: what would be archived is still named by others.
absl::Status SettingInUse(absl::string_view kind, absl::string_view id, const std::vector<std::string>& users);
// FAILED_PRECONDITION reason SETTINGS_FULL, metadata max: a tenant has no more of this kind.
absl::Status SettingsFull(absl::string_view kind, size_t max);
// FAILED_PRECONDITION reason MATCHES_EVERYTHING: a rule that every answer matches was not confirmed.
absl::Status RuleMatchesEverything(absl::string_view rule_id);

}  // namespace hoiam::loop
