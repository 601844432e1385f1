// An invitation was made, answered or withdrawn. A receipt, which has no customer, is shown nowhere.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "hoiam/event/v1/event.pb.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

void WantInvitation(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                    const hoiam::event::v1::InvitationChanged& changed);

// Shows it in the history and notes on the sheet when the customer can be asked again. A no-op for a revision that is
// in.
absl::Status ShowInvitation(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                            const hoiam::event::v1::InvitationChanged& changed);

}  // namespace hoiam::scoring
