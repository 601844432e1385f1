// Reads of tenants, and what is written outside of the write combiner.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/store/tenant_row.h"
#include "platform/db/tenant_db.h"

namespace hoiam::gateway {

// One tenant.
absl::StatusOr<std::optional<TenantRow>> FindTenant(const db::TenantDb& db);
// Tenants by id, after `after`, but for `left_out`; at most `limit`.
absl::StatusOr<std::vector<TenantRow>> ListTenants(const db::SystemDb& db, const std::string& after,
                                                   const std::string& left_out, int limit);
// Makes a tenant unless it is there.
absl::Status AddTenant(const db::TenantDb& db, absl::string_view display_name, absl::Time now);

}  // namespace hoiam::gateway
