// Calls of case verbs: checked for shape, every bad field at once, and turned into commands.
//
// A case id that is no UUID is NOT_FOUND reason CASE_NOT_FOUND: there is no such case. Reasons of violations, beside
// those of platform/base/text.h: VERSION_OUT_OF_RANGE, UNKNOWN_VALUE, UNKNOWN_TEAM, UNKNOWN_ROOT_CAUSE,
// EVIDENCE_NOT_ALLOWED, INVALID_AMOUNT, INVALID_CURRENCY.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/domain/case_command.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// 16 bytes.
absl::StatusOr<std::string> ParseCaseId(absl::string_view case_id);

absl::StatusOr<CaseCall> ParseCall(const pb::AcknowledgeCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::AssignCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CreateNoteRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::ContactCustomerRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::ResolveCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::VerifyCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CloseCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::ReopenCaseRequest& q);
absl::StatusOr<CaseCall> ParseCall(const pb::CancelCaseRequest& q);

}  // namespace hoiam::loop
