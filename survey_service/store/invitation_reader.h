// Reads of invitations outside of a write. Whose an invitation is, and which one a token opens, never changes: what is
// read here may name the subject of a write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// The customer of an invitation.
absl::StatusOr<std::optional<std::string>> ReadInvitationCustomer(const db::TenantDb& db,
                                                                  const std::string& invitation_id);

// All of one customer: serialized hoiam.survey.v1.Invitation.
absl::StatusOr<std::vector<std::string>> ReadInvitationsOf(const db::TenantDb& db, const std::string& customer_id);

// What a token opens, by its SHA-256, in whatever tenant: the token is the respondent's whole authority.
absl::StatusOr<std::optional<InvitationRow>> ReadInvitationByToken(const db::SystemDb& db,
                                                                   const std::string& token_hash);

// Where a page of invitations begins: before this one.
struct InvitationPlace {
  absl::Time create_time;
  std::string invitation_id;
};

// Of one survey, newest first; at most `limit`.
absl::StatusOr<std::vector<InvitationRow>> ListInvitations(const db::TenantDb& db, const std::string& survey_id,
                                                           const std::optional<InvitationPlace>& before, int limit);

}  // namespace hoiam::survey
