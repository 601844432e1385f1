// Reads of what is told to the outside.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/store/event_rows.h"
#include "platform/db/tenant_db.h"

namespace hoiam::gateway {

// The sequence number of an event that is kept.
absl::StatusOr<std::optional<int64_t>> FindEventSeq(const db::TenantDb& db, const std::string& event_id);

// Some events in order, and how far was looked: nothing up to `seq` is missing from them.
struct EventPage {
  std::vector<PublicEventRow> events;
  int64_t seq = 0;
  std::string last_id;  // of the event at `seq`; "" when nothing was looked at
};
// Events after `after`, of `types` (by commas; "" is all), at most `limit`; looks at kMaxEventsScanned at most.
absl::StatusOr<EventPage> ReadEventsAfter(const db::TenantDb& db, int64_t after, const std::string& types, int limit);

// By number, in no order; what is not kept any more is left out. At most kMaxParallel numbers.
absl::StatusOr<std::vector<PublicEventRow>> ReadEventsBySeq(const db::TenantDb& db, const std::vector<int64_t>& seqs);

// What replaying needs to know of an event.
struct EventRef {
  int64_t seq = 0;
  absl::Time occurred_at;
  bool wanted = true;
};
// Events of `types` (by commas) from `start` to before `end`, by time; at most `limit`. `wants` is asked of the body of
// each, unless it is empty.
absl::StatusOr<std::vector<EventRef>> FindEventsBetween(const db::TenantDb& db, absl::Time start, absl::Time end,
                                                        const std::string& types, int limit,
                                                        const std::function<bool(const std::string& body)>& wants = {});

// Removes what is older than `before`, a bounded number; answers how many.
absl::StatusOr<int64_t> ForgetEvents(const db::TenantDb& db, absl::Time before);

}  // namespace hoiam::gateway
