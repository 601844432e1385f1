#include "loop_service/domain/service_level.h"

#include <algorithm>
#include <optional>

namespace hoiam::loop {

std::vector<Deadline> MissedDeadlines(const Case& c, absl::Time now) {
  std::optional<absl::Time> acknowledged, contacted, resolved;
  for (const HistoryLine& line : c.history) {
    if (line.action == kActionOpen || line.action == Name(CaseVerb::kReopen)) {
      acknowledged = contacted = resolved = std::nullopt;
      continue;
    }
    if (!acknowledged && line.to != line.from) acknowledged = line.time;  // whatever moved it, somebody has seen it
    if (!contacted && line.action == Name(CaseVerb::kContact)) contacted = line.time;
    if (!resolved && line.action == Name(CaseVerb::kResolve)) resolved = line.time;
    if (line.to == CaseState::kCancelled) now = std::min(now, line.time);
  }
  std::vector<Deadline> missed;
  const auto check = [&](Deadline which, absl::Time by, std::optional<absl::Time> done) {
    if (done.value_or(now) > by) missed.push_back(which);
  };
  check(Deadline::kAcknowledge, c.acknowledge_by, acknowledged);
  check(Deadline::kContact, c.contact_by, contacted);
  check(Deadline::kResolve, c.resolve_by, resolved);
  return missed;
}

}  // namespace hoiam::loop
