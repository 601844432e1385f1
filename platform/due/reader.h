// What is due: of all tenants, because time waits for none.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"
#include "platform/due/work.h"

namespace hoiam::due {

// Work of one kind that is due at `now`, longest first; at most `limit`.
absl::StatusOr<std::vector<Work>> FindDueWork(const db::SystemDb& db, int64_t kind, absl::Time now, int limit);

}  // namespace hoiam::due
