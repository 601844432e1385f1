// Reads of the playbook outside of the unit of work.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "platform/db/tenant_db.h"

namespace hoiam::loop {

struct StoredSetting {
  std::string kind;
  std::string body;
};

// 0: the tenant has settled nothing.
absl::StatusOr<int64_t> ReadPlaybookVersion(const db::TenantDb& db);
// All of them, not older than a version that was read before.
absl::StatusOr<std::vector<StoredSetting>> ReadSettings(const db::TenantDb& db);
// The bodies of one kind, by id.
absl::StatusOr<std::vector<std::string>> ReadSettings(const db::TenantDb& db, absl::string_view kind);

}  // namespace hoiam::loop
