#include "scoring_service/convert/journey.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "scoring_service/convert/analysis_query.h"
#include "scoring_service/convert/row_sum.h"
#include "scoring_service/convert/scores.h"
#include "scoring_service/convert/verbatims.h"
#include "scoring_service/domain/journey.h"

namespace hoiam::scoring {
namespace {

using StageCode = hoiam::survey::v1::Stage;
using Place = std::pair<std::string, std::string>;  // stage and touchpoint

constexpr StageCode::Code kStages[] = {StageCode::BEFORE, StageCode::DURING, StageCode::AFTER, StageCode::UNSPECIFIED};
constexpr char kAtSomeTouchpoint[] = "touchpoint != \"\"";

std::string KeyOf(StageCode::Code stage) { return stage == StageCode::UNSPECIFIED ? "" : StageCode::Code_Name(stage); }

// Answers about no touchpoint are in no place.
std::map<Place, RowCounts> PlacesOf(const ScoreTable& table) {
  std::map<Place, RowCounts> places;
  for (const ScoreGroup& group : table.groups)
    if (!group.key[1].empty()) places[{group.key[0], group.key[1]}] = CountsAt(table, group, 0);
  return places;
}

// Everything in one, within one stage or, without one, anywhere.
RowCounts Together(const std::map<Place, RowCounts>& places, Scope scope, const Period& period,
                   const std::optional<std::string>& stage) {
  RowCounts all;
  for (const auto& [place, counts] : places)
    if (!stage || place.first == *stage) MergeInto(all, counts);
  all.scope = scope;
  all.period = period;
  if (stage) all.key = {*stage};
  return all;
}

RowFrame GroupedBy(RowFrame frame, std::vector<Dimension> dimensions) {
  frame.group_by = std::move(dimensions);
  return frame;
}

v1::ScoreRow StageRow(const RowFrame& frame, const RowCounts& counts) {
  v1::ScoreRow row = ToScoreRow(GroupedBy(frame, {Dimension::kStage}), counts);
  if (!row.has_withheld()) Narrow(kAtSomeTouchpoint, *row.mutable_verbatims());
  return row;
}

class Journey {
 public:
  explicit Journey(const JourneyTables& tables)
      : t_(tables), places_(PlacesOf(tables.scores)), expected_(PlacesOf(tables.expected)) {
    for (const auto& [place, counts] : places_) links_[place] = FiguresOf(place);
  }

  v1::GetJourneyResponse Tell() const {
    v1::GetJourneyResponse out;
    for (StageCode::Code stage : kStages) {
      const RowCounts counts = Together(places_, t_.scope, PeriodOf(), KeyOf(stage));
      if (stage != StageCode::UNSPECIFIED || AnswersIn(counts.tallies) > 0) AddStage(stage, counts, out);
    }
    std::vector<LinkFigures> figures;
    std::vector<Place> order;
    for (const auto& [place, link] : links_) {
      figures.push_back(link);
      order.push_back(place);
    }
    if (const auto weakest = WeakestLink(figures)) out.set_weakest_link(order[*weakest].second);
    RowCounts expected;
    for (const ScoreGroup& group : t_.expected.groups) MergeInto(expected, CountsAt(t_.expected, group, 0));
    expected.scope = t_.scope;
    expected.period = PeriodOf();
    expected.key.clear();
    if (AnswersIn(expected.tallies) > 0)
      *out.mutable_expectation() = ToScoreRow(GroupedBy(t_.expected_frame, {}), expected);
    return out;
  }

 private:
  Period PeriodOf() const { return t_.scores.periods.front(); }

  LinkFigures FiguresOf(const Place& place) const {
    RowCounts others;
    for (const auto& [other, counts] : places_)
      if (other != place) MergeInto(others, counts);
    const RowCounts& link = places_.at(place);
    const RowFrame bare = GroupedBy(t_.frame, {});
    return {FigureOf(bare, link), FigureOf(bare, others), AnswersIn(link.tallies), AnswersIn(others.tallies)};
  }

  void AddStage(StageCode::Code stage, const RowCounts& counts, v1::GetJourneyResponse& out) const {
    auto* sheet = out.add_stages();
    sheet->set_stage(stage);
    *sheet->mutable_row() = StageRow(t_.frame, counts);
    const RowCounts expected = Together(expected_, t_.scope, PeriodOf(), KeyOf(stage));
    if (AnswersIn(expected.tallies) > 0) *sheet->mutable_expectation() = StageRow(t_.expected_frame, expected);
    std::vector<Place> places;
    for (const auto& [place, link] : links_)
      if (place.first == KeyOf(stage)) places.push_back(place);
    const auto order = [&](const Place& place) {
      const auto& figure = links_.at(place).link;
      return std::tuple(figure ? figure->value : std::numeric_limits<double>::infinity(), place.second);
    };
    std::sort(places.begin(), places.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
    for (const Place& place : places) AddLink(place, *sheet);
  }

  void AddLink(const Place& place, v1::GetJourneyResponse::StageSheet& sheet) const {
    auto* link = sheet.add_links();
    link->set_touchpoint(place.second);
    *link->mutable_row() = ToScoreRow(t_.frame, places_.at(place));
    if (const auto expected = expected_.find(place); expected != expected_.end())
      *link->mutable_expectation() = ToScoreRow(t_.expected_frame, expected->second);
    link->set_weak(IsWeak(links_.at(place)));
  }

  const JourneyTables& t_;
  const std::map<Place, RowCounts> places_, expected_;
  std::map<Place, LinkFigures> links_;
};

}  // namespace

ScoreQuery ReadJourneyQuery(const v1::GetJourneyRequest& q, const absl::TimeZone& reporting_zone, Violations& v) {
  ScoreQuery out = ReadAnswersOf(q, reporting_zone, v);
  out.metric = MetricOr(q.metric(), kCsat, v);
  out.group_by = {Dimension::kStage, Dimension::kTouchpoint};
  return out;
}

v1::GetJourneyResponse FromJourney(const JourneyTables& tables) { return Journey(tables).Tell(); }

}  // namespace hoiam::scoring
