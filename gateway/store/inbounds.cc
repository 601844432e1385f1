#include "gateway/store/inbounds.h"

#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

const std::string kFindByToken =
    "SELECT i.tenant_id, i.inbound_id, i.definition, i.secret, i.made_by, i.token_hash, i.generation, i.enabled, "
    "i.revision, i.created_at, u.last_used_at FROM inbound i LEFT JOIN inbound_use u ON u.tenant_id = i.tenant_id AND "
    "u.inbound_id = i.inbound_id WHERE i.token_hash = ?";

const std::string kFind =
    "SELECT i.tenant_id, i.inbound_id, i.definition, i.secret, i.made_by, i.token_hash, i.generation, i.enabled, "
    "i.revision, i.created_at, u.last_used_at FROM inbound i LEFT JOIN inbound_use u ON u.tenant_id = i.tenant_id AND "
    "u.inbound_id = i.inbound_id WHERE i.tenant_id = ? AND i.inbound_id = ?";

const std::string kList =
    "SELECT i.tenant_id, i.inbound_id, i.definition, i.secret, i.made_by, i.token_hash, i.generation, i.enabled, "
    "i.revision, i.created_at, u.last_used_at FROM inbound i LEFT JOIN inbound_use u ON u.tenant_id = i.tenant_id AND "
    "u.inbound_id = i.inbound_id WHERE i.tenant_id = ? AND i.inbound_id > ? ORDER BY i.inbound_id LIMIT ?";

const std::string kNoteUse =
    "INSERT INTO inbound_use (tenant_id, inbound_id, last_used_at) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE last_used_at = GREATEST(last_used_at, VALUES(last_used_at))";

UsedInbound ReadUsed(const db::Row& r) { return {InboundRow::Read(r), r.OptTime(10)}; }

}  // namespace

absl::StatusOr<std::optional<UsedInbound>> FindInboundByToken(const db::SystemDb& db, const std::string& token_hash) {
  std::optional<UsedInbound> found;
  HOIAM_RETURN_IF_ERROR(db->Query(kFindByToken, {token_hash}, [&](const db::Row& r) { found = ReadUsed(r); }));
  return found;
}

absl::StatusOr<std::optional<UsedInbound>> FindInbound(const db::TenantDb& db, const std::string& inbound_id) {
  std::optional<UsedInbound> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kFind, {inbound_id}, [&](const db::Row& r) { found = ReadUsed(r); }));
  return found;
}

absl::StatusOr<std::vector<UsedInbound>> ListInbounds(const db::TenantDb& db, const std::string& after, int limit) {
  std::vector<UsedInbound> found;
  HOIAM_RETURN_IF_ERROR(
      db.Query(kList, {after, int64_t{limit}}, [&](const db::Row& r) { found.push_back(ReadUsed(r)); }));
  return found;
}

absl::Status NoteInboundUse(const db::TenantDb& db, const std::string& inbound_id, absl::Time minute) {
  return db.Run(kNoteUse, {inbound_id, minute}).status();
}

}  // namespace hoiam::gateway
