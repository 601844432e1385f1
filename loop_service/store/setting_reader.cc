#include "loop_service/store/setting_reader.h"

#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

constexpr char kSelectVersion[] = "SELECT version FROM playbook WHERE tenant_id = ?";
constexpr char kSelectAll[] = "SELECT kind, body FROM setting WHERE tenant_id = ?";
constexpr char kSelectKind[] = "SELECT body FROM setting WHERE tenant_id = ? AND kind = ? ORDER BY setting_id";

}  // namespace

absl::StatusOr<int64_t> ReadPlaybookVersion(const db::TenantDb& db) {
  int64_t version = 0;
  HOIAM_RETURN_IF_ERROR(db.Query(kSelectVersion, {}, [&](const db::Row& r) { version = r.Int(0); }));
  return version;
}

absl::StatusOr<std::vector<StoredSetting>> ReadSettings(const db::TenantDb& db) {
  std::vector<StoredSetting> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kSelectAll, {}, [&](const db::Row& r) { found.push_back({r.Bytes(0), r.Bytes(1)}); }));
  return found;
}

absl::StatusOr<std::vector<std::string>> ReadSettings(const db::TenantDb& db, absl::string_view kind) {
  std::vector<std::string> found;
  HOIAM_RETURN_IF_ERROR(
      db.Query(kSelectKind, {std::string(kind)}, [&](const db::Row& r) { found.push_back(r.Bytes(0)); }));
  return found;
}

}  // namespace hoiam::loop
