// What becomes of a message on its way, as a part of a write.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

// The invitation's asks and, unless it is a receipt, its customer.
void WantDelivery(db::UnitOfWork& uow, const std::string& tenant, const std::string& holder);

// Stores `invitation` as BOUNCED and counts it. `for_good`: mail to the customer's address is not tried again until the
// address changes. Needs WantDelivery. Answers it as stored.
absl::StatusOr<v1::Invitation> Bounce(db::UnitOfWork& uow, const InvitationRow& row, v1::Invitation invitation,
                                      const std::string& why, bool for_good, absl::Time now);

}  // namespace hoiam::survey
