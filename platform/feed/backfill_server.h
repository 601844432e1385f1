// Serves all that a service has as events, to those who count again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hoiam/feed/v1/feed.grpc.pb.h"
#include "platform/db/session.h"
#include "platform/db/tenant_db.h"

namespace hoiam::feed {

// Reads what a service has, once, for one caller; on a thread of its own.
class BackfillReader {
 public:
  virtual ~BackfillReader() = default;
  // About how many rows there are.
  virtual absl::StatusOr<uint64_t> About(const db::SystemDb& db) = 0;
  // The rows that follow, as serialized hoiam.event.v1.Event: one a row, as if it had just been written; a few hundred
  // at a time. None: that was all.
  virtual absl::StatusOr<std::vector<std::string>> Next(const db::SystemDb& db) = 0;
};

// Begins a reading.
using BackfillSource = std::function<std::unique_ptr<BackfillReader>()>;

class BackfillServer {
 public:
  // `name`: of the service, as in positions. All arguments must outlive it.
  BackfillServer(db::Pool& pool, std::string name, BackfillSource source);
  ~BackfillServer();  // Shutdown
  // One caller: the positions of all partitions, then the rows. Reads no further ahead than one chunk, and ends when
  // the caller leaves. RESOURCE_EXHAUSTED when too many read at once.
  grpc::ServerWriteReactor<v1::BackfillChunk>* Serve();
  // Ends all of them.
  void Shutdown();

 private:
  class Stream;
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace hoiam::feed
