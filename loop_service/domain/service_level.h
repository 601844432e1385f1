// Deadlines of a case: which were missed. Plain hours; calendars come later.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

// Deadlines missed as of `now`, since the case was last opened or reopened: not done in time, or not done yet and late.
// Exactly on time is in time. A cancelled case misses nothing more.
std::vector<Deadline> MissedDeadlines(const Case& c, absl::Time now);

}  // namespace hoiam::loop
