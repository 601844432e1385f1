// Satisfaction sheets of customers.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/sheet.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// In the order asked for; an empty sheet for a customer without any history.
absl::StatusOr<std::vector<Sheet>> SheetsOf(const View& view, const std::vector<std::string>& customers);

}  // namespace hoiam::scoring
