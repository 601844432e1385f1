#include "loop_service/domain/case_state.h"

namespace hoiam::loop {

absl::string_view Name(CaseState s) {
  switch (s) {
    case CaseState::kNew:
      return "NEW";
    case CaseState::kAcknowledged:
      return "ACKNOWLEDGED";
    case CaseState::kInProgress:
      return "IN_PROGRESS";
    case CaseState::kWaitingCustomer:
      return "WAITING_CUSTOMER";
    case CaseState::kResolved:
      return "RESOLVED";
    case CaseState::kVerified:
      return "VERIFIED";
    case CaseState::kClosed:
      return "CLOSED";
    case CaseState::kReopened:
      return "REOPENED";
    case CaseState::kCancelled:
      return "CANCELLED";
  }
  return "";
}

absl::string_view Name(CaseVerb v) {
  switch (v) {
    case CaseVerb::kAcknowledge:
      return "acknowledge";
    case CaseVerb::kAssign:
      return "assign";
    case CaseVerb::kNote:
      return "note";
    case CaseVerb::kContact:
    case CaseVerb::kAwaitReply:
      return "contact";
    case CaseVerb::kMessage:
    case CaseVerb::kAskByMessage:
      return "message";
    case CaseVerb::kCustomerMessage:
      return "customer_message";
    case CaseVerb::kCustomerReply:
      return "reply";
    case CaseVerb::kResume:
      return "resume";
    case CaseVerb::kDiagnose:
      return "diagnose";
    case CaseVerb::kNeed:
      return "need";
    case CaseVerb::kPropose:
      return "propose";
    case CaseVerb::kAnswerSolution:
      return "answer_solution";
    case CaseVerb::kCompensate:
      return "compensate";
    case CaseVerb::kResolve:
      return "resolve";
    case CaseVerb::kVerify:
      return "verify";
    case CaseVerb::kClose:
      return "close";
    case CaseVerb::kReopen:
      return "reopen";
    case CaseVerb::kCancel:
      return "cancel";
  }
  return "";
}

}  // namespace hoiam::loop
