// Reads of usage statuses outside of a write. Bodies: serialized hoiam.survey.v1.Usage.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// Where a page of statements begins: before this one.
struct UsagePlace {
  absl::Time occurred_at;
  std::string usage_id;
};

// One customer's statements, newest first; at most `limit`.
absl::StatusOr<std::vector<std::string>> ListUsage(const db::TenantDb& db, const std::string& customer_id,
                                                   const std::optional<UsagePlace>& before, int limit);
// Where each of the customer's items stands, in no order.
absl::StatusOr<std::vector<std::string>> ListUsageItems(const db::TenantDb& db, const std::string& customer_id);
// Where one item stands.
absl::StatusOr<std::optional<std::string>> ReadUsageItem(const db::TenantDb& db, const std::string& customer_id,
                                                         const std::string& item);

}  // namespace hoiam::survey
