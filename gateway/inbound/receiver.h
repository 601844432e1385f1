// POST /in/{token}: a sender's body, signed its own way, into interactions of the tenant whose address it is.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/http/message.h"
#include "gateway/limit/limiter.h"
#include "gateway/proxy/dispatcher.h"
#include "gateway/route/route_table.h"
#include "gateway/secrets/secret_key.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::gateway {

class InboundReceiver {
 public:
  // All must outlive it. Look-ups run on `runtime`'s pool.
  InboundReceiver(const RouteTable& routes, const Dispatcher& dispatcher, Limiter& limiter, const SecretKey& key,
                  db::Pool& pool, rpc::Runtime& runtime, const Clock& clock);

  // Whether a path is one of these.
  static bool Owns(absl::string_view path);

  // 200 {"results":[{"path","interactionId","passedOver","status"}…]}, one per item, in order: what is wrong with an
  // item stands in its status, for its sender would only send it again. Anything else says that nothing was taken, or
  // not all:
  //   400 the body is not JSON · 401 INVALID_SIGNATURE, before anything is parsed · 403 TENANT_SUSPENDED
  //   404 INBOUND_ADDRESS_UNKNOWN: of nobody, or disabled · 429 · 503, 504: come again; what was taken is not taken
  //   twice
  void Handle(HttpRequest request, std::string request_id, HttpReply reply);

 private:
  struct Delivery;
  absl::Status Find(Delivery& d) const;
  absl::Status Map(Delivery& d) const;
  void Send(std::shared_ptr<Delivery> delivery);

  const Route* route_ = nullptr;  // BatchRecordInteractions
  const Dispatcher& dispatcher_;
  Limiter& limiter_;
  const SecretKey& key_;
  db::Pool& pool_;
  rpc::Runtime& runtime_;
  const Clock& clock_;
  const std::shared_ptr<std::atomic<int>> under_way_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace hoiam::gateway
