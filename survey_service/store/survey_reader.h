// Reads of surveys outside of a write. All answer bodies: serialized hoiam.survey.v1.Survey.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

absl::StatusOr<std::optional<std::string>> ReadSurvey(const db::TenantDb& db, const std::string& survey_id);
absl::StatusOr<std::optional<std::string>> ReadSurveyVersion(const db::TenantDb& db, const std::string& survey_id,
                                                             int64_t version);
// By id, after `after`; at most `limit`.
absl::StatusOr<std::vector<std::string>> ListSurveys(const db::TenantDb& db, const std::string& after, int limit);

}  // namespace hoiam::survey
