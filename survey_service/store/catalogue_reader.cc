#include "survey_service/store/catalogue_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kTouchpoints[] = "SELECT body FROM touchpoint WHERE tenant_id = ? ORDER BY touchpoint_id";
constexpr char kChannels[] = "SELECT body FROM channel WHERE tenant_id = ? ORDER BY channel_id";

absl::StatusOr<std::vector<std::string>> Bodies(const db::TenantDb& db, const char* sql) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(db.Query(sql, {}, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ListTouchpoints(const db::TenantDb& db) { return Bodies(db, kTouchpoints); }

absl::StatusOr<std::vector<std::string>> ListChannels(const db::TenantDb& db) { return Bodies(db, kChannels); }

}  // namespace hoiam::survey
