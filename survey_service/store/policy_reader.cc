#include "survey_service/store/policy_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kPolicy[] = "SELECT body FROM ask_policy WHERE tenant_id = ?";

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadAskPolicy(const db::TenantDb& db) {
  std::optional<std::string> body;
  HOIAM_RETURN_IF_ERROR(db.Query(kPolicy, {}, [&](const db::Row& r) { body = r.Bytes(0); }));
  return body;
}

}  // namespace hoiam::survey
