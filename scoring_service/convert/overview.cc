#include "scoring_service/convert/overview.h"

#include "scoring_service/convert/score_query.h"
#include "scoring_service/convert/scores.h"
#include "scoring_service/errors.h"

namespace hoiam::scoring {

OverviewQuery ReadOverviewQuery(const v1::GetOverviewRequest& q, const absl::TimeZone& reporting_zone, Violations& v) {
  OverviewQuery out;
  ReadTime(q.has_start_time(), q.start_time(), "startTime", out.answers.start, v);
  ReadTime(q.has_end_time(), q.end_time(), "endTime", out.answers.end, v);
  if (out.answers.end < out.answers.start) EndBeforeStart("endTime", v);
  out.answers.filters = ReadFilter(q.filter(), "filter", v);
  out.answers.zone = reporting_zone;
  if (!v1::Interval::Code_IsValid(q.interval())) UnknownInterval(v);
  if (q.interval() != v1::Interval::UNSPECIFIED) out.trend = static_cast<Interval>(q.interval());
  if (q.loyal_purchases() < 0) NotPositive("loyalPurchases", v);
  if (q.loyal_days() < 0) NotPositive("loyalDays", v);
  if (q.loyal_purchases() > 0) out.loyal_purchases = q.loyal_purchases();
  if (q.loyal_days() > 0) out.loyal_time = absl::Hours(24) * q.loyal_days();
  return out;
}

void AddSheets(const RowFrame& frame, const ScoreTable& all, const ScoreTable* trend,
               google::protobuf::RepeatedPtrField<v1::GetOverviewResponse::Sheet>* out) {
  for (const ScoreGroup& group : all.groups) {
    v1::GetOverviewResponse::Sheet* sheet = out->Add();
    sheet->set_metric(frame.metric.id());
    *sheet->mutable_row() = ToScoreRow(frame, CountsAt(all, group, 0));
    if (!trend) continue;
    for (const ScoreGroup& line : trend->groups)
      for (size_t i = 0; i < trend->periods.size() && line.scope == group.scope; ++i)
        *sheet->add_trend() = ToScoreRow(frame, CountsAt(*trend, line, i));
  }
}

void AddFits(const std::map<std::string, FitCounts>& fits,
             google::protobuf::RepeatedPtrField<v1::GetOverviewResponse::IcpGroup>* out) {
  for (const char* fit : {"FIT", "NO_FIT", ""}) {
    const auto it = fits.find(fit);
    if (it == fits.end()) continue;
    v1::GetOverviewResponse::IcpGroup* group = out->Add();
    group->set_icp_fit(fit);
    group->set_customers(static_cast<int>(it->second.customers));
    group->set_new_customers(static_cast<int>(it->second.heard_of));
    group->set_cases(static_cast<int>(it->second.cases));
  }
}

v1::GetOverviewResponse::Rate FromShare(const ShareOf& share) {
  v1::GetOverviewResponse::Rate rate;
  rate.set_count(static_cast<int>(share.count));
  rate.set_of(static_cast<int>(share.of));
  if (const auto figure = FigureOf(WeightedCounts{{0, share.of - share.count}, {1000, share.count}})) {
    rate.set_percent(figure->value);
    *rate.mutable_interval() = FromInterval(figure->interval, figure->method);
  }
  return rate;
}

}  // namespace hoiam::scoring
