#include "gateway/auth/key_service.h"

#include "gateway/auth/key_rules.h"
#include "gateway/auth/key_text.h"
#include "gateway/auth/test_mode.h"
#include "gateway/errors.h"
#include "gateway/store/keys.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

KeyMaker MakerOf(const rpc::CallContext& ctx) { return {ParseScopes(ctx.scopes), ctx.test_mode, ctx.teams}; }

}  // namespace

absl::StatusOr<std::optional<absl::Time>> KeyService::LastUse(const rpc::CallContext& ctx, const std::string& key_id) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, db::TenantDb::Open(pool_, RealTenant(ctx.tenant), ctx.deadline));
  return ReadLastUse(db, key_id);
}

void KeyService::Create(const rpc::CallContext& ctx, const v1::CreateKeyRequest& request,
                        rpc::Reply<v1::CreateKeyResponse> reply) {
  auto wanted = CheckNewKey(request, MakerOf(ctx), clock_.Now());
  if (!wanted.ok()) return reply(wanted.status(), {});
  const auto used = LastUse(ctx, wanted->key_id);  // of the key that this very request made before
  if (!used.ok()) return reply(used.status(), {});
  const std::string tenant = RealTenant(ctx.tenant);
  rpc::Write<v1::CreateKeyResponse> write;
  write.tenant = tenant;
  write.subject = kKeysSubject;
  write.want = [tenant](db::UnitOfWork& uow) { uow.Want<KeyRow>({tenant}); };
  write.decide = [tenant, used = *used, wanted = *std::move(wanted)](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::CreateKeyResponse> {
    HOIAM_ASSIGN_OR_RETURN(std::optional<KeyRow> key, DecideNewKey(wanted, uow.List<KeyRow>({tenant}), now));
    v1::CreateKeyResponse response;
    if (!key) {
      response.set_secret(NewKeyText(wanted.test_mode, wanted.kind == v1::KeyKind::PUBLISHABLE));
      key = ToRow(tenant, wanted, response.secret(), now);
      uow.Put(*key);
    }
    *response.mutable_key() = ToProto(*key, used, now);
    return response;
  };
  writer_.Submit<v1::CreateKeyResponse>(ctx, request, std::move(write), std::move(reply));
}

absl::StatusOr<v1::ListKeysResponse> KeyService::List(const rpc::CallContext& ctx, const v1::ListKeysRequest& request) {
  const std::string query = "ListKeys/" + ctx.tenant;
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(request.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const auto after, DecodePageToken(query, request.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, db::TenantDb::Open(pool_, RealTenant(ctx.tenant), ctx.deadline));
  HOIAM_ASSIGN_OR_RETURN(auto keys, gateway::ListKeys(db, ctx.test_mode, after.empty() ? "" : after[0], size + 1));
  v1::ListKeysResponse response;
  if (keys.size() > static_cast<size_t>(size)) {
    keys.pop_back();
    response.set_next_page_token(EncodePageToken(query, {keys.back().key.key_id}));
  }
  const absl::Time now = clock_.Now();
  for (const UsedKey& k : keys) *response.add_keys() = ToProto(k.key, k.last_used, now);
  return response;
}

void KeyService::Rotate(const rpc::CallContext& ctx, const v1::RotateKeyRequest& request,
                        rpc::Reply<v1::CreateKeyResponse> reply) {
  auto wanted = CheckRotation(request, clock_.Now());
  if (!wanted.ok()) return reply(wanted.status(), {});
  const std::string tenant = RealTenant(ctx.tenant);
  rpc::Write<v1::CreateKeyResponse> write;
  write.tenant = tenant;
  write.subject = kKeysSubject;
  write.want = [tenant](db::UnitOfWork& uow) { uow.Want<KeyRow>({tenant}); };
  write.decide = [tenant, maker = MakerOf(ctx), wanted = *std::move(wanted)](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::CreateKeyResponse> {
    HOIAM_ASSIGN_OR_RETURN(Rotation rotation, DecideRotation(wanted, uow.List<KeyRow>({tenant}), maker, now));
    v1::CreateKeyResponse response;
    if (!rotation.made_before) {
      const NewKey& next = rotation.new_key;
      response.set_secret(NewKeyText(next.test_mode, next.kind == v1::KeyKind::PUBLISHABLE));
      rotation.made_before = ToRow(tenant, next, response.secret(), now);
      uow.Put(rotation.old_key);
      uow.Put(*rotation.made_before);
    }
    *response.mutable_key() = ToProto(*rotation.made_before, std::nullopt, now);
    return response;
  };
  writer_.Submit<v1::CreateKeyResponse>(ctx, request, std::move(write), std::move(reply));
}

void KeyService::Revoke(const rpc::CallContext& ctx, const v1::RevokeKeyRequest& request,
                        rpc::Reply<v1::ApiKey> reply) {
  const auto used = LastUse(ctx, request.key_id());
  if (!used.ok()) return reply(used.status(), {});
  const std::string tenant = RealTenant(ctx.tenant);
  rpc::Write<v1::ApiKey> write;
  write.tenant = tenant;
  write.subject = kKeysSubject;
  write.want = [tenant, id = request.key_id()](db::UnitOfWork& uow) { uow.Want<KeyRow>({tenant, id}); };
  write.decide = [tenant, used = *used, id = request.key_id(), test_mode = ctx.test_mode](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::ApiKey> {
    const KeyRow* found = uow.Find<KeyRow>({tenant, id});
    if (!found || (test_mode && !found->test_mode)) return KeyNotFound(id);
    KeyRow key = *found;
    if (!key.revoked_at) {
      key.revoked_at = now;
      uow.Put(key);
    }
    return ToProto(key, used, now);
  };
  writer_.Submit<v1::ApiKey>(ctx, request, std::move(write), std::move(reply));
}

}  // namespace hoiam::gateway
