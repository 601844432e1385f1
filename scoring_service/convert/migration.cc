#include "scoring_service/convert/migration.h"

#include "scoring_service/convert/analysis_query.h"
#include "scoring_service/convert/money.h"
#include "scoring_service/convert/score_row.h"

namespace hoiam::scoring {

MigrationQuery ReadMigrationQuery(const v1::GetMigrationRequest& q, const absl::TimeZone& reporting_zone,
                                  Violations& v) {
  MigrationQuery out;
  out.after = ReadAnswersOf(q, reporting_zone, v);
  if (IsNoMetricId(q.metric())) UnknownMetric("metric", v);
  CheckHasScore(q.metric(), v);
  out.after.filters = ReadFilter(q.filter(), "filter", v);
  ReadTime(q.has_base_start_time(), q.base_start_time(), "baseStartTime", out.base_start, v);
  // The base ends where the period begins; without a begin where the period ends.
  const absl::Time base_end = out.after.start == absl::InfinitePast() ? out.after.end : out.after.start;
  if (base_end < out.base_start) EndBeforeStart("baseStartTime", v);
  return out;
}

v1::GetMigrationResponse FromMigration(const Migration& migration) {
  v1::GetMigrationResponse out;
  Represented all;
  for (const MoveCount& move : migration.moves)
    for (const auto& [currency, money] : move.represented) all[currency] += money;
  for (const MoveCount& move : migration.moves) {
    v1::Move* m = out.add_moves();
    m->set_from(move.from);
    m->set_to(move.to);
    m->set_people(static_cast<int>(move.people));
    m->set_percent(move.percent);
    AddRevenue(move.represented, all, m->mutable_revenue());
  }
  for (const StepCount& step : migration.ladder) {
    v1::Step* s = out.add_ladder();
    s->set_from(step.from);
    s->set_people(static_cast<int>(step.people));
    s->set_up(static_cast<int>(step.up));
    s->set_same(static_cast<int>(step.same));
    s->set_down(static_cast<int>(step.down));
    s->set_one_up(static_cast<int>(step.one_up));
  }
  out.set_people(static_cast<int>(migration.people));
  if (migration.recovery) {
    out.set_recovery_percent(migration.recovery->value);
    *out.mutable_recovery_interval() = FromInterval(migration.recovery->interval, migration.recovery->method);
  }
  return out;
}

}  // namespace hoiam::scoring
