// Reads another service's feed and applies it to this one's schema: delivery at least once, effect exactly once.
//
// Each transaction: compare-and-set of the cursors as the first statement, then (if this service has a log of its own)
// the head locks, then what the events want, their effects, and COMMIT. Up to 32 envelopes, of all partitions, at a
// time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/event/v1/event.pb.h"
#include "hoiam/feed/v1/feed.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/db/tenant_db.h"
#include "platform/db/unit_of_work.h"
#include "platform/feed/applier.h"

namespace grpc {
class ChannelInterface;
}

namespace hoiam::feed {

struct ConsumerOptions : ApplierOptions {
  size_t max_envelopes = 32;
  // Least time between two transactions while nobody waits for one: a projection that is read later applies more at a
  // time, and leaves the cores to those who write. Zero where every millisecond counts (the alarm).
  absl::Duration gather = absl::ZeroDuration();
  // After each transaction that applied something, on the consumer's thread; must not block.
  std::function<void()> on_applied;
};

class Consumer {
 public:
  // Starts reading at once; reconnects by itself, so services start in any order. All arguments must outlive it.
  Consumer(std::shared_ptr<grpc::ChannelInterface> channel, db::Pool& pool, EventHandler& handler, const Clock& clock,
           ConsumerOptions options);
  ~Consumer();
  // Ends reading and applying; what it knows stays readable.
  void Stop();

  // OK while it follows; FAILED_PRECONDITION reason FEED_WENT_BACK, FEED_TRIMMED or UNKNOWN_EVENT once it has stopped.
  absl::Status health() const;
  // Events applied and events behind, for metrics.
  struct Stats {
    uint64_t applied = 0, parked = 0, transactions = 0;
  };
  Stats stats() const;
  // Blocks until the cursor of every position whose source is this consumer's has been reached, on any replica.
  // UNAVAILABLE reason PROJECTION_BEHIND after min(deadline, 2 s). Positions of other sources are ignored.
  // Looked up on `db`: what has been reached can be seen by what is read there afterwards.
  absl::Status WaitFor(const std::vector<hoiam::feed::v1::Position>& positions, absl::Time deadline,
                       const db::TenantDb& db);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::feed
