// Which generation of the projections is written and read.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// The generation that is shown. To be asked before anything is counted; waits a while for the database.
// FAILED_PRECONDITION when its days are of another zone than `zone`.
absl::StatusOr<Generation> ShownGeneration(db::Pool& pool, const Clock& clock, const absl::TimeZone& zone);

}  // namespace hoiam::scoring
