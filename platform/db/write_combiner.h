// Many requests in one durable transaction, each decided under its partition's head lock.
//
// What queues up while the last commit is in flight becomes the next transaction; there is no timer, so an idle service
// commits at once. Per transaction: (a) lock the head rows of all partitions, ascending; (b) load what the commands
// want; (c) decide in arrival order; (d) multi-row writes; (e) one envelope per touched partition; (f) COMMIT by
// statement. See docs/adr/2026-11-21-write-combiner.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::db {

// A place in this service's log.
struct LogPosition {
  uint32_t partition = 0;
  uint64_t epoch = 0;
  uint64_t seq = 0;
};

// One request's intent. `want` and `decide` may run several times (after a deadlock or a lost connection) and must not
// have effects outside of the unit of work; `done` runs once, on a completion thread.
struct Command {
  std::string tenant;      // whose rows it reads and writes; also for fairness between tenants
  uint32_t partition = 0;  // PartitionOf(tenant, subject, partitions)
  absl::Time deadline = absl::InfiniteFuture();
  size_t bytes = 256;  // rough size of what it writes
  std::function<void(UnitOfWork&)> want;
  std::function<absl::Status(UnitOfWork&, absl::Time now)> decide;
  // OK: committed (or nothing had to change), and `at` is a position from which the effect can be seen.
  std::function<void(absl::Status, LogPosition at)> done;
};

struct CombinerOptions {
  uint32_t partitions = 1;
  size_t max_commands = 512;
  size_t max_bytes = 1 << 20;
  size_t max_queued = 100'000;  // more are refused with RESOURCE_EXHAUSTED reason OVERLOADED
  int completion_threads = 1;
};

// What a commit tells the feed of the same process.
struct Committed {
  LogPosition at;
  absl::Time time;
  std::shared_ptr<const std::string> payload;  // serialized hoiam.feed.v1.Batch
};

class WriteCombiner {
 public:
  // `pool` must outlive it. `on_commit` runs on the writer thread, in commit order, before any `done`.
  WriteCombiner(Pool& pool, const Clock& clock, CombinerOptions options,
                std::function<void(const Committed&)> on_commit = {});
  ~WriteCombiner();  // finishes what is queued, or fails it with UNAVAILABLE when the database is gone

  void Submit(Command command);
  uint32_t partitions() const;

  struct Stats {
    uint64_t transactions = 0, commands = 0, retries = 0, expired = 0;
    size_t queued = 0;
  };
  Stats stats() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::db
