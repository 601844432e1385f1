// A usage status, in the customer's history, and as the status of its item when it is the latest. No score counts it:
// it is beside the customer's answers, never among them.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

void WantUsage(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
               const hoiam::survey::v1::Usage& usage);
// A statement never changes: one that is shown already is left alone.
absl::Status ShowUsage(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                       const hoiam::survey::v1::Usage& usage);

}  // namespace hoiam::scoring
