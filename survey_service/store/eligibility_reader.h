// Reads of what asks are decided by, outside of a write.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "survey_service/domain/dispatch.h"

namespace hoiam::survey {

// Counts of all surveys that have a limit, by survey.
absl::StatusOr<std::map<std::string, AskedOnDay>> ReadSurveyDays(const db::TenantDb& db);

// The latest decisions about one customer, by survey: serialized hoiam.survey.v1.Dispatch.
absl::StatusOr<std::map<std::string, std::string>> ReadDecisions(const db::TenantDb& db,
                                                                 const std::string& customer_id);

}  // namespace hoiam::survey
