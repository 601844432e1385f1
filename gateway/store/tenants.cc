#include "gateway/store/tenants.h"

#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

const std::string kFind =
    "SELECT tenant_id, display_name, created_at, state, suspend_reason, requests_per_second, concurrent_requests, "
    "revision FROM tenant WHERE tenant_id = ?";

const std::string kList =
    "SELECT tenant_id, display_name, created_at, state, suspend_reason, requests_per_second, concurrent_requests, "
    "revision FROM tenant WHERE tenant_id > ? AND tenant_id <> ? ORDER BY tenant_id LIMIT ?";

const std::string kAdd =
    "INSERT INTO tenant (tenant_id, display_name, created_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE tenant_id = "
    "tenant_id";

}  // namespace

absl::StatusOr<std::optional<TenantRow>> FindTenant(const db::TenantDb& db) {
  std::optional<TenantRow> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kFind, {}, [&](const db::Row& r) { found = TenantRow::Read(r); }));
  return found;
}

absl::StatusOr<std::vector<TenantRow>> ListTenants(const db::SystemDb& db, const std::string& after,
                                                   const std::string& left_out, int limit) {
  std::vector<TenantRow> tenants;
  HOIAM_RETURN_IF_ERROR(db->Query(kList, {after, left_out, int64_t{limit}},
                                  [&](const db::Row& r) { tenants.push_back(TenantRow::Read(r)); }));
  return tenants;
}

absl::Status AddTenant(const db::TenantDb& db, absl::string_view display_name, absl::Time now) {
  return db.Run(kAdd, {std::string(display_name), now}).status();
}

}  // namespace hoiam::gateway
