#include "loop_service/convert/case_requests.h"

#include <algorithm>
#include <utility>

#include "loop_service/errors.h"
#include "loop_service/limits.h"
#include "platform/base/decimal.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

void CheckVersion(int64_t version, Violations& v) {
  if (version < 0)
    v.Add("version", "VERSION_OUT_OF_RANGE", "must be the version you saw, or 0 for any", {{"min", "0"}});
}

void CheckText(absl::string_view value, absl::string_view field, bool required, Violations& v) {
  if (required && value.empty()) return v.Add(field, "REQUIRED", "is required");
  CheckProse(value, field, kMaxProseChars, v);
}

void CheckRequired(absl::string_view value, absl::string_view field, Violations& v) {
  if (value.empty()) v.Add(field, "REQUIRED", "is required");
}

// A name of the caller's own for a thing or a place; may be empty.
void CheckName(absl::string_view value, absl::string_view field, Violations& v) {
  CheckLine(value, field, kMaxPlaceBytes, v);
}

void CheckTeam(absl::string_view team, absl::string_view field, bool known, Violations& v) {
  if (!team.empty() && !known) v.Add(field, "UNKNOWN_TEAM", "must be the id of a team; GET /v1/teams lists them");
}

void CheckRootCause(absl::string_view cause, const Playbook& playbook, Violations& v) {
  if (!playbook.IsCause(cause))
    v.Add("rootCause", "UNKNOWN_ROOT_CAUSE",
          "must be the id of a cause, not of a driver; GET /v1/rootCauses lists them");
}

bool IsCurrency(absl::string_view s) {
  return s.size() == 3 && std::all_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Compensation CheckCompensation(const pb::Compensation& q, Violations& v) {
  Compensation c{q.type(), "", q.currency(), q.approved_by()};
  CheckUpperSnake(q.type(), "compensation.type", v);
  CheckLine(q.approved_by(), "compensation.approvedBy", kMaxPersonBytes, v);
  if (!q.amount().empty()) {
    const auto amount = Decimal::ParseAmount(q.amount());
    if (!amount || amount->micros() < 0)
      v.Add("compensation.amount", "INVALID_AMOUNT",
            "must be a decimal, not negative, of at most 18 digits and 6 after the point");
    else
      c.amount = amount->ToString();
    if (q.currency().empty()) v.Add("compensation.currency", "REQUIRED", "is required with an amount");
  } else if (!q.currency().empty()) {
    v.Add("compensation.amount", "REQUIRED", "is required with a currency");
  }
  if (!q.currency().empty() && !IsCurrency(q.currency()))
    v.Add("compensation.currency", "INVALID_CURRENCY", "must be an ISO 4217 code such as VND");
  return c;
}

// A value of an enum that the domain counts as the contract does; `otherwise` when it is not said.
template <class T, class Code>
T CheckEnum(int code, T otherwise, absl::string_view field, Violations& v) {
  if (!Code::Code_IsValid(code)) v.Add(field, "UNKNOWN_VALUE", "must be one of the values of the contract");
  return code == 0 ? otherwise : static_cast<T>(code);
}

// The call, unless a field was bad.
absl::StatusOr<CaseCall> Finish(const Violations& v, absl::string_view case_id, int64_t version, CaseCommand command) {
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  CaseCall call;
  HOIAM_ASSIGN_OR_RETURN(call.case_id, ParseCaseId(case_id));
  call.version = version;
  call.command = std::move(command);
  return call;
}

}  // namespace

absl::StatusOr<std::string> ParseCaseId(absl::string_view case_id) {
  if (case_id.empty()) {
    Violations v;
    v.Add("caseId", "REQUIRED", "is required");
    return v.ToStatus();
  }
  auto id = ParseUuid(case_id);
  if (!id) return CaseNotFound(case_id.size() <= 128 && IsUtf8(case_id) ? case_id : "");
  return *std::move(id);
}

absl::StatusOr<CaseCall> ParseCall(const pb::AcknowledgeCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckText(q.note(), "note", false, v);
  return Finish(v, q.case_id(), q.version(), Acknowledge{q.note()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::AssignCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  if (q.owner().empty() && q.team().empty()) v.Add("owner", "REQUIRED", "give an owner, a team, or both");
  CheckLine(q.owner(), "owner", kMaxPersonBytes, v);
  CheckText(q.note(), "note", false, v);
  return Finish(v, q.case_id(), q.version(), Assign{q.owner(), q.team(), q.note()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::CreateNoteRequest& q) {
  Violations v;
  CheckClientId(q.note_id(), "noteId", v);
  CheckText(q.text(), "text", true, v);
  return Finish(v, q.case_id(), 0, AddNote{q.note_id(), q.text()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::ContactCustomerRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckSlug(q.channel(), "channel", true, v);
  CheckText(q.note(), "note", false, v);
  if (!pb::ContactOutcome::Code_IsValid(q.outcome()))
    v.Add("outcome", "UNKNOWN_VALUE", "must be REACHED, NOT_REACHED or AWAITING_REPLY");
  const auto outcome = q.outcome() == pb::ContactOutcome::UNSPECIFIED ? pb::ContactOutcome::REACHED : q.outcome();
  static_assert(static_cast<int>(ContactOutcome::kAwaitingReply) == pb::ContactOutcome::AWAITING_REPLY);
  return Finish(v, q.case_id(), q.version(),
                Contact{q.channel(), q.note(), static_cast<ContactOutcome>(static_cast<int>(outcome))});
}

absl::StatusOr<CaseCall> ParseCall(const pb::DiagnoseCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckRequired(q.root_cause(), "rootCause", v);
  CheckName(q.lot(), "lot", v);
  CheckText(q.note(), "note", false, v);
  return Finish(v, q.case_id(), q.version(), Diagnose{q.root_cause(), q.originator_team(), q.lot(), q.note()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::CreateNeedRequest& q) {
  Violations v;
  CheckClientId(q.need_id(), "needId", v);
  CheckRequired(q.text(), "text", v);
  CheckProse(q.text(), "text", kMaxNeedChars, v);
  const auto kind = CheckEnum<NeedKind, pb::NeedKind>(q.kind(), NeedKind::kNeed, "kind", v);
  return Finish(v, q.case_id(), 0, AddNeed{q.need_id(), kind, q.text()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::ProposeSolutionRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckText(q.text(), "text", true, v);
  return Finish(v, q.case_id(), q.version(), Propose{q.text()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::AnswerSolutionRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckText(q.note(), "note", false, v);
  return Finish(v, q.case_id(), q.version(), AnswerSolution{q.accepted(), q.note()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::CompensateCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  if (!q.has_compensation()) v.Add("compensation", "REQUIRED", "is required");
  Compensate compensate;
  if (q.has_compensation()) compensate.compensation = CheckCompensation(q.compensation(), v);
  CheckText(q.note(), "note", false, v);
  compensate.note = q.note();
  return Finish(v, q.case_id(), q.version(), std::move(compensate));
}

absl::StatusOr<CaseCall> ParseCall(const pb::ResolveCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckRequired(q.root_cause(), "rootCause", v);
  CheckRequired(q.originator_team(), "originatorTeam", v);
  CheckText(q.resolution(), "resolution", true, v);
  CheckText(q.customer_reply(), "customerReply", false, v);
  Resolve resolve;
  resolve.root_cause = q.root_cause();
  resolve.originator_team = q.originator_team();
  resolve.resolution = q.resolution();
  resolve.customer_reply = q.customer_reply();
  if (q.has_compensation()) resolve.compensation = CheckCompensation(q.compensation(), v);
  if (q.has_cause_removed()) resolve.cause_removed = q.cause_removed();
  return Finish(v, q.case_id(), q.version(), std::move(resolve));
}

absl::StatusOr<CaseCall> ParseCall(const pb::VerifyCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  Verify verify{Verification::kNone, q.note()};
  switch (q.evidence()) {
    case pb::Verification::SCORE:
      verify.evidence = Verification::kScore;
      break;
    case pb::Verification::CUSTOMER_WORD:
      verify.evidence = Verification::kCustomerWord;
      break;
    case pb::Verification::SILENCE:
      v.Add("evidence", "EVIDENCE_NOT_ALLOWED", "silence is only for the system to state; give SCORE or CUSTOMER_WORD");
      break;
    case pb::Verification::UNSPECIFIED:
      v.Add("evidence", "REQUIRED", "is required: SCORE or CUSTOMER_WORD");
      break;
    default:
      v.Add("evidence", "UNKNOWN_VALUE", "must be SCORE or CUSTOMER_WORD");
  }
  CheckText(q.note(), "note", false, v);
  return Finish(v, q.case_id(), q.version(), std::move(verify));
}

absl::StatusOr<CaseCall> ParseCall(const pb::CloseCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckText(q.note(), "note", false, v);
  return Finish(v, q.case_id(), q.version(), Close{q.note()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::ReopenCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckText(q.reason(), "reason", true, v);
  return Finish(v, q.case_id(), q.version(), Reopen{q.reason()});
}

absl::StatusOr<CaseCall> ParseCall(const pb::CancelCaseRequest& q) {
  Violations v;
  CheckVersion(q.version(), v);
  CheckText(q.reason(), "reason", true, v);
  return Finish(v, q.case_id(), q.version(), Cancel{q.reason()});
}

absl::StatusOr<OpenByHand> ParseCall(const pb::CreateCaseRequest& q) {
  Violations v;
  OpenByHand call;
  if (!q.case_id().empty()) {
    const auto id = ParseUuid(q.case_id());
    if (!id) v.Add("caseId", "INVALID_ID", "must be a UUID, or empty");
    call.case_id = id.value_or("");
  }
  CheckClientId(q.customer_id(), "customerId", v);
  call.kind = CheckEnum<CaseKind, pb::CaseKind>(q.kind(), CaseKind::kDetractor, "kind", v);
  call.priority = CheckEnum<Priority, pb::Priority>(q.priority(), Priority::kP3, "priority", v);
  call.origin = CheckEnum<CaseOrigin, pb::CaseOrigin>(q.origin(), CaseOrigin::kProactive, "origin", v);
  CheckText(q.reason(), "reason", true, v);
  CheckSlug(q.touchpoint(), "touchpoint", false, v);
  CheckName(q.shop(), "shop", v);
  CheckName(q.lot(), "lot", v);
  CheckLine(q.owner(), "owner", kMaxPersonBytes, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  call.customer_id = q.customer_id();
  call.reason = q.reason();
  call.touchpoint = q.touchpoint();
  call.shop = q.shop();
  call.lot = q.lot();
  call.team = q.team();
  call.owner = q.owner();
  return call;
}

absl::Status CheckNames(const CaseCommand& command, const Playbook& playbook) {
  Violations v;
  if (const auto* x = std::get_if<Assign>(&command)) {
    CheckTeam(x->team, "team", playbook.TakesCases(x->team), v);
  } else if (const auto* x = std::get_if<Diagnose>(&command)) {
    CheckRootCause(x->root_cause, playbook, v);
    CheckTeam(x->originator_team, "originatorTeam", playbook.FindTeam(x->originator_team), v);
  } else if (const auto* x = std::get_if<Resolve>(&command)) {
    CheckRootCause(x->root_cause, playbook, v);
    CheckTeam(x->originator_team, "originatorTeam", playbook.FindTeam(x->originator_team), v);
  }
  return v.ToStatus();
}

absl::Status CheckNames(const OpenByHand& call, absl::Span<const std::string> teams, const Playbook& playbook) {
  Violations v;
  const bool visible = teams.empty() || playbook.IsWithin(call.team, teams);
  CheckTeam(call.team, "team", visible && playbook.TakesCases(call.team), v);
  return v.ToStatus();
}

}  // namespace hoiam::loop
