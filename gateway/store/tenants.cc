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

absl::StatusOr<std::optional<TenantRow>> FindTenant(db::Session& session, const std::string& tenant) {
  std::optional<TenantRow> found;
  HOIAM_RETURN_IF_ERROR(session.Query(kFind, {tenant}, [&](const db::Row& r) { found = TenantRow::Read(r); }));
  return found;
}

absl::StatusOr<std::vector<TenantRow>> ListTenants(db::Session& session, const std::string& after,
                                                   const std::string& left_out, int limit) {
  std::vector<TenantRow> tenants;
  HOIAM_RETURN_IF_ERROR(session.Query(kList, {after, left_out, int64_t{limit}},
                                      [&](const db::Row& r) { tenants.push_back(TenantRow::Read(r)); }));
  return tenants;
}

absl::Status AddTenant(db::Session& session, absl::string_view tenant, absl::string_view display_name, absl::Time now) {
  return session.Run(kAdd, {std::string(tenant), std::string(display_name), now}).status();
}

}  // namespace hoiam::gateway
