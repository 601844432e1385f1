#include "gateway/store/keys.h"

#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

const std::string kFindBySecret =
    "SELECT k.tenant_id, k.key_id, k.principal, k.scopes, k.secret_hash, k.prefix, k.created_at, k.expires_at, "
    "k.revoked_at, "
    "u.last_used_at FROM api_key k LEFT JOIN api_key_use u ON u.tenant_id = k.tenant_id AND u.key_id = k.key_id "
    "WHERE k.secret_hash = ?";

const std::string kList =
    "SELECT k.tenant_id, k.key_id, k.principal, k.scopes, k.secret_hash, k.prefix, k.created_at, k.expires_at, "
    "k.revoked_at, "
    "u.last_used_at FROM api_key k LEFT JOIN api_key_use u ON u.tenant_id = k.tenant_id AND u.key_id = k.key_id "
    "WHERE k.tenant_id = ? AND k.key_id > ? ORDER BY k.key_id LIMIT ?";

const std::string kReadUse = "SELECT last_used_at FROM api_key_use WHERE tenant_id = ? AND key_id = ?";

const std::string kNoteUse =
    "INSERT INTO api_key_use (tenant_id, key_id, last_used_at) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE last_used_at = GREATEST(last_used_at, VALUES(last_used_at))";

const std::string kAddTenant =
    "INSERT INTO tenant (tenant_id, display_name, created_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE tenant_id = "
    "tenant_id";

const std::string kLock =
    "SELECT tenant_id, key_id, principal, scopes, secret_hash, prefix, created_at, expires_at, revoked_at FROM api_key "
    "WHERE tenant_id = ? AND key_id = ? FOR UPDATE";

const std::string kReplace =
    "REPLACE INTO api_key (tenant_id, key_id, principal, scopes, secret_hash, prefix, created_at, expires_at, "
    "revoked_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

UsedKey ReadUsed(const db::Row& r) { return {KeyRow::Read(r), r.OptTime(9)}; }

}  // namespace

absl::StatusOr<std::optional<UsedKey>> FindKeyBySecret(db::Session& session, const std::string& secret_hash) {
  std::optional<UsedKey> found;
  HOIAM_RETURN_IF_ERROR(session.Query(kFindBySecret, {secret_hash}, [&](const db::Row& r) { found = ReadUsed(r); }));
  return found;
}

absl::StatusOr<std::vector<UsedKey>> ListKeys(db::Session& session, const std::string& tenant, const std::string& after,
                                              int limit) {
  std::vector<UsedKey> keys;
  HOIAM_RETURN_IF_ERROR(
      session.Query(kList, {tenant, after, int64_t{limit}}, [&](const db::Row& r) { keys.push_back(ReadUsed(r)); }));
  return keys;
}

absl::StatusOr<std::optional<absl::Time>> ReadLastUse(db::Session& session, const std::string& tenant,
                                                      const std::string& key_id) {
  std::optional<absl::Time> used;
  HOIAM_RETURN_IF_ERROR(session.Query(kReadUse, {tenant, key_id}, [&](const db::Row& r) { used = r.OptTime(0); }));
  return used;
}

absl::Status NoteUse(db::Session& session, const std::string& tenant, const std::string& key_id, absl::Time minute) {
  return session.Run(kNoteUse, {tenant, key_id, minute}).status();
}

absl::Status AddTenant(db::Session& session, absl::string_view tenant, absl::string_view display_name, absl::Time now) {
  return session.Run(kAddTenant, {std::string(tenant), std::string(display_name), now}).status();
}

absl::StatusOr<std::optional<KeyRow>> LockKey(db::Session& session, absl::string_view tenant,
                                              absl::string_view key_id) {
  std::optional<KeyRow> found;
  HOIAM_RETURN_IF_ERROR(session.Query(kLock, {std::string(tenant), std::string(key_id)},
                                      [&](const db::Row& r) { found = KeyRow::Read(r); }));
  return found;
}

absl::Status ReplaceKey(db::Session& session, const KeyRow& key) {
  db::Values values;
  key.Bind(values);
  return session.Run(kReplace, values).status();
}

}  // namespace hoiam::gateway
