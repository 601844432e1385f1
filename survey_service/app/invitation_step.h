// The invitations' part in a write: one customer's asks are read together, because they are the fatigue ledger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/domain/dispatch.h"
#include "survey_service/domain/link.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// The customer's asks and the tenant's active surveys: what every change of an invitation needs.
void WantAsks(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);

// All of these need WantAsks.
absl::StatusOr<std::vector<Ask>> ListAsks(db::UnitOfWork& uow, const std::string& tenant,
                                          const std::string& customer_id);
// Those with a trigger, by id, without their texts.
absl::StatusOr<std::vector<v1::Survey>> ListActiveSurveys(db::UnitOfWork& uow, const std::string& tenant);

// Asks a person: stores the invitation and tells the others.
struct NewInvitation {
  std::string invitation_id;
  std::string customer_id;
  std::string interaction_id;  // may be empty
};
absl::StatusOr<v1::Invitation> MakeInvitation(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                              const v1::Survey& survey, const NewInvitation& made, absl::Time now);

// Stores `invitation` as a new revision of `row` and tells the others. Answers it as stored.
absl::StatusOr<v1::Invitation> ChangeInvitation(db::UnitOfWork& uow, InvitationRow row, v1::Invitation invitation,
                                                absl::Time now);

// Withdraws the customer's open invitations: those about `interaction_id`, or all when it is nullopt.
absl::Status RevokeInvitations(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                               const std::optional<std::string>& interaction_id, absl::Time now);

}  // namespace hoiam::survey
