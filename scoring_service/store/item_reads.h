// What is said of the items of customers.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/store/item_row.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// The latest status of each item of these customers, in no order.
absl::StatusOr<std::vector<ItemRow>> ReadItemStatuses(const View& view, const std::vector<std::string>& customer_ids);

}  // namespace hoiam::scoring
