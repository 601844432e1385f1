// The life cycle of a case, as a table. What is not listed is refused. docs/cases.md shows it; `./dev check --fix`
// writes it there.
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
  kContact,          // the customer was reached, or not
  kAwaitReply,       // the customer was asked something: contact with outcome AWAITING_REPLY
  kMessage,          // the customer was written to
  kAskByMessage,     // … and an answer is awaited
  kCustomerMessage,  // the customer wrote
  kCustomerReply,    // the customer said something by another answer or a new comment
  kResume,           // the customer said nothing for as long as a case may wait
  kDiagnose,
  kNeed,
  kPropose,
  kAnswerSolution,
  kCompensate,
  kResolve,
  kVerify,
  kClose,
  kReopen,
  kCancel,
};

inline constexpr std::array kCaseVerbs = {
    CaseVerb::kAcknowledge,   CaseVerb::kAssign,         CaseVerb::kNote,         CaseVerb::kContact,
    CaseVerb::kAwaitReply,    CaseVerb::kMessage,        CaseVerb::kAskByMessage, CaseVerb::kCustomerMessage,
    CaseVerb::kCustomerReply, CaseVerb::kResume,         CaseVerb::kDiagnose,     CaseVerb::kNeed,
    CaseVerb::kPropose,       CaseVerb::kAnswerSolution, CaseVerb::kCompensate,   CaseVerb::kResolve,
    CaseVerb::kVerify,        CaseVerb::kClose,          CaseVerb::kReopen,       CaseVerb::kCancel};

// What a verb does to a case in each state, in the order of kCaseStates; nullopt: refused.
struct CaseMoves {
  CaseVerb verb;
  std::array<std::optional<CaseState>, kCaseStates.size()> to;
};

namespace case_table {
inline constexpr std::optional<CaseState> None = std::nullopt, New = CaseState::kNew, Ackn = CaseState::kAcknowledged,
                                          Prog = CaseState::kInProgress, Wait = CaseState::kWaitingCustomer,
                                          Reso = CaseState::kResolved, Veri = CaseState::kVerified,
                                          Clos = CaseState::kClosed, Reop = CaseState::kReopened,
                                          Canc = CaseState::kCancelled;
// clang-format off
inline constexpr std::array kMoves = {
    //          a case that is         NEW   ACKN. IN_P. WAIT. RESO. VERI. CLOS. REOP. CANCELLED
    CaseMoves{CaseVerb::kAcknowledge,     {Ackn, None, None, None, None, None, None, Ackn, None}},
    CaseMoves{CaseVerb::kAssign,          {New,  Ackn, Prog, Wait, None, None, None, Reop, None}},
    CaseMoves{CaseVerb::kNote,            {New,  Ackn, Prog, Wait, None, None, None, Reop, None}},
    CaseMoves{CaseVerb::kContact,         {Prog, Prog, Prog, Prog, None, None, None, Prog, None}},
    CaseMoves{CaseVerb::kAwaitReply,      {Wait, Wait, Wait, Wait, None, None, None, Wait, None}},
    CaseMoves{CaseVerb::kMessage,         {Prog, Prog, Prog, Prog, None, None, None, Prog, None}},
    CaseMoves{CaseVerb::kAskByMessage,    {Wait, Wait, Wait, Wait, None, None, None, Wait, None}},
    CaseMoves{CaseVerb::kCustomerMessage, {New,  Ackn, Prog, Prog, Reso, Veri, None, Reop, None}},
    CaseMoves{CaseVerb::kCustomerReply,   {None, None, None, Prog, None, None, None, None, None}},
    CaseMoves{CaseVerb::kResume,          {None, None, None, Prog, None, None, None, None, None}},
    CaseMoves{CaseVerb::kDiagnose,        {New,  Ackn, Prog, Wait, None, None, None, Reop, None}},
    CaseMoves{CaseVerb::kNeed,            {New,  Ackn, Prog, Wait, None, None, None, Reop, None}},
    CaseMoves{CaseVerb::kPropose,         {New,  Ackn, Prog, Wait, None, None, None, Reop, None}},
    CaseMoves{CaseVerb::kAnswerSolution,  {New,  Ackn, Prog, Prog, None, None, None, Reop, None}},
    CaseMoves{CaseVerb::kCompensate,      {New,  Ackn, Prog, Wait, None, None, None, Reop, None}},
    CaseMoves{CaseVerb::kResolve,         {None, None, Reso, Reso, None, None, None, None, None}},
    CaseMoves{CaseVerb::kVerify,          {None, None, None, None, Veri, None, None, None, None}},
    CaseMoves{CaseVerb::kClose,           {None, None, None, None, None, Clos, None, None, None}},
    CaseMoves{CaseVerb::kReopen,          {None, None, None, None, Reop, Reop, Reop, None, None}},
    CaseMoves{CaseVerb::kCancel,          {Canc, Canc, Canc, Canc, None, None, None, Canc, None}},
};
// clang-format on
}  // namespace case_table

// Where `verb` leads from `from`; nullopt when it is refused there.
constexpr std::optional<CaseState> NextState(CaseState from, CaseVerb verb) {
  for (const CaseMoves& moves : case_table::kMoves)
    if (moves.verb == verb) return moves.to[static_cast<size_t>(from) - 1];
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
