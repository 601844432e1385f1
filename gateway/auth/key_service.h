// The keys of a tenant: hoiam.gateway.v1.KeyService, served by the gateway's own internal gRPC server.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "hoiam/gateway/v1/key_service.grpc.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"
#include "platform/rpc/write.h"

namespace hoiam::gateway {

// All keys of a tenant, those of its test mode too, are one subject: how many a principal has is decided under one
// lock.
inline constexpr char kKeysSubject[] = "keys";

class KeyService final : public v1::KeyService::CallbackService {
 public:
  // All must outlive it.
  KeyService(rpc::Runtime& runtime, rpc::Writer& writer, db::Pool& pool, const Clock& clock)
      : runtime_(runtime), writer_(writer), pool_(pool), clock_(clock) {}

  grpc::ServerUnaryReactor* CreateKey(grpc::CallbackServerContext* c, const v1::CreateKeyRequest* q,
                                      v1::CreateKeyResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&KeyService::Create, this), kOnPool);
  }
  grpc::ServerUnaryReactor* ListKeys(grpc::CallbackServerContext* c, const v1::ListKeysRequest* q,
                                     v1::ListKeysResponse* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&KeyService::List, this));
  }
  grpc::ServerUnaryReactor* RotateKey(grpc::CallbackServerContext* c, const v1::RotateKeyRequest* q,
                                      v1::CreateKeyResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&KeyService::Rotate, this));
  }
  grpc::ServerUnaryReactor* RevokeKey(grpc::CallbackServerContext* c, const v1::RevokeKeyRequest* q,
                                      v1::ApiKey* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&KeyService::Revoke, this), kOnPool);
  }

 private:
  static constexpr bool kOnPool = true;  // these look up when the key was last used
  void Create(const rpc::CallContext& ctx, const v1::CreateKeyRequest& request,
              rpc::Reply<v1::CreateKeyResponse> reply);
  absl::StatusOr<v1::ListKeysResponse> List(const rpc::CallContext& ctx, const v1::ListKeysRequest& request);
  void Rotate(const rpc::CallContext& ctx, const v1::RotateKeyRequest& request,
              rpc::Reply<v1::CreateKeyResponse> reply);
  void Revoke(const rpc::CallContext& ctx, const v1::RevokeKeyRequest& request, rpc::Reply<v1::ApiKey> reply);
  absl::StatusOr<std::optional<absl::Time>> LastUse(const rpc::CallContext& ctx, const std::string& key_id);

  rpc::Runtime& runtime_;
  rpc::Writer& writer_;
  db::Pool& pool_;
  const Clock& clock_;
};

}  // namespace hoiam::gateway
