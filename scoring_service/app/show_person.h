// A customer was made or changed: groups and their sizes, and the order of those who are one step from recommending.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "hoiam/event/v1/event.pb.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

void WantPerson(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                const hoiam::event::v1::CustomerChanged& changed);

// A no-op for a revision that is in already. Answers keep what the customer was when they were given.
absl::Status ShowPerson(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                        const hoiam::event::v1::CustomerChanged& changed);

}  // namespace hoiam::scoring
