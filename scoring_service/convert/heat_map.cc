#include "scoring_service/convert/heat_map.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include "scoring_service/convert/analysis_query.h"
#include "scoring_service/convert/row_sum.h"
#include "scoring_service/convert/scores.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {

ScoreQuery ReadHeatMapQuery(const v1::GetHeatMapRequest& q, const absl::TimeZone& reporting_zone, absl::Time now,
                            Violations& v) {
  ScoreQuery out = ReadAnswersOf(q, ReadZone(q.time_zone(), reporting_zone, v), v);
  out.metric = MetricOr(q.metric(), kCsat, v);
  out.interval = Interval::kWeek;
  out.group_by = {Dimension::kTouchpoint};
  if (!q.has_end_time()) out.end = PeriodOf(now, Interval::kWeek, out.zone).end;
  if (!q.has_start_time()) {
    // The end is the first moment after the last week.
    out.start = PeriodOf(out.end - absl::Nanoseconds(1), Interval::kWeek, out.zone).start;
    for (int i = 1; i < kHeatMapWeeks; ++i)
      out.start = PeriodOf(out.start - absl::Nanoseconds(1), Interval::kWeek, out.zone).start;
  }
  if (q.has_start_time() && !q.has_end_time() && out.end < out.start) EndBeforeStart("endTime", v);
  return out;
}

v1::GetHeatMapResponse FromHeatMap(const RowFrame& frame, const ScoreTable& table) {
  v1::GetHeatMapResponse out;
  for (const Period& week : table.periods) *out.add_weeks() = FromTime(week.start);
  std::vector<v1::GetHeatMapResponse::Line> lines;
  for (const ScoreGroup& group : table.groups) {
    if (group.key.front().empty()) continue;
    v1::GetHeatMapResponse::Line line;
    line.set_touchpoint(group.key.front());
    RowCounts total;
    for (size_t i = 0; i < table.periods.size(); ++i) {
      const RowCounts cell = CountsAt(table, group, i);
      *line.add_cells() = ToScoreRow(frame, cell);
      MergeInto(total, cell);
    }
    total.period = {table.periods.front().start, table.periods.back().end};
    *line.mutable_total() = ToScoreRow(frame, total);
    lines.push_back(std::move(line));
  }
  const auto order = [](const v1::GetHeatMapResponse::Line& line) {
    const v1::ScoreRow& total = line.total();
    return std::tuple(total.has_score() ? total.score() : std::numeric_limits<double>::infinity(), line.touchpoint());
  };
  std::sort(lines.begin(), lines.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  for (auto& line : lines) *out.add_lines() = std::move(line);
  return out;
}

}  // namespace hoiam::scoring
