// Reads of customers outside of a write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/base/filter.h"
#include "platform/db/session.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

absl::StatusOr<std::optional<CustomerRow>> ReadCustomer(db::Session& session, const std::string& tenant,
                                                        const std::string& customer_id);

// Where a page of customers begins: after this change of this customer.
struct CustomerPlace {
  absl::Time update_time = absl::UnixEpoch();
  std::string customer_id;
};

// By update_time, then id, oldest change first; at most `limit`. INVALID_FILTER for what cannot be filtered on.
absl::StatusOr<std::vector<CustomerRow>> ListCustomers(db::Session& session, const std::string& tenant,
                                                       const Filter& filter, const CustomerPlace& after, int limit);

}  // namespace hoiam::survey
