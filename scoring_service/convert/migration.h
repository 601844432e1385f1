// GetMigration between the wire and the domain.
#pragma once

#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/domain/migration.h"

namespace hoiam::scoring {

// All but the metric.
MigrationQuery ReadMigrationQuery(const v1::GetMigrationRequest& q, const absl::TimeZone& reporting_zone,
                                  Violations& v);
v1::GetMigrationResponse FromMigration(const Migration& migration);

}  // namespace hoiam::scoring
