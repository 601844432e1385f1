#include "loop_service/domain/service_level.h"

#include <algorithm>

namespace hoiam::loop {
namespace {

bool IsContact(const HistoryLine& line) {
  return line.action == Name(CaseVerb::kContact) || line.action == Name(CaseVerb::kMessage) ||
         (line.to == CaseState::kWaitingCustomer && line.from != line.to);
}

// The line by which the case was last opened or reopened; the first one when there is none.
std::vector<HistoryLine>::const_iterator FirstLine(const Case& c) {
  const auto last = std::find_if(c.history.rbegin(), c.history.rend(), Starts);
  return last == c.history.rend() ? c.history.begin() : last.base() - 1;
}

// Where a case and a level keep what is about one deadline.
struct Fields {
  absl::Time Case::*by;
  std::optional<absl::Time> Case::*done;
  absl::Duration ServiceLevel::*within;
};

const Fields& Of(Deadline which) {
  static constexpr std::array kFields = {
      Fields{&Case::acknowledge_by, &Case::acknowledged_at, &ServiceLevel::acknowledge},
      Fields{&Case::contact_by, &Case::contacted_at, &ServiceLevel::contact},
      Fields{&Case::resolve_by, &Case::resolved_at, &ServiceLevel::resolve}};
  return kFields[static_cast<size_t>(which) - 1];
}

}  // namespace

bool Starts(const HistoryLine& line) { return line.action == kActionOpen || line.action == Name(CaseVerb::kReopen); }

absl::Time ByOf(const Case& c, Deadline which) { return c.*Of(which).by; }

std::optional<absl::Time> DoneAt(const Case& c, Deadline which) { return c.*Of(which).done; }

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
  for (Deadline d : kDeadlines) c.*Of(d).by = AddWorkingTime(calendar, from, level.*Of(d).within);
}

void HurryDeadlines(Case& c, const ServiceLevel& level, const Calendar& calendar, absl::Time from) {
  for (Deadline d : kDeadlines)
    if (!DoneAt(c, d)) c.*Of(d).by = std::min(ByOf(c, d), AddWorkingTime(calendar, from, level.*Of(d).within));
}

void ShiftDeadlines(Case& c, const Calendar& calendar, absl::Time since, absl::Time until) {
  const absl::Duration waited = WorkingTimeBetween(calendar, since, until);
  for (Deadline d : {Deadline::kContact, Deadline::kResolve}) {
    const auto done = DoneAt(c, d);
    if (ByOf(c, d) >= since && (!done || *done >= until)) c.*Of(d).by = AddWorkingHours(calendar, ByOf(c, d), waited);
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
