// A case as a value, and what answers do to it. Every change goes through Record, so that the history is the whole
// story and versions have no gap.
#pragma once

#include <array>
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
inline constexpr std::array kCaseKinds = {CaseKind::kDetractor, CaseKind::kPassive, CaseKind::kPromoter,
                                          CaseKind::kFeedback};
// "DETRACTOR", …
absl::string_view Name(CaseKind k);

enum class CaseOrigin { kReactive = 1, kProactive };
// "REACTIVE", "PROACTIVE".
absl::string_view Name(CaseOrigin o);

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
inline constexpr absl::string_view kActionDue = "due";            // the note says which deadline comes near
inline constexpr absl::string_view kActionOverdue = "overdue";    // the note says which deadline
inline constexpr absl::string_view kActionEscalate = "escalate";  // the note says which team was told
inline constexpr absl::string_view kActionResume = "resume";      // the wait for the customer is over
inline constexpr absl::string_view kActionCustomerMessage = "customer_message";
inline constexpr absl::string_view kActionSaidTwice = "said_twice";  // the note says the earlier case
inline constexpr absl::string_view kActionFixFailed = "fix_failed";  // the note says the later case

struct CaseAnswer {
  std::string response_id;
  AnswerRole role = AnswerRole::kOpened;
  std::string metric;
  std::optional<int> score;
  std::string comment;
  std::string touchpoint;
  std::string rule;                  // that rang; empty: a recovery answer
  std::vector<std::string> reasons;  // why, for people
  absl::Time responded_at;           // InfinitePast in cases from before it was kept
  bool recovery = false;             // answers this case's recovery survey
};

struct Compensation {
  std::string type;      // REFUND, VOUCHER, …
  std::string amount;    // canonical decimal; may be empty
  std::string currency;  // ISO 4217; empty without amount
  std::string approved_by;
};

enum class NeedKind { kNeed = 1, kWish };
struct Need {
  std::string need_id;
  NeedKind kind = NeedKind::kNeed;
  std::string text;
  std::string actor;
  absl::Time time;
};

enum class SolutionState { kProposed = 1, kAccepted, kDeclined };
struct Solution {
  std::string text;
  SolutionState state = SolutionState::kProposed;
  std::string proposed_by;
  absl::Time proposed_at;
  std::optional<absl::Time> answered_at;
};

struct Handoff {
  absl::Time time;
  std::string from_team, to_team;
  std::string from_owner, to_owner;
  std::optional<absl::Time> taken_at;  // when the new hands first did something
};

// How two cases with one cause hang together; the earlier, the stronger.
enum class Relation { kSamePerson = 1, kSameLot, kSameTouchpoint, kSameShop };
// "SAME_PERSON", …
absl::string_view Name(Relation r);

struct SaidTwice {
  std::string case_id;  // 16 bytes; of the other case
  Relation relation = Relation::kSamePerson;
  std::string root_cause;
  absl::Time time;  // when it was found out
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

  CaseOrigin origin = CaseOrigin::kReactive;
  std::string reason;                 // why it was opened by hand
  std::string touchpoint, shop, lot;  // what it is about: of the answer that opened it
  std::string rule;                   // that opened it; empty: by hand
  std::vector<Need> needs;
  std::optional<Solution> solution;
  std::vector<Handoff> handoffs;
  std::string resolved_by;
  std::vector<std::string> escalated_to;  // teams told since it was last opened or reopened, in order
  // When a timer rings next, each only while it runs (domain/timers.h).
  std::optional<absl::Time> wait_until, escalate_at, verify_at, warn_at;
  // When it was done since it was last opened or reopened.
  std::optional<absl::Time> acknowledged_at, contacted_at, resolved_at;
  absl::Duration paused;  // working time that deadlines stood still
  std::optional<SaidTwice> said_twice, fix_failed;
  bool cause_removed = false;
  int messages = 0;
  std::optional<absl::Time> last_customer_message_at;

  // As it was when it was last stored; version 0: never.
  struct Stored {
    int64_t version = 0;
    Priority priority = Priority::kP3;
    std::string subject;
  } stored;
};

// Appends a history line, moves to `to`, counts the version.
void Record(Case& c, absl::string_view actor, absl::string_view action, CaseState to, std::string note, absl::Time now);

// Whose partition the case lives in: the customer, else the answer that opened it.
const std::string& SubjectOf(const Case& c);

// Grown so much that only what ends it may still be added (limits.h).
bool IsFull(const Case& c);

}  // namespace hoiam::loop
