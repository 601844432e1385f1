#include "gateway/auth/tenant_service.h"

#include "gateway/auth/bootstrap.h"
#include "gateway/auth/key_rules.h"
#include "gateway/auth/key_service.h"
#include "gateway/auth/key_text.h"
#include "gateway/auth/tenant_rules.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/store/tenants.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

// The operator's own is no tenant to callers.
bool IsATenants(const std::string& id) { return !id.empty() && id != kOperatorTenant; }

// A tenant and its keys are decided on under one lock.
template <class Resp>
rpc::Write<Resp> WriteOf(const std::string& tenant) {
  rpc::Write<Resp> write;
  write.tenant = tenant;
  write.subject = kKeysSubject;
  return write;
}

}  // namespace

void TenantService::Create(const rpc::CallContext& ctx, const v1::CreateTenantRequest& request,
                           rpc::Reply<v1::CreateTenantResponse> reply) {
  auto wanted = CheckNewTenant(request);
  if (!wanted.ok()) return reply(wanted.status(), {});
  const std::string id = wanted->tenant_id;
  auto write = WriteOf<v1::CreateTenantResponse>(id);
  write.want = [id](db::UnitOfWork& uow) {
    uow.Want<TenantRow>({id});
    uow.Want<KeyRow>({id, kFirstKeyId});
  };
  write.decide = [id, wanted = *std::move(wanted)](db::UnitOfWork& uow,
                                                   absl::Time now) -> absl::StatusOr<v1::CreateTenantResponse> {
    v1::CreateTenantResponse response;
    if (const TenantRow* found = uow.Find<TenantRow>({id})) {
      if (!SameTenant(*found, wanted)) return TenantIdReused(id);
      *response.mutable_tenant() = ToProto(*found);
      if (const KeyRow* key = uow.Find<KeyRow>({id, kFirstKeyId}))
        *response.mutable_key() = ToProto(*key, std::nullopt, now);
      return response;
    }
    TenantRow tenant = wanted;
    tenant.created_at = now;
    response.set_secret(NewKeyText());
    const KeyRow key = FirstKey(id, response.secret(), now);
    uow.Put(tenant);
    uow.Put(key);
    *response.mutable_tenant() = ToProto(tenant);
    *response.mutable_key() = ToProto(key, std::nullopt, now);
    return response;
  };
  writer_.Submit<v1::CreateTenantResponse>(ctx, request, std::move(write), std::move(reply));
}

absl::StatusOr<v1::Tenant> TenantService::Get(const rpc::CallContext& ctx, const v1::GetTenantRequest& request) {
  if (!IsATenants(request.tenant_id())) return TenantNotFound(request.tenant_id());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, db::TenantDb::Open(pool_, request.tenant_id(), ctx.deadline));
  HOIAM_ASSIGN_OR_RETURN(const auto found, FindTenant(db));
  if (!found) return TenantNotFound(request.tenant_id());
  return ToProto(*found);
}

absl::StatusOr<v1::ListTenantsResponse> TenantService::List(const rpc::CallContext& ctx,
                                                            const v1::ListTenantsRequest& request) {
  const std::string query = "ListTenants";
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(request.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const auto after, DecodePageToken(query, request.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool_, ctx.deadline));
  HOIAM_ASSIGN_OR_RETURN(auto tenants,
                         gateway::ListTenants(db, after.empty() ? "" : after[0], kOperatorTenant, size + 1));
  v1::ListTenantsResponse response;
  if (tenants.size() > static_cast<size_t>(size)) {
    tenants.pop_back();
    response.set_next_page_token(EncodePageToken(query, {tenants.back().tenant_id}));
  }
  for (const TenantRow& t : tenants) *response.add_tenants() = ToProto(t);
  return response;
}

void TenantService::Change(const rpc::CallContext& ctx, const google::protobuf::Message& request,
                           const std::string& tenant, std::function<bool(TenantRow&)> change,
                           rpc::Reply<v1::Tenant> reply) {
  if (!IsATenants(tenant)) return reply(TenantNotFound(tenant), {});
  auto write = WriteOf<v1::Tenant>(tenant);
  write.want = [tenant](db::UnitOfWork& uow) { uow.Want<TenantRow>({tenant}); };
  write.decide = [tenant, change = std::move(change)](db::UnitOfWork& uow,
                                                      absl::Time now) -> absl::StatusOr<v1::Tenant> {
    const TenantRow* found = uow.Find<TenantRow>({tenant});
    if (!found) return TenantNotFound(tenant);
    TenantRow next = *found;
    if (change(next)) uow.Put(next);
    return ToProto(next);
  };
  writer_.Submit<v1::Tenant>(ctx, request, std::move(write), std::move(reply));
}

void TenantService::Update(const rpc::CallContext& ctx, const v1::UpdateTenantRequest& request,
                           rpc::Reply<v1::Tenant> reply) {
  auto patch = CheckTenantPatch(request);
  if (!patch.ok()) return reply(patch.status(), {});
  Change(
      ctx, request, request.tenant().tenant_id(),
      [patch = *std::move(patch)](TenantRow& tenant) { return Apply(patch, tenant); }, std::move(reply));
}

void TenantService::Suspend(const rpc::CallContext& ctx, const v1::SuspendTenantRequest& request,
                            rpc::Reply<v1::Tenant> reply) {
  Violations v;
  if (request.reason().empty()) v.Add("reason", "REQUIRED", "is required");
  CheckLine(request.reason(), "reason", kMaxSuspendReason, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  Change(
      ctx, request, request.tenant_id(),
      [reason = request.reason()](TenantRow& tenant) {
        if (tenant.state == v1::TenantState::SUSPENDED && tenant.suspend_reason == reason) return false;
        tenant.state = v1::TenantState::SUSPENDED;
        tenant.suspend_reason = reason;
        ++tenant.revision;
        return true;
      },
      std::move(reply));
}

void TenantService::Resume(const rpc::CallContext& ctx, const v1::ResumeTenantRequest& request,
                           rpc::Reply<v1::Tenant> reply) {
  Change(
      ctx, request, request.tenant_id(),
      [](TenantRow& tenant) {
        if (tenant.state == v1::TenantState::ACTIVE) return false;
        tenant.state = v1::TenantState::ACTIVE;
        tenant.suspend_reason.clear();
        ++tenant.revision;
        return true;
      },
      std::move(reply));
}

void TenantService::IssueKey(const rpc::CallContext& ctx, const v1::IssueTenantKeyRequest& request,
                             rpc::Reply<v1::CreateKeyResponse> reply) {
  Violations v;
  CheckSlug(request.key_id(), "keyId", true, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const std::string tenant = request.tenant_id();
  if (!IsATenants(tenant)) return reply(TenantNotFound(tenant), {});
  auto write = WriteOf<v1::CreateKeyResponse>(tenant);
  write.want = [tenant](db::UnitOfWork& uow) {
    uow.Want<TenantRow>({tenant});
    uow.Want<KeyRow>({tenant});
  };
  write.decide = [tenant, key_id = request.key_id()](db::UnitOfWork& uow,
                                                     absl::Time now) -> absl::StatusOr<v1::CreateKeyResponse> {
    if (!uow.Find<TenantRow>({tenant})) return TenantNotFound(tenant);
    NewKey wanted;
    wanted.key_id = key_id;
    wanted.principal = key_id;  // of its own, so that two live keys that were lost do not stand in its way
    wanted.role = v1::Role::ADMIN;
    wanted.scopes = kAdminScope;
    HOIAM_ASSIGN_OR_RETURN(std::optional<KeyRow> key, DecideNewKey(wanted, uow.List<KeyRow>({tenant}), now));
    v1::CreateKeyResponse response;
    if (!key) {
      response.set_secret(NewKeyText());
      key = ToRow(tenant, wanted, response.secret(), now);
      uow.Put(*key);
    }
    *response.mutable_key() = ToProto(*key, std::nullopt, now);
    return response;
  };
  writer_.Submit<v1::CreateKeyResponse>(ctx, request, std::move(write), std::move(reply));
}

}  // namespace hoiam::gateway
