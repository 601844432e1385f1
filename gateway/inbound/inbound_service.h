// The inbound endpoints of a tenant: hoiam.gateway.v1.InboundService, served by the gateway's own internal gRPC server.
#pragma once

#include <functional>
#include <string>

#include "gateway/secrets/secret_key.h"
#include "gateway/store/inbounds.h"
#include "hoiam/gateway/v1/inbound_service.grpc.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"
#include "platform/rpc/write.h"

namespace hoiam::gateway {

class InboundService final : public v1::InboundService::CallbackService {
 public:
  // All must outlive it. `public_url` begins every address, without a slash at its end.
  InboundService(rpc::Runtime& runtime, rpc::Writer& writer, db::Pool& pool, const SecretKey& key,
                 std::string public_url)
      : runtime_(runtime), writer_(writer), pool_(pool), key_(key), public_url_(std::move(public_url)) {}

  grpc::ServerUnaryReactor* CreateInbound(grpc::CallbackServerContext* c, const v1::CreateInboundRequest* q,
                                          v1::CreateInboundResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&InboundService::Create, this), kOnPool);
  }
  grpc::ServerUnaryReactor* GetInbound(grpc::CallbackServerContext* c, const v1::GetInboundRequest* q,
                                       v1::Inbound* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&InboundService::Get, this));
  }
  grpc::ServerUnaryReactor* ListInbounds(grpc::CallbackServerContext* c, const v1::ListInboundsRequest* q,
                                         v1::ListInboundsResponse* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&InboundService::List, this));
  }
  grpc::ServerUnaryReactor* UpdateInbound(grpc::CallbackServerContext* c, const v1::UpdateInboundRequest* q,
                                          v1::Inbound* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&InboundService::Update, this), kOnPool);
  }
  grpc::ServerUnaryReactor* RotateInboundUrl(grpc::CallbackServerContext* c, const v1::RotateInboundUrlRequest* q,
                                             v1::CreateInboundResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&InboundService::Rotate, this), kOnPool);
  }
  grpc::ServerUnaryReactor* TestInbound(grpc::CallbackServerContext* c, const v1::TestInboundRequest* q,
                                        v1::TestInboundResponse* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&InboundService::Test, this));
  }

 private:
  static constexpr bool kOnPool = true;  // writes look up when the endpoint was last used
  void Create(const rpc::CallContext& ctx, const v1::CreateInboundRequest& request,
              rpc::Reply<v1::CreateInboundResponse> reply);
  absl::StatusOr<v1::Inbound> Get(const rpc::CallContext& ctx, const v1::GetInboundRequest& request);
  absl::StatusOr<v1::ListInboundsResponse> List(const rpc::CallContext& ctx, const v1::ListInboundsRequest& request);
  void Update(const rpc::CallContext& ctx, const v1::UpdateInboundRequest& request, rpc::Reply<v1::Inbound> reply);
  void Rotate(const rpc::CallContext& ctx, const v1::RotateInboundUrlRequest& request,
              rpc::Reply<v1::CreateInboundResponse> reply);
  absl::StatusOr<v1::TestInboundResponse> Test(const rpc::CallContext& ctx, const v1::TestInboundRequest& request);

  absl::StatusOr<std::optional<UsedInbound>> Find(const rpc::CallContext& ctx, const std::string& inbound_id);
  std::string UrlOf(const InboundRow& row) const;

  rpc::Runtime& runtime_;
  rpc::Writer& writer_;
  db::Pool& pool_;
  const SecretKey& key_;
  const std::string public_url_;
};

}  // namespace hoiam::gateway
