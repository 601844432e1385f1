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
#include "platform/db/write_combiner.h"

namespace grpc {
class ChannelInterface;
}

namespace hoiam::feed {

// What a consumer does with events. Pure apart from the unit of work; may run several times for one event.
class EventHandler {
 public:
  virtual ~EventHandler() = default;
  // Says which rows the event needs. Called in rounds until nothing new is wanted.
  virtual void Want(const hoiam::event::v1::Event& event, db::UnitOfWork& uow) = 0;
  // Applies it. Must be a no-op for an event whose revision is already in. UNIMPLEMENTED for a kind it does not know:
  // the consumer stops and says so. Any other error parks the event after a few tries.
  virtual absl::Status Apply(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) = 0;
};

struct ConsumerOptions {
  std::string consumer;  // own name: "scoring"
  std::string source;    // whose log: "survey"
  size_t max_envelopes = 32;
  int tries = 3;  // before an event is parked
  // Least time between two transactions while nobody waits for one: a projection that is read later applies more at a
  // time, and leaves the cores to those who write. Zero where every millisecond counts (the alarm).
  absl::Duration gather = absl::ZeroDuration();
  // For a consumer whose service has its own log: its partition count, and where to publish what it commits.
  uint32_t own_partitions = 0;  // 0: no own log
  std::function<void(const db::Committed&)> on_commit;
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
