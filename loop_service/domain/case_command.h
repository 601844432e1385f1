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
struct Resolve {
  std::string root_cause;
  std::string originator_team;
  std::string resolution;
  std::string customer_reply;
  std::optional<Compensation> compensation;
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
using CaseCommand = std::variant<Acknowledge, Assign, AddNote, Contact, Resolve, Verify, Close, Reopen, Cancel>;

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
  kFull,                // the case has grown too long for anything but its end
};

// Tries to reach the customer on record.
int Contacts(const Case& c);

// Applies a checked command, or says why not and leaves the case as it is.
Refusal Apply(Case& c, const CaseCommand& command, absl::string_view actor, absl::Time now);

}  // namespace hoiam::loop
