#include "gateway/auth/key_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gateway/auth/key_text.h"
#include "gateway/auth/roles.h"
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

absl::Time Get(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Microseconds(t.nanos() / 1000);
}

// The time until which a key works; none: for ever.
std::optional<absl::Time> CheckExpiry(bool has, const google::protobuf::Timestamp& t, absl::Time now, Violations& v) {
  if (!has) return std::nullopt;
  if (Get(t) <= now) v.Add("expireTime", "TIME_IN_PAST", "must be in the future");
  return Get(t);
}

// The scopes that a new key is to have.
ScopeSet CheckScopes(const v1::CreateKeyRequest& request, Violations& v) {
  ScopeSet scopes = 0;
  for (int i = 0; i < request.scopes_size(); ++i) {
    const auto scope = ParseScope(request.scopes(i));
    if (!scope) v.Add(absl::StrCat("scopes[", i, "]"), "UNKNOWN_SCOPE", "is not a scope");
    scopes |= scope.value_or(0);
  }
  const bool has_role = request.role() != v1::Role::UNSPECIFIED;
  if (!v1::Role::Code_IsValid(request.role())) v.Add("role", "UNKNOWN_VALUE", "is not a role");
  if (request.kind() == v1::KeyKind::PUBLISHABLE) {
    if (has_role) v.Add("role", "PUBLISHABLE_HAS_NO_SCOPES", "a publishable key has no role");
    if (request.scopes_size() > 0)
      v.Add("scopes", "PUBLISHABLE_HAS_NO_SCOPES", "a publishable key has no scopes: it can post feedback and answers");
    return 0;
  }
  if (has_role && request.scopes_size() > 0) v.Add("role", "SCOPES_OR_ROLE", "say either scopes or a role");
  if (!has_role && request.scopes().empty()) v.Add("scopes", "REQUIRED", "must name at least one scope, or say a role");
  return has_role ? ScopesOf(request.role()) : scopes;
}

// Whoever is bound to teams gives what is bound to some of these.
bool MayBind(const std::vector<std::string>& teams, const KeyMaker& maker) {
  const auto own = [&](const std::string& team) {
    return std::find(maker.teams.begin(), maker.teams.end(), team) != maker.teams.end();
  };
  return maker.teams.empty() || (!teams.empty() && std::all_of(teams.begin(), teams.end(), own));
}

// The teams that a new key is to be bound to.
std::vector<std::string> CheckTeams(const v1::CreateKeyRequest& request, const KeyMaker& maker, Violations& v) {
  std::vector<std::string> teams(request.teams().begin(), request.teams().end());
  if (teams.size() > kMaxTeamsOfKey) v.Add("teams", "TOO_MANY", absl::StrCat("must be at most ", kMaxTeamsOfKey));
  for (size_t i = 0; i < teams.size(); ++i) CheckSlug(teams[i], absl::StrCat("teams[", i, "]"), true, v);
  if (!MayBind(teams, maker))
    v.Add("teams", "TEAM_NOT_HELD", "your own key is bound to teams: name some of these, and no others");
  std::sort(teams.begin(), teams.end());
  teams.erase(std::unique(teams.begin(), teams.end()), teams.end());
  return teams;
}

absl::Status CheckHeld(ScopeSet wanted, ScopeSet held) {
  for (size_t i = 0; i < kScopes.size(); ++i)
    if ((wanted & (1u << i)) != 0 && !Allows(held, 1u << i)) return ScopeNotHeld(kScopes[i]);
  return absl::OkStatus();
}

bool SameKey(const KeyRow& key, const NewKey& wanted) {
  const bool same_scopes =
      wanted.role != v1::Role::UNSPECIFIED || key.scopes == FormatScopes(wanted.scopes);  // a role's may have changed
  return key.principal == wanted.principal && key.role == wanted.role && key.kind == wanted.kind &&
         key.test_mode == wanted.test_mode && key.teams == absl::StrJoin(wanted.teams, ",") && same_scopes &&
         key.expires_at == wanted.expires_at;
}

}  // namespace

ScopeSet ScopesOf(const KeyRow& key) {
  if (key.kind == v1::KeyKind::PUBLISHABLE) return 0;
  const ScopeSet scopes =
      key.role == v1::Role::UNSPECIFIED ? ParseScopes(key.scopes) : ScopesOf(static_cast<v1::Role::Code>(key.role));
  return key.test_mode ? scopes & ~kOperatorScope : scopes;
}

std::string RoleOf(const KeyRow& key) {
  if (key.role != v1::Role::UNSPECIFIED) return v1::Role::Code_Name(static_cast<v1::Role::Code>(key.role));
  return (ScopesOf(key) & kAdminScope) != 0 ? v1::Role::Code_Name(v1::Role::ADMIN) : "";
}

absl::StatusOr<NewKey> CheckNewKey(const v1::CreateKeyRequest& request, const KeyMaker& maker, absl::Time now) {
  Violations v;
  NewKey key;
  key.key_id = request.key_id();
  key.principal = request.principal();
  key.test_mode = request.test_mode() || maker.test_mode;
  CheckSlug(request.key_id(), "keyId", true, v);
  if (request.principal().empty()) v.Add("principal", "REQUIRED", "is required");
  CheckLine(request.principal(), "principal", 64, v);
  if (!v1::KeyKind::Code_IsValid(request.kind())) v.Add("kind", "UNKNOWN_VALUE", "is not a kind of key");
  if (request.kind() == v1::KeyKind::PUBLISHABLE) key.kind = v1::KeyKind::PUBLISHABLE;
  key.role = request.role();
  key.scopes = CheckScopes(request, v);
  if (key.test_mode && (key.scopes & kOperatorScope) != 0)
    v.Add("scopes", "NOT_IN_TEST_MODE", "the scope operator is of the installation, which has no test mode");
  key.expires_at = CheckExpiry(request.has_expire_time(), request.expire_time(), now, v);
  key.teams = CheckTeams(request, maker, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_RETURN_IF_ERROR(CheckHeld(key.scopes, maker.held));
  return key;
}

absl::StatusOr<NewRotation> CheckRotation(const v1::RotateKeyRequest& request, absl::Time now) {
  Violations v;
  NewRotation wanted{request.key_id(), request.new_key_id(), kKeyOverlap, std::nullopt};
  CheckSlug(request.key_id(), "keyId", true, v);
  CheckSlug(request.new_key_id(), "newKeyId", true, v);
  if (!request.key_id().empty() && request.key_id() == request.new_key_id())
    v.Add("newKeyId", "SAME_ID", "must be another id than the old key's");
  if (request.has_overlap()) {
    wanted.overlap = absl::Seconds(request.overlap().seconds()) + absl::Nanoseconds(request.overlap().nanos());
    if (wanted.overlap < absl::ZeroDuration() || wanted.overlap > kMaxKeyOverlap)
      v.Add("overlap", "OUT_OF_RANGE", "must be 0 s to 30 days");
  }
  wanted.expires_at = CheckExpiry(request.has_expire_time(), request.expire_time(), now, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return wanted;
}

absl::StatusOr<std::optional<KeyRow>> DecideNewKey(const NewKey& wanted, const std::vector<const KeyRow*>& keys,
                                                   absl::Time now) {
  int live = 0;
  for (const KeyRow* key : keys) {
    if (key->key_id == wanted.key_id) {
      if (SameKey(*key, wanted)) return *key;
      return KeyIdReused(wanted.key_id);
    }
    if (key->principal == wanted.principal && key->test_mode == wanted.test_mode && key->LiveAt(now)) ++live;
  }
  if (live >= kLiveKeysPerPrincipal) return TooManyLiveKeys(wanted.principal);
  if (keys.size() >= kMaxKeysPerTenant) return TooManyKeys();
  return std::nullopt;
}

absl::StatusOr<Rotation> DecideRotation(const NewRotation& wanted, const std::vector<const KeyRow*>& keys,
                                        const KeyMaker& maker, absl::Time now) {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const KeyRow* k) {
    return k->key_id == wanted.key_id && (k->test_mode || !maker.test_mode);
  });
  if (found == keys.end()) return KeyNotFound(wanted.key_id);
  const KeyRow& old_key = **found;
  HOIAM_RETURN_IF_ERROR(CheckHeld(ScopesOf(old_key), maker.held));
  Rotation rotation{old_key, {}, std::nullopt};
  rotation.new_key = {wanted.new_key_id,
                      old_key.principal,
                      ParseScopes(old_key.scopes),
                      wanted.expires_at,
                      static_cast<v1::KeyKind::Code>(old_key.kind),
                      static_cast<v1::Role::Code>(old_key.role),
                      old_key.test_mode,
                      absl::StrSplit(old_key.teams, ',', absl::SkipEmpty())};
  if (!MayBind(rotation.new_key.teams, maker)) return KeyNotFound(wanted.key_id);
  // Done before: the old one's end has moved since, so an end that was taken from it is not compared.
  for (const KeyRow* key : keys) {
    if (key->key_id != wanted.new_key_id) continue;
    NewKey same = rotation.new_key;
    if (!wanted.expires_at) same.expires_at = key->expires_at;
    if (!SameKey(*key, same)) return KeyIdReused(wanted.new_key_id);
    rotation.made_before = *key;
    return rotation;
  }
  if (!old_key.LiveAt(now)) return KeyNotLive(wanted.key_id);
  if (!wanted.expires_at) rotation.new_key.expires_at = old_key.expires_at;
  rotation.old_key.expires_at = std::min(old_key.expires_at.value_or(absl::InfiniteFuture()), now + wanted.overlap);
  std::vector<const KeyRow*> after = keys;
  after[found - keys.begin()] = &rotation.old_key;
  HOIAM_RETURN_IF_ERROR(DecideNewKey(rotation.new_key, after, now).status());
  return rotation;
}

KeyRow ToRow(const std::string& tenant, const NewKey& key, absl::string_view text, absl::Time now) {
  return {tenant,
          key.key_id,
          key.principal,
          FormatScopes(key.scopes),
          KeyHash(text),
          KeyPrefix(text),
          now,
          key.expires_at,
          std::nullopt,
          key.kind,
          key.role,
          key.test_mode,
          absl::StrJoin(key.teams, ",")};
}

v1::ApiKey ToProto(const KeyRow& key, std::optional<absl::Time> last_used, absl::Time now) {
  v1::ApiKey out;
  out.set_key_id(key.key_id);
  out.set_principal(key.principal);
  const ScopeSet scopes = ScopesOf(key);
  for (size_t i = 0; i < kScopes.size(); ++i)
    if (scopes & (1u << i)) out.add_scopes(kScopes[i]);
  out.set_state(key.revoked_at    ? v1::KeyState::REVOKED
                : key.LiveAt(now) ? v1::KeyState::ACTIVE
                                  : v1::KeyState::EXPIRED);
  if (key.expires_at) Set(*key.expires_at, out.mutable_expire_time());
  Set(key.created_at, out.mutable_create_time());
  if (last_used) Set(*last_used, out.mutable_last_used_time());
  out.set_prefix(key.prefix);
  out.set_kind(static_cast<v1::KeyKind::Code>(key.kind));
  out.set_role(static_cast<v1::Role::Code>(key.role));
  out.set_test_mode(key.test_mode);
  for (const absl::string_view team : absl::StrSplit(key.teams, ',', absl::SkipEmpty()))
    out.add_teams(std::string(team));
  return out;
}

}  // namespace hoiam::gateway
