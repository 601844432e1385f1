#include "scoring_service/domain/group_counter.h"

#include <algorithm>

#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

bool IsCsi(absl::string_view metric) { return metric == kCsi || metric == kCsiImportance || metric == kCsiChosen; }

// The attributes that one person rated.
std::vector<std::pair<std::pair<int, std::string>, int>> RatedBy(const Answer& answer) {
  std::vector<std::pair<std::pair<int, std::string>, int>> rated;
  for (const Observation& o : answer.observations) {
    const size_t slash = o.item.find('/');
    if (o.metric != kCsi || slash == std::string::npos) continue;
    rated.push_back({{CsiObjectOf(absl::string_view(o.item).substr(0, slash)), o.item.substr(slash + 1)}, o.value});
  }
  return rated;
}

}  // namespace

Scope UsualScope(absl::string_view metric) {
  if (metric == kNps || metric == kCsi) return Scope::kRelationship;
  return metric == kCes ? Scope::kService : Scope::kTouchpoint;
}

bool GroupCounter::Cell::HasAnswers() const {
  return std::any_of(tallies.begin(), tallies.end(), [](const auto& t) { return Total(t.second.counts) != 0; });
}

std::vector<GroupCounter::Key> GroupCounter::KeysOf(Scope scope, const DimensionValues& values) const {
  std::vector<Key> keys = {{scope, query_.GroupOf(values)}};
  if (!query_.subtree) return keys;
  const auto at = std::find(query_.group_by.begin(), query_.group_by.end(), Dimension::kTouchpoint);
  if (at == query_.group_by.end()) return keys;
  const size_t i = at - query_.group_by.begin();
  Key key = keys[0];
  for (size_t dot = key.second[i].rfind('.'); dot != std::string::npos; dot = key.second[i].rfind('.')) {
    key.second[i].resize(dot);
    keys.push_back(key);
  }
  return keys;
}

GroupCounter::Cell* GroupCounter::At(const Key& key, size_t period) {
  std::vector<Cell>& cells = groups_[key];
  if (cells.empty()) cells.resize(periods_);
  full_ = full_ || groups_.size() * periods_ > kMaxScoreRows;
  return full_ ? nullptr : &cells[period];
}

void GroupCounter::Add(Scope scope, const DimensionValues& values, size_t period, absl::string_view metric, int version,
                       absl::string_view item, const Tally& tally) {
  for (const Key& key : KeysOf(scope, values)) {
    Cell* cell = At(key, period);
    if (!cell) return;
    if (metric == query_.metric && item == query_.item) cell->tallies[version].Merge(tally);
    if (query_.metric == kCsi && IsCsi(metric)) cell->csi.Add(metric, item, tally.counts);
  }
}

void GroupCounter::Add(const Answer& answer, size_t period) {
  if (!query_.Passes(answer.dimensions)) return;
  for (const Observation& o : answer.observations) {
    const bool asked = o.metric == query_.metric && o.item == query_.item;
    if (!asked && !(query_.metric == kCsi && IsCsi(o.metric))) continue;
    Tally one;
    one.Add(o.value, answer.represented);
    Add(answer.scope, answer.dimensions, period, o.metric, o.version, o.item, one);
  }
}

bool GroupCounter::NeedsWeights() const {
  return std::any_of(groups_.begin(), groups_.end(), [](const auto& group) {
    return std::any_of(group.second.begin(), group.second.end(), [](const Cell& cell) {
      const auto& attributes = cell.csi.attributes;
      return attributes.size() > 1 && std::none_of(attributes.begin(), attributes.end(), [](const auto& a) {
               return a.second.asked > 0 || Total(a.second.importance) > 0;
             });
    });
  });
}

void GroupCounter::Correlate(const Answer& answer, size_t period) {
  if (!query_.Passes(answer.dimensions)) return;
  const auto rated = RatedBy(answer);
  if (rated.size() < 2) return;
  double sum = 0;
  for (const auto& [attribute, score] : rated) sum += score;
  for (const Key& key : KeysOf(answer.scope, answer.dimensions)) {
    Cell* cell = At(key, period);
    if (!cell) return;
    for (const auto& [attribute, score] : rated)
      cell->correlators[attribute].Add(score, (sum - score) / static_cast<double>(rated.size() - 1));
  }
}

ScoreTable GroupCounter::Take(std::vector<Period> periods) && {
  ScoreTable table{std::move(periods), {}};
  const bool csi = query_.metric == kCsi;
  const auto add = [&](Key key, std::vector<Cell> cells) {
    ScoreGroup group;
    group.scope = key.first;
    group.key = std::move(key.second);
    for (Cell& cell : cells) {
      for (const auto& [attribute, correlator] : cell.correlators)
        if (const auto it = cell.csi.attributes.find(attribute); it != cell.csi.attributes.end())
          it->second.correlation = correlator.Value();
      group.tallies.push_back(std::move(cell.tallies));
      if (csi) group.csi.push_back(std::move(cell.csi));
    }
    table.groups.push_back(std::move(group));
  };
  for (auto& [key, cells] : groups_)
    if (std::any_of(cells.begin(), cells.end(), [](const Cell& c) { return c.HasAnswers(); }))
      add(key, std::move(cells));
  if (table.groups.empty() && query_.group_by.empty())
    add({query_.scope.value_or(UsualScope(query_.metric)), {}}, std::vector<Cell>(periods_));
  return table;
}

}  // namespace hoiam::scoring
