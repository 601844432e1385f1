#include "gateway/auth/key_rules.h"

#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

void Set(absl::Time t, google::protobuf::Timestamp* out) {
  const int64_t us = absl::ToUnixMicros(t);
  out->set_seconds(us / 1'000'000);
  out->set_nanos(static_cast<int32_t>(us % 1'000'000 * 1000));
}

}  // namespace

absl::StatusOr<NewKey> CheckNewKey(const v1::CreateKeyRequest& request, absl::Time now) {
  Violations v;
  NewKey key{request.key_id(), request.principal(), 0, std::nullopt};
  CheckSlug(request.key_id(), "keyId", true, v);
  if (request.principal().empty()) v.Add("principal", "REQUIRED", "is required");
  CheckLine(request.principal(), "principal", 64, v);
  if (request.scopes().empty()) v.Add("scopes", "REQUIRED", "must name at least one scope");
  for (int i = 0; i < request.scopes_size(); ++i) {
    const auto scope = ParseScope(request.scopes(i));
    if (!scope) v.Add(absl::StrCat("scopes[", i, "]"), "UNKNOWN_SCOPE", "is not a scope");
    key.scopes |= scope.value_or(0);
  }
  if (request.has_expire_time()) {
    key.expires_at = absl::FromUnixSeconds(request.expire_time().seconds()) +
                     absl::Microseconds(request.expire_time().nanos() / 1000);
    if (*key.expires_at <= now) v.Add("expireTime", "TIME_IN_PAST", "must be in the future");
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return key;
}

absl::StatusOr<std::optional<KeyRow>> DecideNewKey(const NewKey& wanted, const std::vector<const KeyRow*>& keys,
                                                   absl::Time now) {
  int live = 0;
  for (const KeyRow* key : keys) {
    if (key->key_id == wanted.key_id) {
      const bool same = key->principal == wanted.principal && key->scopes == FormatScopes(wanted.scopes) &&
                        key->expires_at == wanted.expires_at;
      if (same) return *key;
      return KeyIdReused(wanted.key_id);
    }
    if (key->principal == wanted.principal && key->LiveAt(now)) ++live;
  }
  if (live >= kLiveKeysPerPrincipal) return TooManyLiveKeys(wanted.principal);
  if (keys.size() >= kMaxKeysPerTenant) return TooManyKeys();
  return std::nullopt;
}

v1::ApiKey ToProto(const KeyRow& key, std::optional<absl::Time> last_used, absl::Time now) {
  v1::ApiKey out;
  out.set_key_id(key.key_id);
  out.set_principal(key.principal);
  const ScopeSet scopes = ParseScopes(key.scopes);
  for (size_t i = 0; i < kScopes.size(); ++i)
    if (scopes & (1u << i)) out.add_scopes(kScopes[i]);
  out.set_state(key.revoked_at    ? v1::KeyState::REVOKED
                : key.LiveAt(now) ? v1::KeyState::ACTIVE
                                  : v1::KeyState::EXPIRED);
  if (key.expires_at) Set(*key.expires_at, out.mutable_expire_time());
  Set(key.created_at, out.mutable_create_time());
  if (last_used) Set(*last_used, out.mutable_last_used_time());
  out.set_prefix(key.prefix);
  return out;
}

}  // namespace hoiam::gateway
