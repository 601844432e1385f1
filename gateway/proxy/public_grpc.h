// The public gRPC port: every method with a rule, forwarded as bytes; health and reflection beside them.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gateway/proxy/dispatcher.h"
#include "gateway/proxy/gate.h"
#include "gateway/route/route_table.h"
#include "platform/base/clock.h"

namespace hoiam::gateway {

class PublicGrpc {
 public:
  // All must outlive it.
  PublicGrpc(const RouteTable& routes, const Gate& gate, const Dispatcher& dispatcher, const Clock& clock);
  ~PublicGrpc();

  // Listens on "host:port" (port 0: any free one). UNAVAILABLE when it cannot.
  absl::Status Start(const std::string& address);
  int port() const { return port_; }
  // Takes no more calls, and waits for those that run, until then.
  void Stop(absl::Time deadline);

 private:
  class Service;
  std::vector<std::unique_ptr<Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace hoiam::gateway
