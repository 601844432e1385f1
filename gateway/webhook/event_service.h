// hoiam.gateway.v1.EventService: the events of webhooks, fetched.
#pragma once

#include <functional>

#include "gateway/webhook/messages.h"
#include "hoiam/gateway/v1/webhook_service.grpc.pb.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::gateway {

class EventService final : public v1::EventService::CallbackService {
 public:
  // All must outlive it.
  EventService(rpc::Runtime& runtime, db::Pool& pool, Messages& messages)
      : runtime_(runtime), pool_(pool), messages_(messages) {}

  grpc::ServerUnaryReactor* ListEvents(grpc::CallbackServerContext* c, const v1::ListEventsRequest* q,
                                       v1::ListEventsResponse* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&EventService::List, this));
  }

 private:
  absl::StatusOr<v1::ListEventsResponse> List(const rpc::CallContext& ctx, const v1::ListEventsRequest& request);

  rpc::Runtime& runtime_;
  db::Pool& pool_;
  Messages& messages_;
};

}  // namespace hoiam::gateway
