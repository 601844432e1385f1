#include "scoring_service/convert/scores.h"

namespace hoiam::scoring {

RowCounts CountsAt(const ScoreTable& table, const ScoreGroup& group, size_t period) {
  RowCounts counts;
  counts.scope = group.scope;
  counts.key = group.key;
  counts.period = table.periods[period];
  counts.tallies = group.tallies[period];
  if (!group.csi.empty()) counts.csi = group.csi[period];
  return counts;
}

RowCounts CountsOf(const ScoreTable& table, Scope scope, const std::vector<std::string>& key) {
  for (const ScoreGroup& group : table.groups)
    if (group.scope == scope && group.key == key) return CountsAt(table, group, 0);
  RowCounts none;
  none.scope = scope;
  none.key = key;
  none.period = table.periods.front();
  return none;
}

v1::GetScoresResponse FromScoreTable(const RowFrame& frame, const ScoreTable& table) {
  v1::GetScoresResponse response;
  for (const ScoreGroup& group : table.groups)
    for (size_t i = 0; i < table.periods.size(); ++i)
      FillScoreRow(frame, CountsAt(table, group, i), *response.add_rows());
  return response;
}

}  // namespace hoiam::scoring
