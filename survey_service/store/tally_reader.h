// Reads of the funnel's counts.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "survey_service/domain/funnel.h"

namespace hoiam::survey {

// Days since 1970-01-01: first ≤ day < end.
struct DayRange {
  int64_t first = 0;
  int64_t end = 0;
};

// The counts of a survey over those days, by touchpoint; "" is all of them, and alone unless `by_touchpoint`.
absl::StatusOr<std::map<std::string, Counts>> ReadTally(const db::TenantDb& db, const std::string& survey_id,
                                                        const DayRange& days, bool by_touchpoint);

}  // namespace hoiam::survey
