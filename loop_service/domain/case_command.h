// What people do to a case: the verbs as values, and the rules each must meet. The state table is case_state.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

enum class ContactOutcome { kReached = 1, kNotReached, kAwaitingReply };
// "REACHED", …
absl::string_view Name(ContactOutcome o);

struct Acknowledge {
  std::string note;
};
struct Assign {
  std::string owner;  // empty: nobody yet
  std::string team;   // empty: as before
  std::string note;
};
struct AddNote {
  std::string note_id;
  std::string text;
};
struct Contact {
  std::string channel;
  std::string note;
  ContactOutcome outcome = ContactOutcome::kReached;
};
struct Diagnose {
  std::string root_cause;
  std::string originator_team;  // empty: as before
  std::string lot;              // empty: as before
  std::string note;
};
struct AddNeed {
  std::string need_id;
  NeedKind kind = NeedKind::kNeed;
  std::string text;
};
struct Propose {
  std::string text;
};
struct AnswerSolution {
  bool accepted = false;
  std::string note;
};
struct Compensate {
  Compensation compensation;
  std::string note;
};
struct Resolve {
  std::string root_cause;
  std::string originator_team;
  std::string resolution;
  std::string customer_reply;
  std::optional<Compensation> compensation;
  bool cause_removed = true;
};
struct Verify {
  Verification evidence = Verification::kNone;
  std::string note;
};
struct Close {
  std::string note;
};
struct Reopen {
  std::string reason;
};
struct Cancel {
  std::string reason;
};
using CaseCommand = std::variant<Acknowledge, Assign, AddNote, Contact, Diagnose, AddNeed, Propose, AnswerSolution,
                                 Compensate, Resolve, Verify, Close, Reopen, Cancel>;

// A well-formed call of a verb.
struct CaseCall {
  std::string case_id;  // 16 bytes
  int64_t version = 0;  // the version the caller saw; 0: any
  CaseCommand command;
};

CaseVerb VerbOf(const CaseCommand& command);

enum class Refusal {
  kNone,                // applied
  kTransition,          // the state table does not list it
  kNeedsCustomerReply,  // resolve without the customer's reply and with too few contacts
  kNoSolutionProposed,  // there is no proposal that waits for an answer
  kNeedsFull,           // as many needs as a case may have
  kFull,                // the case has grown too long for anything but its end
};

// Tries to reach the customer on record since the case was last opened or reopened.
int Contacts(const Case& c);

// Applies a checked command, or says why not and leaves the case as it is. Whoever acts has taken the case over that
// was handed to them.
Refusal Apply(Case& c, const CaseCommand& command, absl::string_view actor, absl::Time now);
// The person whom the case was given to has done something, or of a team, anybody but who gave it away: the handoff is
// taken. Apply does it; who changes a case without a command must.
void TakeOver(Case& c, absl::string_view actor, absl::Time now);

// How long the new hands of c.handoffs[i] let it lie, as of `now`: until they did something, the case was handed on, or
// ended.
absl::Duration WaitOf(const Case& c, size_t i, absl::Time now);

// A case that somebody opens by hand.
struct OpenByHand {
  std::string case_id;  // 16 bytes; empty: one is made
  std::string customer_id;
  CaseKind kind = CaseKind::kDetractor;
  Priority priority = Priority::kP3;
  std::string reason;
  CaseOrigin origin = CaseOrigin::kProactive;
  std::string touchpoint, shop, lot;
  std::string team, owner;
};
// `call` has an id and a team. Whoever opens a case owns it only when the call says so.
Case OpenCase(const OpenByHand& call, absl::string_view actor, absl::Time now);
// Whether `c` is what `call` once opened, whatever has become of it since.
bool WasOpenedBy(const Case& c, const OpenByHand& call);

}  // namespace hoiam::loop
