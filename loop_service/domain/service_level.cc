#include "loop_service/domain/service_level.h"

#include <algorithm>
#include <array>
#include <string>

namespace hoiam::loop {
namespace {

// One deadline and what became of it since the case was last opened or reopened.
struct Standing {
  Deadline which;
  absl::Time by;
  std::optional<absl::Time> done;
  bool marked = false;  // the history says that it was missed
};

std::array<Standing, 3> StandingsOf(const Case& c) {
  const std::array<Standing, 3> fresh = {Standing{Deadline::kAcknowledge, c.acknowledge_by},
                                         Standing{Deadline::kContact, c.contact_by},
                                         Standing{Deadline::kResolve, c.resolve_by}};
  std::array<Standing, 3> out = fresh;
  auto& [acknowledge, contact, resolve] = out;
  for (const HistoryLine& line : c.history) {
    if (line.action == kActionOpen || line.action == Name(CaseVerb::kReopen)) {
      out = fresh;
      continue;
    }
    // Whatever moved it, somebody has seen it.
    if (!acknowledge.done && line.to != line.from) acknowledge.done = line.time;
    if (!contact.done && line.action == Name(CaseVerb::kContact)) contact.done = line.time;
    if (!resolve.done && line.action == Name(CaseVerb::kResolve)) resolve.done = line.time;
    for (Standing& s : out) s.marked |= line.action == kActionOverdue && line.note == Name(s.which);
  }
  return out;
}

}  // namespace

std::vector<Deadline> MissedDeadlines(const Case& c, absl::Time now) {
  for (const HistoryLine& line : c.history)
    if (line.to == CaseState::kCancelled) now = std::min(now, line.time);
  std::vector<Deadline> missed;
  for (const Standing& s : StandingsOf(c))
    if (s.done.value_or(now) > s.by) missed.push_back(s.which);
  return missed;
}

std::vector<Deadline> UnmarkedDeadlines(const Case& c, absl::Time now) {
  std::vector<Deadline> unmarked;
  if (!IsOpen(c.state)) return unmarked;
  for (const Standing& s : StandingsOf(c))
    if (!s.marked && s.done.value_or(now) > s.by) unmarked.push_back(s.which);
  return unmarked;
}

void MarkOverdue(Case& c, Deadline missed, absl::Time now) {
  Record(c, kSystemActor, kActionOverdue, c.state, std::string(Name(missed)), now);
}

std::optional<absl::Time> NextDeadline(const Case& c) {
  std::optional<absl::Time> next;
  if (!IsOpen(c.state)) return next;
  for (const Standing& s : StandingsOf(c)) {
    const bool met = s.done && *s.done <= s.by;
    if (!s.marked && !met) next = std::min(next.value_or(s.by), s.by);
  }
  return next;
}

}  // namespace hoiam::loop
