// Definitions of metrics, as a part of a write or read. Those that Hoiam brings are always there and cost no read.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/tenant_db.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/domain/metric.h"

namespace hoiam::survey {

// What FindMetric reads: nothing for a metric that Hoiam brings, and for "".
void WantMetric(db::UnitOfWork& uow, const std::string& tenant, const std::string& metric_id);
void WantMetrics(db::UnitOfWork& uow, const std::string& tenant, const std::set<std::string>& own);

// A metric by its id, in that version; 0: the one in force. nullptr when there is none. Needs WantMetric.
MetricPtr FindMetric(db::UnitOfWork& uow, const std::string& tenant, const std::string& metric_id, int64_t version = 0);
// Those of `own` that there are, as they are in force. Needs WantMetrics.
MetricBook FindMetrics(db::UnitOfWork& uow, const std::string& tenant, const std::set<std::string>& own);
// The same outside of a write.
absl::StatusOr<MetricBook> ReadMetrics(const db::TenantDb& db, const std::set<std::string>& own);

}  // namespace hoiam::survey
