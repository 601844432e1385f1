#include "gateway/store/tenant_row.h"

namespace hoiam::gateway {

const db::TableDef& TenantRow::Table() {
  static const auto* def = new db::TableDef{"tenant",
                                            {"tenant_id", "display_name", "created_at", "state", "suspend_reason",
                                             "requests_per_second", "concurrent_requests", "revision"},
                                            1};
  return *def;
}

void TenantRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, display_name, created_at, state, suspend_reason, db::Of(requests_per_second),
                     db::Of(concurrent_requests), revision});
}

TenantRow TenantRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Time(2), r.Int(3), r.Bytes(4), r.OptInt(5), r.OptInt(6), r.Int(7)};
}

}  // namespace hoiam::gateway
