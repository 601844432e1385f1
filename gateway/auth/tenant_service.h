// The tenants of this installation: hoiam.gateway.v1.TenantService, served by the gateway's own internal gRPC server.
#pragma once

#include <functional>
#include <string>

#include "gateway/store/tenant_row.h"
#include "hoiam/gateway/v1/tenant_service.grpc.pb.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"
#include "platform/rpc/write.h"

namespace hoiam::gateway {

class TenantService final : public v1::TenantService::CallbackService {
 public:
  // All must outlive it.
  TenantService(rpc::Runtime& runtime, rpc::Writer& writer, db::Pool& pool)
      : runtime_(runtime), writer_(writer), pool_(pool) {}

  grpc::ServerUnaryReactor* CreateTenant(grpc::CallbackServerContext* c, const v1::CreateTenantRequest* q,
                                         v1::CreateTenantResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&TenantService::Create, this));
  }
  grpc::ServerUnaryReactor* GetTenant(grpc::CallbackServerContext* c, const v1::GetTenantRequest* q,
                                      v1::Tenant* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&TenantService::Get, this));
  }
  grpc::ServerUnaryReactor* ListTenants(grpc::CallbackServerContext* c, const v1::ListTenantsRequest* q,
                                        v1::ListTenantsResponse* r) override {
    return rpc::ServeRead(runtime_, c, q, r, std::bind_front(&TenantService::List, this));
  }
  grpc::ServerUnaryReactor* UpdateTenant(grpc::CallbackServerContext* c, const v1::UpdateTenantRequest* q,
                                         v1::Tenant* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&TenantService::Update, this));
  }
  grpc::ServerUnaryReactor* SuspendTenant(grpc::CallbackServerContext* c, const v1::SuspendTenantRequest* q,
                                          v1::Tenant* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&TenantService::Suspend, this));
  }
  grpc::ServerUnaryReactor* ResumeTenant(grpc::CallbackServerContext* c, const v1::ResumeTenantRequest* q,
                                         v1::Tenant* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&TenantService::Resume, this));
  }
  grpc::ServerUnaryReactor* IssueTenantKey(grpc::CallbackServerContext* c, const v1::IssueTenantKeyRequest* q,
                                           v1::CreateKeyResponse* r) override {
    return rpc::ServeWrite(runtime_, c, q, r, std::bind_front(&TenantService::IssueKey, this));
  }

 private:
  void Create(const rpc::CallContext& ctx, const v1::CreateTenantRequest& request,
              rpc::Reply<v1::CreateTenantResponse> reply);
  absl::StatusOr<v1::Tenant> Get(const rpc::CallContext& ctx, const v1::GetTenantRequest& request);
  absl::StatusOr<v1::ListTenantsResponse> List(const rpc::CallContext& ctx, const v1::ListTenantsRequest& request);
  void Update(const rpc::CallContext& ctx, const v1::UpdateTenantRequest& request, rpc::Reply<v1::Tenant> reply);
  void Suspend(const rpc::CallContext& ctx, const v1::SuspendTenantRequest& request, rpc::Reply<v1::Tenant> reply);
  void Resume(const rpc::CallContext& ctx, const v1::ResumeTenantRequest& request, rpc::Reply<v1::Tenant> reply);
  void IssueKey(const rpc::CallContext& ctx, const v1::IssueTenantKeyRequest& request,
                rpc::Reply<v1::CreateKeyResponse> reply);
  // Changes one tenant; `change` says whether it did. TENANT_NOT_FOUND.
  void Change(const rpc::CallContext& ctx, const google::protobuf::Message& request, const std::string& tenant,
              std::function<bool(TenantRow&)> change, rpc::Reply<v1::Tenant> reply);

  rpc::Runtime& runtime_;
  rpc::Writer& writer_;
  db::Pool& pool_;
};

}  // namespace hoiam::gateway
