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

// What every change of an invitation needs: the customer's asks and what is due of them, active surveys, the policy.
// For a receipt `customer_id` is its holder.
void WantAsks(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);

// All of these need WantAsks.
absl::StatusOr<std::vector<Ask>> ListAsks(db::UnitOfWork& uow, const std::string& tenant,
                                          const std::string& customer_id);

// Who holds a receipt: nobody, until the answer is claimed. No id of a customer begins like this.
std::string ReceiptHolder(const std::string& invitation_id);
bool IsReceiptHolder(absl::string_view customer_id);

// Asks a person: stores the invitation, what is due of it, and tells the others. A link goes out now (CREATED) or at
// `send_at` (SCHEDULED); a mail is due then (SCHEDULED, or CREATED when that is now).
struct NewInvitation {
  std::string invitation_id;
  std::string customer_id;                                          // empty: a receipt
  std::string interaction_id, touchpoint, wave_id, case_id, order;  // may be empty
  AskChannel channel = AskChannel::kLink;
  absl::Time send_at;
};
absl::StatusOr<v1::Invitation> MakeInvitation(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                              const v1::Survey& survey, const NewInvitation& made, absl::Time now);

// An invitation that goes out: what was scheduled is `state` now (CREATED for a link, SENT for a mail), and an ask.
void GoOut(v1::Invitation& invitation, v1::InvitationState::Code state);

// Stores `invitation` as a new revision of `row` and tells the others. Answers it as stored.
absl::StatusOr<v1::Invitation> ChangeInvitation(db::UnitOfWork& uow, InvitationRow row, v1::Invitation invitation,
                                                absl::Time now);

// Withdraws the customer's open invitations, scheduled ones too: those about `interaction_id`, or all when it is
// nullopt. What was to be sent is not.
absl::Status RevokeInvitations(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                               const std::optional<std::string>& interaction_id, absl::Time now);
// Withdraws those by one channel.
absl::Status RevokeInvitationsBy(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                                 AskChannel channel, absl::Time now);
// Withdraws what follows a case and has not gone out.
absl::Status RevokeScheduledOfCase(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                                   const std::string& case_id, absl::Time now);

}  // namespace hoiam::survey
