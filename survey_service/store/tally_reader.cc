#include "survey_service/store/tally_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

// ORDER BY NULL: MariaDB would sort the groups.
constexpr char kAll[] =
    "SELECT touchpoint, item, CAST(SUM(n) AS SIGNED) FROM tally WHERE tenant_id = ? AND survey_id = ? AND day >= ? AND "
    "day < ? AND "
    "touchpoint = '' GROUP BY touchpoint, item ORDER BY NULL";
constexpr char kEach[] =
    "SELECT touchpoint, item, CAST(SUM(n) AS SIGNED) FROM tally WHERE tenant_id = ? AND survey_id = ? AND day >= ? AND "
    "day < ? "
    "GROUP BY touchpoint, item ORDER BY NULL";

}  // namespace

absl::StatusOr<std::map<std::string, Counts>> ReadTally(const db::TenantDb& db, const std::string& survey_id,
                                                        const DayRange& days, bool by_touchpoint) {
  std::map<std::string, Counts> counts;
  HOIAM_RETURN_IF_ERROR(db.Query(by_touchpoint ? kEach : kAll, {survey_id, days.first, days.end},
                                 [&](const db::Row& r) { counts[r.Bytes(0)][r.Bytes(1)] = r.Int(2); }));
  return counts;
}

}  // namespace hoiam::survey
