// Everybody of a tenant, for a sample.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// Calls `each` with id and body (hoiam.survey.v1.Customer) of every customer, by id, a page of `page` at a time: memory
// does not follow the number of customers. Not one snapshot: who comes while it reads may or may not be seen. Ends with
// the first failure of `each`.
absl::Status ForEachCustomer(const db::TenantDb& db, int page,
                             const std::function<absl::Status(const std::string& id, const std::string& body)>& each);

}  // namespace hoiam::survey
