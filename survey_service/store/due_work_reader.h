// What is due: of all tenants, because time waits for none.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"
#include "survey_service/store/asking_rows.h"

namespace hoiam::survey {

// Work of one kind that is due at `now`, longest first; at most `limit`.
absl::StatusOr<std::vector<DueWorkRow>> FindDueWork(const db::SystemDb& db, DueKind kind, absl::Time now, int limit);

}  // namespace hoiam::survey
