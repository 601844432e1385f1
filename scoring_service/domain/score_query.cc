#include "scoring_service/domain/score_query.h"

#include <algorithm>

namespace hoiam::scoring {

std::vector<Dimension> ScoreQuery::Dimensions() const {
  std::vector<Dimension> all = group_by;
  for (const auto& [dimension, value] : filters)
    if (std::find(all.begin(), all.end(), dimension) == all.end()) all.push_back(dimension);
  return all;
}

bool ScoreQuery::Passes(const DimensionValues& values) const {
  return std::all_of(filters.begin(), filters.end(),
                     [&](const auto& f) { return Matches(f.first, values[static_cast<size_t>(f.first)], f.second); });
}

std::vector<std::string> ScoreQuery::GroupOf(const DimensionValues& values) const {
  std::vector<std::string> key;
  for (Dimension d : group_by) key.push_back(values[static_cast<size_t>(d)]);
  return key;
}

}  // namespace hoiam::scoring
