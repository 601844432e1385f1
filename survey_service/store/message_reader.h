// Reads of what messages to customers are made of: one statement each, by primary key or id, whatever their number.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// The rows of `ids` that are there, in no order. No ids: no rows and no statement.
absl::StatusOr<std::vector<InvitationRow>> ReadInvitations(const db::TenantDb& db, const std::vector<std::string>& ids);
absl::StatusOr<std::vector<CustomerRow>> ReadCustomers(const db::TenantDb& db, const std::vector<std::string>& ids);
// Bodies: serialized hoiam.survey.v1.Survey and hoiam.survey.v1.Interaction.
absl::StatusOr<std::vector<std::string>> ReadSurveys(const db::TenantDb& db, const std::vector<std::string>& ids);
absl::StatusOr<std::vector<std::string>> ReadInteractions(const db::TenantDb& db, const std::vector<std::string>& ids);

}  // namespace hoiam::survey
