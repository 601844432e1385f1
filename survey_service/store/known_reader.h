// Reads of what a customer answered before, outside of a write.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// When the customer answered which question that is not asked again for a while.
absl::StatusOr<std::map<std::string, absl::Time>> ReadKnownAnswers(const db::TenantDb& db,
                                                                   const std::string& customer_id);

}  // namespace hoiam::survey
