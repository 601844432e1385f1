// GetHeatMap between the wire and the domain.
#pragma once

#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/convert/score_row.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// Weeks of touchpoints: of the metric asked for, whose versions are for the caller to set. Without times the weeks up
// to and with the one of `now`.
ScoreQuery ReadHeatMapQuery(const v1::GetHeatMapRequest& q, const absl::TimeZone& reporting_zone, absl::Time now,
                            Violations& v);

// `table` has answers of one scope. Answers about no touchpoint are in no line.
v1::GetHeatMapResponse FromHeatMap(const RowFrame& frame, const ScoreTable& table);

}  // namespace hoiam::scoring
