// GetDrivers between the wire and the domain.
#pragma once

#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/convert/score_row.h"
#include "scoring_service/domain/drivers.h"

namespace hoiam::scoring {

// `query.scores.metric` is the one asked for; its versions are for the caller to set.
DriversQuery ReadDriversQuery(const v1::GetDriversRequest& q, const absl::TimeZone& reporting_zone, Violations& v);

// Ranks the drivers, and holds back those about too few people. `frame` is of query.scores.
v1::GetDriversResponse FromDriverTable(const DriversQuery& query, RowFrame frame, const DriverTable& table);

}  // namespace hoiam::scoring
