// Reads of what messages to customers are made of: one statement each, by primary key or id, whatever their number.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/session.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// The rows of `ids` that are there, in no order. No ids: no rows and no statement.
absl::StatusOr<std::vector<InvitationRow>> ReadInvitations(db::Session& session, const std::string& tenant,
                                                           const std::vector<std::string>& ids);
absl::StatusOr<std::vector<CustomerRow>> ReadCustomers(db::Session& session, const std::string& tenant,
                                                       const std::vector<std::string>& ids);
// Bodies: serialized hoiam.survey.v1.Survey and hoiam.survey.v1.Interaction.
absl::StatusOr<std::vector<std::string>> ReadSurveys(db::Session& session, const std::string& tenant,
                                                     const std::vector<std::string>& ids);
absl::StatusOr<std::vector<std::string>> ReadInteractions(db::Session& session, const std::string& tenant,
                                                          const std::vector<std::string>& ids);

}  // namespace hoiam::survey
