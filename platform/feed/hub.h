// What this process has committed lately, and the gRPC service that streams it to readers.
#pragma once

#include <memory>
#include <string>

#include "hoiam/feed/v1/feed.grpc.pb.h"
#include "platform/db/session.h"
#include "platform/db/write_combiner.h"
#include "platform/feed/backfill_server.h"

namespace hoiam::feed {

// Keeps the newest envelopes in memory, so that a reader that keeps up costs no SELECT; older ones are read from
// event_log. While anybody tails, one thread reads the head rows every 20 ms to see what other replicas committed.
class Hub {
 public:
  Hub(db::Pool& pool, std::string source, uint32_t partitions);
  ~Hub();  // ends all streams
  // From the writer thread, in commit order.
  void Publish(const db::Committed& commit);
  // Serves Backfill too; before the service is registered.
  void Offer(BackfillSource source);
  // The gRPC service to register.
  grpc::Service* service();
  // Ends all streams and takes no more; before the server shuts down.
  void Shutdown();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace hoiam::feed
