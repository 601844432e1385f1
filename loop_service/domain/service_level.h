// Deadlines of a case: when they are, what was done of them, and which were missed. They are counted in the time of the
// team's calendar (AddWorkingTime) from the moment the case is opened or reopened.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/calendar.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/policy.h"

namespace hoiam::loop {

inline constexpr std::array kDeadlines = {Deadline::kAcknowledge, Deadline::kContact, Deadline::kResolve};

// When `which` is, and when it was done since the case was last opened or reopened.
absl::Time ByOf(const Case& c, Deadline which);
std::optional<absl::Time> DoneAt(const Case& c, Deadline which);

// Whether a case was opened or reopened by this line.
bool Starts(const HistoryLine& line);
// When the case was last opened or reopened.
absl::Time StartOf(const Case& c);
// Since when it waits for its customer; nullopt: it does not.
std::optional<absl::Time> WaitingSince(const Case& c);
// Whether the history says `action` (due, overdue) of `which` since then.
bool IsTold(const Case& c, absl::string_view action, Deadline which);

// All deadlines, counted from `from`.
void SetDeadlines(Case& c, const ServiceLevel& level, const Calendar& calendar, absl::Time from);
// Those that are still to be done come as near as if they were counted from `from`. None moves away.
void HurryDeadlines(Case& c, const ServiceLevel& level, const Calendar& calendar, absl::Time from);
// The case waited for its customer in [since, until): what was still to come at `since` comes later by the working time
// in between.
void ShiftDeadlines(Case& c, const Calendar& calendar, absl::Time since, absl::Time until);

// acknowledged_at, contacted_at and resolved_at as the history has them. Whatever moved a case, somebody has seen it;
// whoever spoke or wrote to the customer, or tried to, has made contact.
void MarkDone(Case& c);

// Deadlines missed as of `now`: not done in time, or not done yet and late. Exactly on time is in time. While the case
// waits for its customer, contact and resolve stand still. A cancelled case misses nothing more.
std::vector<Deadline> MissedDeadlines(const Case& c, absl::Time now);

}  // namespace hoiam::loop
