#include "scoring_service/domain/target.h"

namespace hoiam::scoring {

std::optional<double> TargetFor(const std::vector<TargetScore>& targets, const std::string& metric,
                                const std::vector<std::pair<Dimension, std::string>>& where) {
  if (where.size() > 1) return std::nullopt;
  for (const TargetScore& t : targets) {
    if (t.metric != metric || t.dimension.has_value() != !where.empty()) continue;
    if (where.empty() || (*t.dimension == where[0].first && t.value == where[0].second)) return t.score;
  }
  return std::nullopt;
}

}  // namespace hoiam::scoring
