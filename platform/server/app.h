// What all four processes are made of, so that main.cc is a list: settings, pool, log, combiner, feed, gRPC server,
// health, metrics, drain.
//
// Settings every process reads:
//   HOIAM_LISTEN        where gRPC listens: unix:/path (mode 0600) or host:port
//   HOIAM_OPS_LISTEN    where /livez, /readyz and /metrics listen: unix:/path or host:port; empty: nowhere
//   HOIAM_DB_URL        platform/db/session.h; the schema is <prefix>_<name>
//   HOIAM_PARTITIONS    fixed when the schema was made
//   HOIAM_{SURVEY,SCORING,LOOP,GATEWAY}_ADDR   where the other processes listen
//   HOIAM_LOG_LEVEL     debug, info, warn, error
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/base/clock.h"
#include "platform/config/env.h"
#include "platform/db/migrator.h"
#include "platform/db/session.h"
#include "platform/db/write_combiner.h"
#include "platform/feed/consumer.h"
#include "platform/feed/hub.h"
#include "platform/observe/metrics.h"
#include "platform/rpc/serve_unary.h"
#include "platform/rpc/write.h"

namespace hoiam::server {

struct AppOptions {
  std::string name;  // "survey": names the schema, the source in tokens, the metrics
  const db::MigrationSet* migrations = nullptr;
  int db_connections = 8;  // of the read pool
  int read_threads = 8;
};

struct FollowOptions {
  bool writes_own_log = false;  // effects go to this service's log too
  // Least time between two transactions while nobody waits for one (platform/feed/consumer.h).
  absl::Duration gather = absl::ZeroDuration();
  std::function<void()> on_applied;  // after each transaction, on the consumer's thread; must not block
};

// A projection that is read later gathers, and leaves the cores to those who write.
inline constexpr absl::Duration kGatherForProjection = absl::Milliseconds(5);

class App {
 public:
  explicit App(AppOptions options);
  ~App();

  config::Env& env();
  // Ends the process with status 2 and every mistake when a setting is wrong; opens the pool otherwise. Call it once
  // all settings have been read, before anything below.
  void Start();

  const Clock& clock();
  db::Pool& pool();
  uint32_t partitions();
  db::WriteCombiner& combiner();  // made on first use, together with the hub
  rpc::Writer& writer();          // over the combiner
  feed::Hub& hub();               // registered with the server on first use
  rpc::Runtime& runtime();
  // A channel to another process: "survey", "scoring", "loop", "gateway".
  std::shared_ptr<grpc::Channel> Peer(const std::string& name);
  // Follows another service's feed and makes readiness depend on it.
  feed::Consumer& Follow(const std::string& source, feed::EventHandler& handler, FollowOptions options = {});

  void Register(grpc::Service* service);  // must outlive Serve()
  void ReadyWhen(std::string name, std::function<absl::Status()> check);
  // Shown beside the checks by /readyz?verbose; it decides nothing. Must be cheap and must not block.
  void Tell(std::string name, std::function<std::string()> fact);
  observe::Metrics& metrics();
  // Runs `start` before readiness and `stop` in the drain, before the gRPC server stops (the gateway's public ports).
  void OnServe(std::function<absl::Status()> start, std::function<void()> stop);
  // Health, as /readyz?verbose shows it: JSON, and whether all is well.
  std::pair<bool, std::string> Ready();
  std::string MetricsText();

  // Serves until SIGTERM or SIGINT, then: not ready → stop accepting → finish what runs → close. Returns the exit
  // status.
  int Serve();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::server
