// Who moved: each person's answer in a period, held against the one before.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/migration.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// One entry per person with an answer in the period. The answers of the period are read by time, those before it by who
// gave them. CUT_NOT_KEPT when there are too many in the period; SCOPE_NEEDED.
absl::StatusOr<std::vector<PersonMove>> MovesOf(const View& view, const MigrationQuery& query);

}  // namespace hoiam::scoring
