// A tenant as it is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::gateway {

struct TenantRow {
  std::string tenant_id;
  std::string display_name;
  absl::Time created_at;
  int64_t state = 1;  // v1::TenantState
  std::string suspend_reason;
  std::optional<int64_t> requests_per_second;
  std::optional<int64_t> concurrent_requests;
  int64_t revision = 1;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static TenantRow Read(const db::Row& r);
};

}  // namespace hoiam::gateway
