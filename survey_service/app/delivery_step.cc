#include "survey_service/app/delivery_step.h"

#include <utility>

#include "platform/base/status.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/domain/funnel.h"

namespace hoiam::survey {

void WantDelivery(db::UnitOfWork& uow, const std::string& tenant, const std::string& holder) {
  WantAsks(uow, tenant, holder);
  if (!IsReceiptHolder(holder)) WantCustomer(uow, tenant, holder);
}

absl::StatusOr<v1::Invitation> Bounce(db::UnitOfWork& uow, const InvitationRow& row, v1::Invitation invitation,
                                      const std::string& why, bool for_good, absl::Time now) {
  const std::string tenant = row.tenant_id, holder = row.customer_id;
  invitation.set_state(v1::InvitationState::BOUNCED);
  invitation.set_bounce_reason(why);
  HOIAM_ASSIGN_OR_RETURN(const auto policy, FindPolicy(uow, tenant));
  Count(uow, tenant, invitation, kBouncedItem, 1, policy->policy.time_zone());
  if (for_good && invitation.channel() == v1::DeliveryChannel::EMAIL && !IsReceiptHolder(holder)) {
    HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, FindCustomer(uow, tenant, holder, now));
    if (customer.revision() > 0 && !customer.email_bounced()) {
      customer.set_email_bounced(true);
      HOIAM_RETURN_IF_ERROR(PutCustomer(uow, tenant, customer, false, now));
    }
  }
  return ChangeInvitation(uow, row, std::move(invitation), now);
}

}  // namespace hoiam::survey
