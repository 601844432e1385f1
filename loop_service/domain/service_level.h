// Deadlines of a case: which were missed, and when to look again. Plain hours; calendars come later.
#pragma once

#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

// Deadlines missed as of `now`, since the case was last opened or reopened: not done in time, or not done yet and late.
// Exactly on time is in time. A cancelled case misses nothing more.
std::vector<Deadline> MissedDeadlines(const Case& c, absl::Time now);

// Those of an open case that its history does not speak of yet.
std::vector<Deadline> UnmarkedDeadlines(const Case& c, absl::Time now);

// Says in the history that `missed` was; the case stays where it is.
void MarkOverdue(Case& c, Deadline missed, absl::Time now);

// From right after this moment on UnmarkedDeadlines finds one; nullopt: never, as the case is.
std::optional<absl::Time> NextDeadline(const Case& c);

}  // namespace hoiam::loop
