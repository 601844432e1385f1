// Reads of the catalogue outside of a write.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// Bodies by id, of a tenant's own rows: serialized hoiam.survey.v1.Touchpoint and Channel.
absl::StatusOr<std::vector<std::string>> ListTouchpoints(const db::TenantDb& db);
absl::StatusOr<std::vector<std::string>> ListChannels(const db::TenantDb& db);

}  // namespace hoiam::survey
