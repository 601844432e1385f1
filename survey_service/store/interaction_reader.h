// Reads of interactions outside of a write.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// The body: a serialized hoiam.survey.v1.Interaction.
absl::StatusOr<std::optional<std::string>> ReadInteraction(const db::TenantDb& db, const std::string& interaction_id);

}  // namespace hoiam::survey
