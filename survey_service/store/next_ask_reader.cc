#include "survey_service/store/next_ask_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kRange[] =
    "SELECT customer_id, eligible_at FROM next_ask FORCE INDEX (PRIMARY) "
    "WHERE tenant_id = ? AND customer_id >= ? AND customer_id <= ?";

}  // namespace

absl::StatusOr<std::map<std::string, std::optional<absl::Time>>> ReadNextAsks(const db::TenantDb& db,
                                                                              const std::string& first,
                                                                              const std::string& last) {
  std::map<std::string, std::optional<absl::Time>> asks;
  HOIAM_RETURN_IF_ERROR(db.Query(kRange, {first, last}, [&](const db::Row& r) { asks[r.Bytes(0)] = r.OptTime(1); }));
  return asks;
}

}  // namespace hoiam::survey
