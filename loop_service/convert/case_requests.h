// Calls of case verbs: checked for shape, every bad field at once, and turned into commands.
//
// A case id that is no UUID is NOT_FOUND reason CASE_NOT_FOUND: there is no such case. Reasons of violations, beside
// those of platform/base/text.h: VERSION_OUT_OF_RANGE, UNKNOWN_VALUE, UNKNOWN_TEAM, UNKNOWN_ROOT_CAUSE,
// EVIDENCE_NOT_ALLOWED, INVALID_AMOUNT, INVALID_CURRENCY.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/domain/case_command.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// 16 bytes.
absl::StatusOr<std::string> ParseCaseId(absl::string_view case_id);

absl::StatusOr<CaseCall> ParseCall(const pb::AcknowledgeCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::AssignCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CreateNoteRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::ContactCustomerRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::DiagnoseCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CreateNeedRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::ProposeSolutionRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::AnswerSolutionRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CompensateCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::ResolveCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::VerifyCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CloseCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::ReopenCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CancelCaseRequest& q);
absl::StatusOr<OpenByHand> ParseCall(const pb::CreateCaseRequest& q);

// Whether the teams and causes that a call names are those of the tenant: UNKNOWN_TEAM, UNKNOWN_ROOT_CAUSE.
absl::Status CheckNames(const CaseCommand& command, const Playbook& playbook);
// A caller who is bound to `teams` opens cases of these and those below them only; empty: bound to none.
absl::Status CheckNames(const OpenByHand& call, absl::Span<const std::string> teams, const Playbook& playbook);

}  // namespace hoiam::loop
