// Reads of what customers said about being asked, outside of a write.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// Bodies: serialized hoiam.survey.v1.Consent, newest first.
absl::StatusOr<std::vector<std::string>> ListConsentStatements(const db::TenantDb& db, const std::string& customer_id);
// What was kept before there were statements.
absl::StatusOr<std::vector<ConsentRow>> ListOldConsents(const db::TenantDb& db, const std::string& customer_id);

}  // namespace hoiam::survey
