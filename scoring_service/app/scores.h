// Figures of a period: from rollups where a cut is kept and the periods are whole days of the reporting zone, else from
// the answers one by one.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// Without group_by there is exactly one group; with it, those that have answers. INVALID_ARGUMENT reason TOO_MANY_ROWS
// or CUT_NOT_KEPT.
absl::StatusOr<ScoreTable> ComputeScores(const db::TenantDb& db, const ScoreQuery& query,
                                         const absl::TimeZone& reporting_zone, absl::Time now);

}  // namespace hoiam::scoring
