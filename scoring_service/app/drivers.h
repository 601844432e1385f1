// What goes with unhappy answers: the reasons that were chosen, or the values of a dimension.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "scoring_service/domain/drivers.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// From rollups where a cut is kept and the period is of whole days, else from the answers one by one. CUT_NOT_KEPT,
// TOO_MANY_ROWS, SCOPE_NEEDED.
absl::StatusOr<DriverTable> CountDrivers(const View& view, const DriversQuery& query, absl::Time now);

}  // namespace hoiam::scoring
