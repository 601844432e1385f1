// Counts again: reads all that another service has, applies it as a consumer would, and leaves the consumer's cursors
// where its feed goes on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/feed/applier.h"

namespace grpc {
class ChannelInterface;
}

namespace hoiam::feed {

struct BackfillOptions : ApplierOptions {
  // First statements of each of its transactions: must make sure that nobody else applies to the same rows, and may
  // keep how far it has come. OUT_OF_RANGE: it is not ours any more.
  std::function<absl::Status(db::Session& session, uint64_t sent, uint64_t total)> hold;
};

// Run once. A consumer of this name must not run before it has ended well; from then on one goes on where the backfill
// began, and what it sees twice is a no-op by its revision. One that died is run again from the beginning: what is in
// is a no-op too, so nothing has to be deleted first.
class Backfill {
 public:
  // All arguments must outlive it.
  Backfill(std::shared_ptr<grpc::ChannelInterface> channel, db::Pool& pool, EventHandler& handler, const Clock& clock,
           BackfillOptions options);
  ~Backfill();

  // Blocks. UNAVAILABLE when the source or the database is lost, OUT_OF_RANGE of `hold`, CANCELLED.
  absl::Status Run();
  // From any thread: Run ends soon.
  void Cancel();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::feed
