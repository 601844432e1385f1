// hoiam.gateway.v1.WebhookService, served by the gateway's own internal gRPC server.
#pragma once

#include <functional>
#include <string>

#include "gateway/secrets/secret_key.h"
#include "gateway/webhook/sender.h"
#include "gateway/webhook/url.h"
#include "gateway/webhook/webhook_rules.h"
#include "hoiam/gateway/v1/webhook_service.grpc.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"
#include "platform/rpc/write.h"

namespace hoiam::gateway {

class WebhookService final : public v1::WebhookService::CallbackService {
 public:
  // All must outlive it.
  WebhookService(rpc::Runtime& runtime, rpc::Writer& writer, db::Pool& pool, const Clock& clock, const SecretKey& key,
                 Sender& sender, AllowList allow, Resolver resolve)
      : runtime_(runtime),
        writer_(writer),
        pool_(pool),
        clock_(clock),
        key_(key),
        sender_(sender),
        allow_(std::move(allow)),
        resolve_(std::move(resolve)) {}

  grpc::ServerUnaryReactor* CreateWebhook(grpc::CallbackServerContext* c, const v1::CreateWebhookRequest* q,
                                          v1::CreateWebhookResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&WebhookService::Create, this), kOnPool);
  }
  grpc::ServerUnaryReactor* GetWebhook(grpc::CallbackServerContext* c, const v1::GetWebhookRequest* q,
                                       v1::Webhook* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&WebhookService::Get, this));
  }
  grpc::ServerUnaryReactor* ListWebhooks(grpc::CallbackServerContext* c, const v1::ListWebhooksRequest* q,
                                         v1::ListWebhooksResponse* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&WebhookService::List, this));
  }
  grpc::ServerUnaryReactor* UpdateWebhook(grpc::CallbackServerContext* c, const v1::UpdateWebhookRequest* q,
                                          v1::Webhook* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&WebhookService::Update, this), kOnPool);
  }
  grpc::ServerUnaryReactor* EnableWebhook(grpc::CallbackServerContext* c, const v1::EnableWebhookRequest* q,
                                          v1::Webhook* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&WebhookService::Enable, this), kOnPool);
  }
  grpc::ServerUnaryReactor* DisableWebhook(grpc::CallbackServerContext* c, const v1::DisableWebhookRequest* q,
                                           v1::Webhook* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&WebhookService::Disable, this));
  }
  grpc::ServerUnaryReactor* RotateWebhookSecret(grpc::CallbackServerContext* c, const v1::RotateWebhookSecretRequest* q,
                                                v1::RotateWebhookSecretResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&WebhookService::Rotate, this), kOnPool);
  }
  grpc::ServerUnaryReactor* TestWebhook(grpc::CallbackServerContext* c, const v1::TestWebhookRequest* q,
                                        v1::TestWebhookResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&WebhookService::Test, this), kOnPool);
  }
  grpc::ServerUnaryReactor* ListDeliveries(grpc::CallbackServerContext* c, const v1::ListDeliveriesRequest* q,
                                           v1::ListDeliveriesResponse* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&WebhookService::Log, this));
  }
  grpc::ServerUnaryReactor* ReplayDeliveries(grpc::CallbackServerContext* c, const v1::ReplayDeliveriesRequest* q,
                                             v1::ReplayDeliveriesResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&WebhookService::ReplayEvents, this), kOnPool);
  }

 private:
  static constexpr bool kOnPool = true;  // resolves a name, or looks up what the reply shows

  void Create(const rpc::CallContext& ctx, const v1::CreateWebhookRequest& q, rpc::Reply<v1::CreateWebhookResponse> r);
  absl::StatusOr<v1::Webhook> Get(const rpc::CallContext& ctx, const v1::GetWebhookRequest& q);
  absl::StatusOr<v1::ListWebhooksResponse> List(const rpc::CallContext& ctx, const v1::ListWebhooksRequest& q);
  void Update(const rpc::CallContext& ctx, const v1::UpdateWebhookRequest& q, rpc::Reply<v1::Webhook> r);
  void Enable(const rpc::CallContext& ctx, const v1::EnableWebhookRequest& q, rpc::Reply<v1::Webhook> r);
  void Disable(const rpc::CallContext& ctx, const v1::DisableWebhookRequest& q, rpc::Reply<v1::Webhook> r);
  void Rotate(const rpc::CallContext& ctx, const v1::RotateWebhookSecretRequest& q,
              rpc::Reply<v1::RotateWebhookSecretResponse> r);
  void Test(const rpc::CallContext& ctx, const v1::TestWebhookRequest& q, rpc::Reply<v1::TestWebhookResponse> r);
  absl::StatusOr<v1::ListDeliveriesResponse> Log(const rpc::CallContext& ctx, const v1::ListDeliveriesRequest& q);
  void ReplayEvents(const rpc::CallContext& ctx, const v1::ReplayDeliveriesRequest& q,
                    rpc::Reply<v1::ReplayDeliveriesResponse> r);

  absl::StatusOr<WebhookStanding> StandingOf(const rpc::CallContext& ctx, const std::string& webhook_id);
  // Submits a write under the lock of the tenant's queues, then tells the sender.
  template <class Request, class Reply>
  void Submit(const rpc::CallContext& ctx, const Request& q,
              std::function<absl::StatusOr<Reply>(db::UnitOfWork&, absl::Time now)> decide, rpc::Reply<Reply> reply);
  // Changes one webhook, if `change` finds anything to change (revision and times follow), and shows it.
  template <class Request>
  void SubmitChange(const rpc::CallContext& ctx, const Request& q, const std::string& webhook_id,
                    std::function<absl::StatusOr<bool>(WebhookRow&)> change, rpc::Reply<v1::Webhook> reply);

  rpc::Runtime& runtime_;
  rpc::Writer& writer_;
  db::Pool& pool_;
  const Clock& clock_;
  const SecretKey& key_;
  Sender& sender_;
  const AllowList allow_;
  const Resolver resolve_;
};

}  // namespace hoiam::gateway
