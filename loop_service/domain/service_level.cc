#include "loop_service/domain/service_level.h"

#include <algorithm>

namespace hoiam::loop {
namespace {

constexpr absl::string_view kMessage = "message";

bool Starts(const HistoryLine& line) { return line.action == kActionOpen || line.action == Name(CaseVerb::kReopen); }

bool IsContact(const HistoryLine& line) {
  return line.action == Name(CaseVerb::kContact) || line.action == kMessage ||
         (line.to == CaseState::kWaitingCustomer && line.from != line.to);
}

// The line by which the case was last opened or reopened; the first one when there is none.
std::vector<HistoryLine>::const_iterator FirstLine(const Case& c) {
  const auto last = std::find_if(c.history.rbegin(), c.history.rend(), Starts);
  return last == c.history.rend() ? c.history.begin() : last.base() - 1;
}

absl::Time& By(Case& c, Deadline which) {
  switch (which) {
    case Deadline::kAcknowledge:
      return c.acknowledge_by;
    case Deadline::kContact:
      return c.contact_by;
    case Deadline::kResolve:
      break;
  }
  return c.resolve_by;
}

absl::Duration Of(const ServiceLevel& level, Deadline which) {
  switch (which) {
    case Deadline::kAcknowledge:
      return level.acknowledge;
    case Deadline::kContact:
      return level.contact;
    case Deadline::kResolve:
      break;
  }
  return level.resolve;
}

}  // namespace

absl::Time ByOf(const Case& c, Deadline which) { return By(const_cast<Case&>(c), which); }

std::optional<absl::Time> DoneAt(const Case& c, Deadline which) {
  switch (which) {
    case Deadline::kAcknowledge:
      return c.acknowledged_at;
    case Deadline::kContact:
      return c.contacted_at;
    case Deadline::kResolve:
      break;
  }
  return c.resolved_at;
}

absl::Time StartOf(const Case& c) { return c.history.empty() ? c.create_time : FirstLine(c)->time; }

std::optional<absl::Time> WaitingSince(const Case& c) {
  if (c.state != CaseState::kWaitingCustomer) return std::nullopt;
  const auto began = std::find_if(c.history.rbegin(), c.history.rend(), [](const HistoryLine& line) {
    return line.to == CaseState::kWaitingCustomer && line.from != line.to;
  });
  return began == c.history.rend() ? StartOf(c) : began->time;
}

bool IsTold(const Case& c, absl::string_view action, Deadline which) {
  return std::any_of(FirstLine(c), c.history.end(),
                     [&](const HistoryLine& line) { return line.action == action && line.note == Name(which); });
}

void SetDeadlines(Case& c, const ServiceLevel& level, const Calendar& calendar, absl::Time from) {
  for (Deadline d : kDeadlines) By(c, d) = AddWorkingTime(calendar, from, Of(level, d));
}

void HurryDeadlines(Case& c, const ServiceLevel& level, const Calendar& calendar, absl::Time from) {
  for (Deadline d : kDeadlines)
    if (!DoneAt(c, d)) By(c, d) = std::min(By(c, d), AddWorkingTime(calendar, from, Of(level, d)));
}

void ShiftDeadlines(Case& c, const Calendar& calendar, absl::Time since, absl::Time until) {
  const absl::Duration waited = WorkingTimeBetween(calendar, since, until);
  for (Deadline d : {Deadline::kContact, Deadline::kResolve}) {
    const auto done = DoneAt(c, d);
    if (By(c, d) >= since && (!done || *done >= until)) By(c, d) = AddWorkingHours(calendar, By(c, d), waited);
  }
  c.paused += waited;
}

void MarkDone(Case& c) {
  c.acknowledged_at = c.contacted_at = c.resolved_at = std::nullopt;
  for (auto line = FirstLine(c); line != c.history.end(); ++line) {
    if (Starts(*line)) continue;
    if (!c.acknowledged_at && line->to != line->from) c.acknowledged_at = line->time;
    if (!c.contacted_at && IsContact(*line)) c.contacted_at = line->time;
    if (!c.resolved_at && line->to == CaseState::kResolved) c.resolved_at = line->time;
  }
}

std::vector<Deadline> MissedDeadlines(const Case& c, absl::Time now) {
  for (const HistoryLine& line : c.history)
    if (line.to == CaseState::kCancelled) now = std::min(now, line.time);
  const absl::Time stood = std::min(now, WaitingSince(c).value_or(now));
  std::vector<Deadline> missed;
  for (Deadline d : kDeadlines)
    if (DoneAt(c, d).value_or(d == Deadline::kAcknowledge ? now : stood) > ByOf(c, d)) missed.push_back(d);
  return missed;
}

}  // namespace hoiam::loop
