// Sends calls to the services behind the gateway. What it forwards are bytes: it knows methods, not messages.
#pragma once

#include <grpcpp/impl/codegen/channel_interface.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "gateway/proxy/call.h"
#include "platform/base/clock.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::gateway {

// The name of a service as routes have it ("survey") to where it is reached.
using Peers = std::map<std::string, std::shared_ptr<grpc::ChannelInterface>>;

class Dispatcher {
 public:
  // All must outlive it. `runtime` counts and logs every call.
  Dispatcher(const RouteTable& routes, Peers peers, rpc::Runtime& runtime, const Clock& clock);
  // Cancels what still runs, and waits for its `done`.
  ~Dispatcher();

  // FAILED_PRECONDITION when a route leads to a service that is not among the peers.
  absl::Status Check() const;

  // A call that was sent, to be given up when its caller has gone.
  class Sent {
   public:
    virtual ~Sent() = default;
    virtual void Cancel() = 0;
  };
  // Sends with tenant, principal, request id, trace, idempotency key and a deadline of min(the caller's, the route's).
  // `done` runs exactly once, on a thread of gRPC. A read that met no server is tried once more.
  std::shared_ptr<Sent> Dispatch(Call call, std::function<void(Answer)> done) const;

 private:
  class InFlight;
  struct Running;
  const std::shared_ptr<Running> running_;
  const RouteTable& routes_;
  const Peers peers_;
  rpc::Runtime& runtime_;
  const Clock& clock_;
};

}  // namespace hoiam::gateway
