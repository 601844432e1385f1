// How many customers there are, by group.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// Customers by their value of `by`, of those with these values; conditions that are not of people are not looked at.
// Employees, partners and those who only may buy are no customers.
absl::StatusOr<std::map<std::string, int64_t>> ReadPopulation(
    const View& view, Dimension by, const std::vector<std::pair<Dimension, std::string>>& where);

}  // namespace hoiam::scoring
