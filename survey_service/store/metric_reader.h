// Reads of a tenant's own metrics outside of a write: bodies of the versions in force, serialized
// hoiam.survey.v1.Metric.
#pragma once

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

}  // namespace hoiam::survey
