// An answer was stored, amended, claimed or voided.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/event/v1/event.pb.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

void WantAnswer(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                const hoiam::event::v1::ResponseChanged& changed);

// Counts it in the rollups, shows it in the history and in its interaction, and brings the sheet up to date. A no-op
// for a revision that is in already.
absl::Status CountAnswer(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                         const hoiam::event::v1::ResponseChanged& changed);

}  // namespace hoiam::scoring
