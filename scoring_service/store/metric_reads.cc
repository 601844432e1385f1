#include "scoring_service/store/metric_reads.h"

#include "platform/base/status.h"

namespace hoiam::scoring {
namespace {

constexpr char kOne[] = "SELECT body FROM metric_def WHERE tenant_id = ? AND generation = ? AND metric_id = ?";
constexpr char kAll[] = "SELECT body FROM metric_def WHERE tenant_id = ? AND generation = ?";

absl::StatusOr<std::vector<std::string>> Read(const View& view, const char* sql, const db::Values& params) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(view.Query(sql, params, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ReadMetricVersions(const View& view, absl::string_view metric) {
  return Read(view, kOne, {std::string(metric)});
}

absl::StatusOr<std::vector<std::string>> ReadAllMetricVersions(const View& view) { return Read(view, kAll, {}); }

}  // namespace hoiam::scoring
