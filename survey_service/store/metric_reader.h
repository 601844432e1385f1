// Reads of a tenant's own metrics outside of a write: bodies, serialized hoiam.survey.v1.Metric; of the versions in
// force, unless one is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// By id.
absl::StatusOr<std::vector<std::string>> ListMetrics(const db::TenantDb& db);
// nullopt: there is none of that id.
absl::StatusOr<std::optional<std::string>> ReadMetric(const db::TenantDb& db, const std::string& metric_id);
// One version of it.
absl::StatusOr<std::optional<std::string>> ReadMetricVersion(const db::TenantDb& db, const std::string& metric_id,
                                                             int64_t version);

}  // namespace hoiam::survey
