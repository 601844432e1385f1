// A case as a value, and what answers do to it. Every change goes through Record, so that the history is the whole
// story and versions have no gap.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/answer.h"
#include "loop_service/domain/case_state.h"

namespace hoiam::loop {

enum class CaseKind { kDetractor = 1, kPassive, kPromoter, kFeedback };
// "DETRACTOR", …
absl::string_view Name(CaseKind k);

enum class AnswerRole { kOpened = 1, kAttached };
enum class Verification { kNone = 0, kScore, kCustomerWord, kSilence };
enum class Deadline { kAcknowledge = 1, kContact, kResolve };
// "ACKNOWLEDGE", "CONTACT", "RESOLVE".
absl::string_view Name(Deadline d);

// Who changes a case when nobody does.
inline constexpr absl::string_view kSystemActor = "system";

// Actions of the history that are no verbs of callers.
inline constexpr absl::string_view kActionOpen = "open";
inline constexpr absl::string_view kActionAttach = "attach";
inline constexpr absl::string_view kActionAmend = "amend";
inline constexpr absl::string_view kActionOverdue = "overdue";  // the note says which deadline

struct CaseAnswer {
  std::string response_id;
  AnswerRole role = AnswerRole::kOpened;
  std::string metric;
  int score = 0;
  std::string comment;
  std::string touchpoint;
};

struct Compensation {
  std::string type;      // REFUND, VOUCHER, …
  std::string amount;    // canonical decimal; may be empty
  std::string currency;  // ISO 4217; empty without amount
  std::string approved_by;
};

struct HistoryLine {
  absl::Time time;
  std::string actor;
  std::string action;
  std::optional<CaseState> from;  // nullopt for open
  CaseState to = CaseState::kNew;
  std::string note;
  int64_t version = 0;
};

struct Case {
  std::string case_id;  // 16 bytes
  CaseKind kind = CaseKind::kDetractor;
  CaseState state = CaseState::kNew;
  Priority priority = Priority::kP3;
  std::string customer_id;  // empty: anonymous
  std::vector<CaseAnswer> answers;
  std::string owner;
  std::string team;
  std::string originator_team;
  std::string root_cause;
  std::string resolution;
  std::string customer_reply;
  std::optional<Compensation> compensation;
  absl::Time acknowledge_by, contact_by, resolve_by;
  Verification verification = Verification::kNone;
  int64_t version = 0;
  std::vector<HistoryLine> history;
  absl::Time create_time, update_time;
};

// Appends a history line, moves to `to`, counts the version.
void Record(Case& c, absl::string_view actor, absl::string_view action, CaseState to, std::string note, absl::Time now);

// All deadlines, counted from `from`.
void SetDeadlines(Case& c, absl::Time from);

// Whose partition the case lives in: the customer, else the answer that opened it.
const std::string& SubjectOf(const Case& c);

// Grown so much that only what ends it may still be added (limits.h).
bool IsFull(const Case& c);

// A new case about a detractor's answer.
Case OpenCase(std::string case_id, const Answer& answer, std::string team, absl::Time now);

// A further detractor answer of the same person: raises the priority when it is worse, and counts as the customer's
// reply when one was waited for. Answers whether the case changed: a full one does not.
bool AttachAnswer(Case& c, const Answer& answer, absl::Time now);

// A later revision of an answer in the case: a new comment, another score, voided, or claimed by its customer, whose
// the case becomes. A new comment counts as the customer's reply when one was waited for. Answers whether anything the
// case shows has changed.
bool AmendAnswer(Case& c, const Answer& answer, const KnownAnswer& known, absl::Time now);

}  // namespace hoiam::loop
