#include "scoring_service/convert/compare.h"

#include "scoring_service/convert/score_query.h"
#include "scoring_service/domain/change_test.h"
#include "scoring_service/domain/compared_periods.h"
#include "scoring_service/domain/numbers.h"
#include "scoring_service/errors.h"

namespace hoiam::scoring {
namespace {

constexpr double kSignificant = 0.05;

void ReadPeriods(const v1::CompareScoresRequest& q, absl::Time now, Violations& v, CompareQuery& out) {
  const absl::TimeZone& zone = out.current.zone;
  Period current = {absl::InfinitePast(), absl::InfiniteFuture()}, base = current;
  ReadTime(q.has_start_time(), q.start_time(), "startTime", current.start, v);
  ReadTime(q.has_end_time(), q.end_time(), "endTime", current.end, v);
  ReadTime(q.has_base_start_time(), q.base_start_time(), "baseStartTime", base.start, v);
  ReadTime(q.has_base_end_time(), q.base_end_time(), "baseEndTime", base.end, v);
  const bool base_times = q.has_base_start_time() || q.has_base_end_time();
  if (!q.has_start_time() && q.base_filter().empty())
    Required("startTime", "is needed where two periods are held against each other", v);
  if (q.has_start_time() && !q.has_end_time()) current = UpToNow(current.start, now, zone);
  if (current.end < current.start) EndBeforeStart("endTime", v);
  if (!v.empty()) return;
  if (!base_times) {
    base = q.base_filter().empty() ? PeriodBefore(current, zone) : current;
  } else if (!q.has_base_end_time()) {
    base.end = current.start > base.start ? current.start : absl::InfiniteFuture();
  }
  if (base.end < base.start) EndBeforeStart("baseEndTime", v);
  out.current.start = current.start;
  out.current.end = current.end;
  out.base.start = base.start;
  out.base.end = base.end;
}

}  // namespace

CompareQuery ReadCompareQuery(const v1::CompareScoresRequest& q, const absl::TimeZone& reporting_zone, absl::Time now,
                              Violations& v) {
  CompareQuery out;
  if (IsNoMetricId(q.metric())) UnknownMetric("metric", v);
  out.current.kind = ReadKind(q.has_solicited(), q.solicited(), q.incentivised());
  out.current.scope = ReadScope(q.scope(), v);
  if (!v1::AnswerSelection::Code_IsValid(q.answers())) UnknownAnswerSelection(v);
  out.current.last_per_person = q.answers() == v1::AnswerSelection::LAST_PER_PERSON;
  out.current.zone = reporting_zone;
  out.base = out.current;
  out.current.filters = ReadFilter(q.filter(), "filter", v);
  out.base.filters = q.base_filter().empty() ? out.current.filters : ReadFilter(q.base_filter(), "baseFilter", v);
  ReadPeriods(q, now, v, out);
  return out;
}

v1::ScoreComparison ToComparison(const RowFrame& current, const RowCounts& current_counts, const RowFrame& base,
                                 const RowCounts& base_counts) {
  v1::ScoreComparison out;
  *out.mutable_current() = ToScoreRow(current, current_counts);
  *out.mutable_base() = ToScoreRow(base, base_counts);
  out.set_enough_data(out.current().enough_data() && out.base().enough_data());
  const auto now = FigureOf(current, current_counts), before = FigureOf(base, base_counts);
  if (!now || !before) return out;
  out.set_difference(Round3(now->value - before->value));
  const auto change = TestChange(SideOf(now->test), SideOf(before->test));
  if (!change) return out;
  *out.mutable_interval() = FromInterval(change->interval, now->method);
  out.set_z(change->z);
  out.set_p_value(change->p_value);
  out.set_significant(out.enough_data() && change->p_value < kSignificant);
  return out;
}

v1::ImprovementVerdict::Code VerdictOf(const v1::ScoreComparison& comparison, absl::string_view metric) {
  if (!comparison.enough_data() || !comparison.has_difference()) return v1::ImprovementVerdict::NOT_ENOUGH_DATA;
  if (!comparison.significant()) return v1::ImprovementVerdict::NO_CHANGE_SHOWN;
  const bool higher = comparison.difference() > 0, better = metric == kIdealGap ? !higher : higher;
  return better ? v1::ImprovementVerdict::BETTER : v1::ImprovementVerdict::WORSE;
}

}  // namespace hoiam::scoring
