#include "gateway/store/keys.h"

#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

const std::string kFindBySecret =
    "SELECT k.tenant_id, k.key_id, k.principal, k.scopes, k.secret_hash, k.prefix, k.created_at, k.expires_at, "
    "k.revoked_at, k.kind, k.role, k.test_mode, k.teams, u.last_used_at, t.state, t.requests_per_second, "
    "t.concurrent_requests "
    "FROM api_key k JOIN tenant t ON t.tenant_id = k.tenant_id "
    "LEFT JOIN api_key_use u ON u.tenant_id = k.tenant_id AND u.key_id = k.key_id WHERE k.secret_hash = ?";

const std::string kList =
    "SELECT k.tenant_id, k.key_id, k.principal, k.scopes, k.secret_hash, k.prefix, k.created_at, k.expires_at, "
    "k.revoked_at, k.kind, k.role, k.test_mode, k.teams, u.last_used_at FROM api_key k LEFT JOIN api_key_use u ON "
    "u.tenant_id = "
    "k.tenant_id AND u.key_id = k.key_id WHERE k.tenant_id = ? AND k.key_id > ? AND k.test_mode >= ? ORDER BY k.key_id "
    "LIMIT ?";

const std::string kReadUse = "SELECT last_used_at FROM api_key_use WHERE tenant_id = ? AND key_id = ?";

const std::string kNoteUse =
    "INSERT INTO api_key_use (tenant_id, key_id, last_used_at) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE last_used_at = GREATEST(last_used_at, VALUES(last_used_at))";

const std::string kReplace =
    "REPLACE INTO api_key (tenant_id, key_id, principal, scopes, secret_hash, prefix, created_at, expires_at, "
    "revoked_at, kind, role, test_mode, teams) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

PresentedKey ReadPresented(const db::Row& r) {
  PresentedKey found{KeyRow::Read(r), r.OptTime(13), {}};
  found.tenant.tenant_id = found.key.tenant_id;
  found.tenant.state = r.Int(14);
  found.tenant.requests_per_second = r.OptInt(15);
  found.tenant.concurrent_requests = r.OptInt(16);
  return found;
}

}  // namespace

absl::StatusOr<std::optional<PresentedKey>> FindKeyBySecret(const db::SystemDb& db, const std::string& secret_hash) {
  std::optional<PresentedKey> found;
  HOIAM_RETURN_IF_ERROR(db->Query(kFindBySecret, {secret_hash}, [&](const db::Row& r) { found = ReadPresented(r); }));
  return found;
}

absl::StatusOr<std::vector<UsedKey>> ListKeys(const db::TenantDb& db, bool test_only, const std::string& after,
                                              int limit) {
  std::vector<UsedKey> keys;
  HOIAM_RETURN_IF_ERROR(db.Query(kList, {after, int64_t{test_only}, int64_t{limit}}, [&](const db::Row& r) {
    keys.push_back({KeyRow::Read(r), r.OptTime(13)});
  }));
  return keys;
}

absl::StatusOr<std::optional<absl::Time>> ReadLastUse(const db::TenantDb& db, const std::string& key_id) {
  std::optional<absl::Time> used;
  HOIAM_RETURN_IF_ERROR(db.Query(kReadUse, {key_id}, [&](const db::Row& r) { used = r.OptTime(0); }));
  return used;
}

absl::Status NoteUse(const db::TenantDb& db, const std::string& key_id, absl::Time minute) {
  return db.Run(kNoteUse, {key_id, minute}).status();
}

absl::Status ReplaceKey(const db::TenantDb& db, const KeyRow& key) {
  db::Values values;
  key.Bind(values);
  values.erase(values.begin());  // the tenant is the handle's
  return db.Run(kReplace, values).status();
}

}  // namespace hoiam::gateway
