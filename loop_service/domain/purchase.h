// What a customer spent lately, as far as alarm rules ask for it.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::loop {

// The month of `t` in UTC, counted: year * 12 + month - 1.
int64_t MonthOf(absl::Time t);

// Whether what was bought at `t` counts for somebody who answers at `at`: within the 365 days up to then.
bool CountsAsSpent(absl::Time t, absl::Time at);

// The months in which that may be, ascending.
std::vector<int64_t> MonthsBefore(absl::Time at);

}  // namespace hoiam::loop
