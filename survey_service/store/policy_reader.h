// Reads of the policy outside of a write.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// Serialized hoiam.survey.v1.AskPolicy; nullopt: the defaults.
absl::StatusOr<std::optional<std::string>> ReadAskPolicy(const db::TenantDb& db);

}  // namespace hoiam::survey
