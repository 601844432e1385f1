// Pages of table `passive` through its index in_order.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/work_list.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// At most `limit` passives after query.after, in their order, without segments.
absl::StatusOr<std::vector<WorkItem>> ReadPassives(const View& view, const WorkQuery& query, int64_t limit);

// Fills in the segments that they are in now.
absl::Status ReadSegments(const View& view, std::vector<WorkItem>& items);

}  // namespace hoiam::scoring
