// Reads of what customers were told about being asked again.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// By customer, of those from `first` to `last`; a customer who was told nothing yet is left out.
absl::StatusOr<std::map<std::string, std::optional<absl::Time>>> ReadNextAsks(const db::TenantDb& db,
                                                                              const std::string& first,
                                                                              const std::string& last);

}  // namespace hoiam::survey
