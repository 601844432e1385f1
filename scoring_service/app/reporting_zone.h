// The days of rollups are of one zone: the first one that this schema was used with.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"

namespace hoiam::scoring {

// To be asked before anything is counted. Waits a while for the database. FAILED_PRECONDITION when figures were counted
// in another zone.
absl::Status CheckReportingZone(db::Pool& pool, const Clock& clock, const absl::TimeZone& zone);

}  // namespace hoiam::scoring
