// The zone that the days of rollups are of.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "platform/db/tenant_db.h"

namespace hoiam::scoring {

// Notes the zone on first use. FAILED_PRECONDITION when rollups were made with another one: their days would be wrong.
absl::Status KeepReportingZone(const db::SystemDb& db, const std::string& zone);

}  // namespace hoiam::scoring
