// Reads of customers outside of a write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/base/filter.h"
#include "platform/db/tenant_db.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

absl::StatusOr<std::optional<CustomerRow>> ReadCustomer(const db::TenantDb& db, const std::string& customer_id);

// Where a page of customers begins: after this change of this customer.
struct CustomerPlace {
  absl::Time update_time = absl::UnixEpoch();
  std::string customer_id;
};

// By update_time, then id, oldest change first; at most `limit`. INVALID_FILTER for what cannot be filtered on.
absl::StatusOr<std::vector<CustomerRow>> ListCustomers(const db::TenantDb& db, const Filter& filter,
                                                       const CustomerPlace& after, int limit);

// Serialized hoiam.survey.v1.IcpProfile; nullopt: it was never set.
absl::StatusOr<std::optional<std::string>> ReadIcpProfile(const db::TenantDb& db);

}  // namespace hoiam::survey
