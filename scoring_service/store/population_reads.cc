#include "scoring_service/store/population_reads.h"

#include <algorithm>

#include "platform/base/status.h"

namespace hoiam::scoring {
namespace {

constexpr char kGroups[] =
    "SELECT segment, team, icp_fit, COUNT(*) FROM person WHERE tenant_id = ? AND generation = ? AND kind IN (0, 1)"
    " GROUP BY segment, team, icp_fit";

int ColumnOf(Dimension d) { return d == Dimension::kSegment ? 0 : d == Dimension::kTeam ? 1 : 2; }

}  // namespace

absl::StatusOr<std::map<std::string, int64_t>> ReadPopulation(
    const View& view, Dimension by, const std::vector<std::pair<Dimension, std::string>>& where) {
  std::map<std::string, int64_t> population;
  HOIAM_RETURN_IF_ERROR(view.Query(kGroups, {}, [&](const db::Row& r) {
    const bool passes = std::all_of(where.begin(), where.end(), [&](const auto& part) {
      return !IsOfPeople(part.first) || r.Bytes(ColumnOf(part.first)) == part.second;
    });
    if (passes) population[r.Bytes(ColumnOf(by))] += r.Int(3);
  }));
  return population;
}

}  // namespace hoiam::scoring
