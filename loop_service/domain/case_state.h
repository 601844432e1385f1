// The life cycle of a case, as a table. What is not listed is refused.
#pragma once

#include <array>
#include <optional>

#include "absl/strings/string_view.h"

namespace hoiam::loop {

// Where a case stands.
enum class CaseState {
  kNew = 1,          // nobody has taken it
  kAcknowledged,     // somebody has
  kInProgress,       // the customer was contacted, work goes on
  kWaitingCustomer,  // waiting for the customer's reply
  kResolved,         // solved, says the company
  kVerified,         // solved, says the evidence
  kClosed,           // done
  kReopened,         // came back
  kCancelled,        // was no case; final
};

inline constexpr std::array kCaseStates = {
    CaseState::kNew,      CaseState::kAcknowledged, CaseState::kInProgress, CaseState::kWaitingCustomer,
    CaseState::kResolved, CaseState::kVerified,     CaseState::kClosed,     CaseState::kReopened,
    CaseState::kCancelled};

// What can be done to a case.
enum class CaseVerb {
  kAcknowledge,
  kAssign,
  kNote,
  kContact,        // the customer was reached, or not
  kAwaitReply,     // the customer was asked something: contact with outcome AWAITING_REPLY
  kCustomerReply,  // the customer said something by itself, by another answer or a new comment
  kResolve,
  kVerify,
  kClose,
  kReopen,
  kCancel,
};

inline constexpr std::array kCaseVerbs = {CaseVerb::kAcknowledge, CaseVerb::kAssign,     CaseVerb::kNote,
                                          CaseVerb::kContact,     CaseVerb::kAwaitReply, CaseVerb::kCustomerReply,
                                          CaseVerb::kResolve,     CaseVerb::kVerify,     CaseVerb::kClose,
                                          CaseVerb::kReopen,      CaseVerb::kCancel};

struct CaseMove {
  CaseState from;
  CaseVerb verb;
  CaseState to;
};

inline constexpr std::array kCaseMoves = {
    CaseMove{CaseState::kNew, CaseVerb::kAcknowledge, CaseState::kAcknowledged},
    CaseMove{CaseState::kReopened, CaseVerb::kAcknowledge, CaseState::kAcknowledged},

    CaseMove{CaseState::kNew, CaseVerb::kAssign, CaseState::kNew},
    CaseMove{CaseState::kAcknowledged, CaseVerb::kAssign, CaseState::kAcknowledged},
    CaseMove{CaseState::kInProgress, CaseVerb::kAssign, CaseState::kInProgress},
    CaseMove{CaseState::kWaitingCustomer, CaseVerb::kAssign, CaseState::kWaitingCustomer},
    CaseMove{CaseState::kReopened, CaseVerb::kAssign, CaseState::kReopened},

    CaseMove{CaseState::kNew, CaseVerb::kNote, CaseState::kNew},
    CaseMove{CaseState::kAcknowledged, CaseVerb::kNote, CaseState::kAcknowledged},
    CaseMove{CaseState::kInProgress, CaseVerb::kNote, CaseState::kInProgress},
    CaseMove{CaseState::kWaitingCustomer, CaseVerb::kNote, CaseState::kWaitingCustomer},
    CaseMove{CaseState::kReopened, CaseVerb::kNote, CaseState::kReopened},

    CaseMove{CaseState::kNew, CaseVerb::kContact, CaseState::kInProgress},
    CaseMove{CaseState::kAcknowledged, CaseVerb::kContact, CaseState::kInProgress},
    CaseMove{CaseState::kInProgress, CaseVerb::kContact, CaseState::kInProgress},
    CaseMove{CaseState::kWaitingCustomer, CaseVerb::kContact, CaseState::kInProgress},
    CaseMove{CaseState::kReopened, CaseVerb::kContact, CaseState::kInProgress},

    CaseMove{CaseState::kNew, CaseVerb::kAwaitReply, CaseState::kWaitingCustomer},
    CaseMove{CaseState::kAcknowledged, CaseVerb::kAwaitReply, CaseState::kWaitingCustomer},
    CaseMove{CaseState::kInProgress, CaseVerb::kAwaitReply, CaseState::kWaitingCustomer},
    CaseMove{CaseState::kWaitingCustomer, CaseVerb::kAwaitReply, CaseState::kWaitingCustomer},
    CaseMove{CaseState::kReopened, CaseVerb::kAwaitReply, CaseState::kWaitingCustomer},

    CaseMove{CaseState::kWaitingCustomer, CaseVerb::kCustomerReply, CaseState::kInProgress},

    CaseMove{CaseState::kInProgress, CaseVerb::kResolve, CaseState::kResolved},
    CaseMove{CaseState::kWaitingCustomer, CaseVerb::kResolve, CaseState::kResolved},

    CaseMove{CaseState::kResolved, CaseVerb::kVerify, CaseState::kVerified},

    CaseMove{CaseState::kVerified, CaseVerb::kClose, CaseState::kClosed},

    CaseMove{CaseState::kResolved, CaseVerb::kReopen, CaseState::kReopened},
    CaseMove{CaseState::kVerified, CaseVerb::kReopen, CaseState::kReopened},
    CaseMove{CaseState::kClosed, CaseVerb::kReopen, CaseState::kReopened},

    CaseMove{CaseState::kNew, CaseVerb::kCancel, CaseState::kCancelled},
    CaseMove{CaseState::kAcknowledged, CaseVerb::kCancel, CaseState::kCancelled},
    CaseMove{CaseState::kInProgress, CaseVerb::kCancel, CaseState::kCancelled},
    CaseMove{CaseState::kWaitingCustomer, CaseVerb::kCancel, CaseState::kCancelled},
    CaseMove{CaseState::kReopened, CaseVerb::kCancel, CaseState::kCancelled},
};

// Where `verb` leads from `from`; nullopt when it is refused there.
constexpr std::optional<CaseState> NextState(CaseState from, CaseVerb verb) {
  for (const CaseMove& move : kCaseMoves)
    if (move.from == from && move.verb == verb) return move.to;
  return std::nullopt;
}

// Somebody still has to do something.
constexpr bool IsOpen(CaseState s) {
  return s != CaseState::kResolved && s != CaseState::kVerified && s != CaseState::kClosed &&
         s != CaseState::kCancelled;
}

// "NEW", "IN_PROGRESS", … as on the wire and in the table.
absl::string_view Name(CaseState s);
// "acknowledge", "contact", … as in the path of the call and in the history.
absl::string_view Name(CaseVerb v);

}  // namespace hoiam::loop
