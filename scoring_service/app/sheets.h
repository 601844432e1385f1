// Satisfaction sheets of customers.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/sheet.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

struct CustomerSheet {
  Sheet sheet;
  std::vector<std::string> items;  // serialized hoiam.survey.v1.Usage: the latest of each item, in no order
};

// In the order asked for; an empty sheet for a customer without any history.
absl::StatusOr<std::vector<CustomerSheet>> SheetsOf(const View& view, const std::vector<std::string>& customers);

}  // namespace hoiam::scoring
