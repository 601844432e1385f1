#include "scoring_service/convert/drivers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "scoring_service/convert/analysis_query.h"
#include "scoring_service/convert/verbatims.h"

namespace hoiam::scoring {
namespace {

constexpr char kReason[] = "reason";

bool IsCurrency(absl::string_view text) {
  return text.size() == 3 && absl::ascii_isupper(text[0]) && absl::ascii_isupper(text[1]) &&
         absl::ascii_isupper(text[2]);
}

void ReadPareto(const v1::GetDriversRequest& q, DriversQuery& out, Violations& v) {
  if (!v1::ParetoBy::Code_IsValid(q.pareto())) UnknownPareto(v);
  if (q.pareto() != v1::ParetoBy::UNSPECIFIED) out.pareto = static_cast<ParetoBy>(q.pareto());
  out.currency = q.currency();
  if (out.pareto != ParetoBy::kCount && !IsCurrency(out.currency))
    Required("currency", "must be the ISO 4217 code of the money to rank by: currencies are not added", v);
}

// Answers that chose an option.
std::string ChoseFilter(absl::string_view reason) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(reason, absl::MaxSplits('/', 1));
  return absl::StrCat("answers.", parts.first, " = ", QuotedInFilter(parts.second));
}

RowCounts RowOf(const DriverTable& table, const TallyByVersion& tallies) {
  RowCounts counts;
  counts.scope = table.scope;
  counts.period = table.period;
  counts.tallies = tallies;
  return counts;
}

}  // namespace

DriversQuery ReadDriversQuery(const v1::GetDriversRequest& q, const absl::TimeZone& reporting_zone, Violations& v) {
  DriversQuery out;
  out.scores = ReadAnswersOf(q, reporting_zone, v);
  out.scores.metric = MetricOr(q.metric(), kNps, v);
  CheckHasScore(out.scores.metric, v);
  out.scores.filters = ReadFilter(q.filter(), "filter", v);
  if (out.scores.filters.size() > 1) TooManyFilters("filter", 1, v);
  if (!q.by().empty() && q.by() != kReason) out.by = ReadDimension(q.by(), "by", v);
  ReadPareto(q, out, v);
  return out;
}

v1::GetDriversResponse FromDriverTable(const DriversQuery& query, RowFrame frame, const DriverTable& table) {
  v1::GetDriversResponse out;
  *out.mutable_total() = ToScoreRow(frame, RowOf(table, table.all));
  if (query.by)
    frame.group_by = {*query.by};
  else
    frame.targets.clear();  // what is aimed at is of all answers
  std::map<std::string, RowCounts> rows;
  std::vector<DriverCounts> counts;
  for (const auto& [driver, tallies] : table.drivers) {
    RowCounts row = RowOf(table, tallies);
    if (query.by) row.key = {driver};
    counts.push_back({driver, tallies, IsWithheld(frame, row)});
    rows.emplace(driver, std::move(row));
  }
  for (const RankedDriver& ranked : RankDrivers(frame.metric, table.all, counts, query.pareto, query.currency)) {
    v1::Driver* driver = out.add_drivers();
    driver->set_driver(ranked.driver);
    *driver->mutable_row() = ToScoreRow(frame, rows.at(ranked.driver));
    if (!query.by && !driver->row().has_withheld())
      Narrow(ChoseFilter(ranked.driver), *driver->mutable_row()->mutable_verbatims());
    if (ranked.impact) driver->set_impact(*ranked.impact);
    driver->set_unhappy(static_cast<int>(ranked.unhappy));
    driver->set_percent(ranked.percent);
    driver->set_cumulative_percent(ranked.cumulative);
    driver->set_vital(ranked.vital);
  }
  return out;
}

}  // namespace hoiam::scoring
