#include "survey_service/store/interaction_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kOne[] = "SELECT body FROM interaction WHERE tenant_id = ? AND interaction_id = ?";

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadInteraction(const db::TenantDb& db, const std::string& interaction_id) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kOne, {interaction_id}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

}  // namespace hoiam::survey
