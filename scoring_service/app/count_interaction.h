// An interaction was recorded or voided.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

void WantInteraction(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                     const hoiam::survey::v1::Interaction& interaction);

// Shows it in the history, counts it in the sheet, and moves the revenue of the answers that represent it: an
// interaction may come after the answers given later than it. A no-op for a revision that is in already.
absl::Status CountInteraction(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                              const hoiam::survey::v1::Interaction& interaction);

}  // namespace hoiam::scoring
