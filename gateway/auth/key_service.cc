#include "gateway/auth/key_service.h"

#include "gateway/auth/key_rules.h"
#include "gateway/auth/key_text.h"
#include "gateway/errors.h"
#include "gateway/store/keys.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

// All keys of a tenant are one subject: how many a principal has is decided under one lock.
constexpr char kSubject[] = "keys";

}  // namespace

absl::StatusOr<std::optional<absl::Time>> KeyService::LastUse(const rpc::CallContext& ctx, const std::string& key_id) {
  HOIAM_ASSIGN_OR_RETURN(auto session, pool_.Acquire(ctx.deadline));
  return ReadLastUse(*session, ctx.tenant, key_id);
}

void KeyService::Create(const rpc::CallContext& ctx, const v1::CreateKeyRequest& request,
                        rpc::Reply<v1::CreateKeyResponse> reply) {
  auto wanted = CheckNewKey(request, clock_.Now());
  if (!wanted.ok()) return reply(wanted.status(), {});
  const auto used = LastUse(ctx, wanted->key_id);  // of the key that this very request made before
  if (!used.ok()) return reply(used.status(), {});
  rpc::Write<v1::CreateKeyResponse> write;
  write.subject = kSubject;
  write.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { uow.Want<KeyRow>({tenant}); };
  write.decide = [tenant = ctx.tenant, used = *used, wanted = *std::move(wanted)](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::CreateKeyResponse> {
    HOIAM_ASSIGN_OR_RETURN(std::optional<KeyRow> key, DecideNewKey(wanted, uow.List<KeyRow>({tenant}), now));
    v1::CreateKeyResponse response;
    if (!key) {
      response.set_secret(NewKeyText());
      key = KeyRow{tenant,
                   wanted.key_id,
                   wanted.principal,
                   FormatScopes(wanted.scopes),
                   KeyHash(response.secret()),
                   KeyPrefix(response.secret()),
                   now,
                   wanted.expires_at,
                   std::nullopt};
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
  HOIAM_ASSIGN_OR_RETURN(auto session, pool_.Acquire(ctx.deadline));
  HOIAM_ASSIGN_OR_RETURN(auto keys, gateway::ListKeys(*session, ctx.tenant, after.empty() ? "" : after[0], size + 1));
  v1::ListKeysResponse response;
  if (keys.size() > static_cast<size_t>(size)) {
    keys.pop_back();
    response.set_next_page_token(EncodePageToken(query, {keys.back().key.key_id}));
  }
  const absl::Time now = clock_.Now();
  for (const UsedKey& k : keys) *response.add_keys() = ToProto(k.key, k.last_used, now);
  return response;
}

void KeyService::Revoke(const rpc::CallContext& ctx, const v1::RevokeKeyRequest& request,
                        rpc::Reply<v1::ApiKey> reply) {
  const auto used = LastUse(ctx, request.key_id());
  if (!used.ok()) return reply(used.status(), {});
  rpc::Write<v1::ApiKey> write;
  write.subject = kSubject;
  write.want = [tenant = ctx.tenant, id = request.key_id()](db::UnitOfWork& uow) { uow.Want<KeyRow>({tenant, id}); };
  write.decide = [tenant = ctx.tenant, used = *used, id = request.key_id()](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::ApiKey> {
    const KeyRow* found = uow.Find<KeyRow>({tenant, id});
    if (!found) return KeyNotFound(id);
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
