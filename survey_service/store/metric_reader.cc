#include "survey_service/store/metric_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kAll[] = "SELECT metric_id, body FROM metric_version WHERE tenant_id = ? ORDER BY metric_id, version";
constexpr char kOne[] =
    "SELECT body FROM metric_version WHERE tenant_id = ? AND metric_id = ? ORDER BY version DESC LIMIT 1";
constexpr char kVersion[] = "SELECT body FROM metric_version WHERE tenant_id = ? AND metric_id = ? AND version = ?";

}  // namespace

absl::StatusOr<std::vector<std::string>> ListMetrics(const db::TenantDb& db) {
  std::vector<std::string> bodies;
  std::string last;
  HOIAM_RETURN_IF_ERROR(db.Query(kAll, {}, [&](const db::Row& r) {
    if (bodies.empty() || r.Bytes(0) != last) bodies.emplace_back();
    last = r.Bytes(0);
    bodies.back() = r.Bytes(1);
  }));
  return bodies;
}

absl::StatusOr<std::optional<std::string>> ReadMetric(const db::TenantDb& db, const std::string& metric_id) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kOne, {metric_id}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

absl::StatusOr<std::optional<std::string>> ReadMetricVersion(const db::TenantDb& db, const std::string& metric_id,
                                                             int64_t version) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kVersion, {metric_id, version}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

}  // namespace hoiam::survey
