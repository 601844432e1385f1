#include "scoring_service/app/drivers.h"

#include <algorithm>
#include <utility>

#include "platform/base/status.h"
#include "scoring_service/app/one_scope.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/domain/tallies.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/score_reads.h"

namespace hoiam::scoring {
namespace {

// By scope and item; "" is all answers.
using ItemTallies = std::map<Scope, std::map<std::string, TallyByVersion>>;

absl::StatusOr<std::vector<CutKey>> KeysOf(const View& view, const ScoreSource& source, const ScoreQuery& query,
                                           const Cut& cut) {
  if (cut.dimensions.empty()) return std::vector<CutKey>{{}};
  HOIAM_ASSIGN_OR_RETURN(std::vector<CutKey> keys, ReadCutKeys(view, source, cut.id, std::nullopt));
  const auto is_out = [&](const CutKey& key) {
    DimensionValues values;
    values[static_cast<size_t>(cut.dimensions[0])] = key.key1;
    if (cut.dimensions.size() > 1) values[static_cast<size_t>(cut.dimensions[1])] = key.key2;
    return !query.Passes(values);
  };
  keys.erase(std::remove_if(keys.begin(), keys.end(), is_out), keys.end());
  return keys;
}

absl::Status CountFromRollups(const View& view, const ScoreQuery& query, const Cut& cut, DayRange days,
                              ItemTallies& items) {
  for (int version : query.versions) {
    ScoreSource source{query.metric, version, {kScopes.begin(), kScopes.end()}, query.kind, ""};
    if (query.scope) source.scopes = {*query.scope};
    HOIAM_ASSIGN_OR_RETURN(const std::vector<CutKey> keys, KeysOf(view, source, query, cut));
    for (size_t i = 0; i < keys.size(); i += kKeysPerRead) {
      const std::vector<CutKey> some(keys.begin() + i, keys.begin() + std::min(i + kKeysPerRead, keys.size()));
      HOIAM_RETURN_IF_ERROR(ReadItems(view, source, cut.id, some, days,
                                      [&](Scope scope, const CutKey&, const std::string& item, int64_t day,
                                          const Tally& tally) { items[scope][item][version].Merge(tally); }));
    }
  }
  return absl::OkStatus();
}

absl::Status CountFromAnswers(const View& view, const ScoreQuery& query, ItemTallies& items) {
  return EachAnswer(view, query, query.start, query.end, [&](const Answer& a) {
    if (!query.Passes(a.dimensions)) return;
    for (const Observation& o : a.observations)
      if (o.metric == query.metric) items[a.scope][o.item][o.version].Add(o.value, a.represented);
  });
}

absl::StatusOr<ItemTallies> CountItems(const View& view, const ScoreQuery& query) {
  const absl::TimeZone& zone = view.generation.zone;
  const Cut* cut = FindCut(query.Dimensions(), /*items=*/true);
  ItemTallies items;
  HOIAM_RETURN_IF_ERROR(view.db.InSnapshot([&] {
    if (!cut || !IsStartOfDay(query.start, zone) || !IsStartOfDay(query.end, zone))
      return CountFromAnswers(view, query, items);
    const Days days = DaysIn({query.start, query.end}, zone);
    return CountFromRollups(view, query, *cut, {days.from, days.to}, items);
  }));
  return items;
}

absl::StatusOr<DriverTable> CountReasons(const View& view, const ScoreQuery& query) {
  HOIAM_ASSIGN_OR_RETURN(ItemTallies items, CountItems(view, query));
  std::set<Scope> scopes;
  for (const auto& [scope, by_item] : items)
    if (const auto all = by_item.find(""); all != by_item.end() && AnswersIn(all->second) > 0) scopes.insert(scope);
  DriverTable table;
  HOIAM_ASSIGN_OR_RETURN(table.scope, OneScope(query, scopes));
  table.drivers = std::move(items[table.scope]);
  table.all = std::move(table.drivers[""]);
  table.drivers.erase("");
  return table;
}

absl::StatusOr<DriverTable> CountValues(const View& view, ScoreQuery query, Dimension by, absl::Time now) {
  query.group_by = {by};
  HOIAM_ASSIGN_OR_RETURN(const ScoreTable counted, ComputeScores(view, query, now));
  DriverTable table;
  HOIAM_ASSIGN_OR_RETURN(table.scope, OneScope(query, counted));
  for (const ScoreGroup& group : counted.groups) {
    if (group.scope != table.scope) continue;
    MergeInto(table.all, group.tallies.front());
    table.drivers[group.key.front()] = group.tallies.front();
  }
  return table;
}

}  // namespace

absl::StatusOr<DriverTable> CountDrivers(const View& view, const DriversQuery& query, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(DriverTable table,
                         query.by ? CountValues(view, query.scores, *query.by, now) : CountReasons(view, query.scores));
  const auto is_empty = [](const auto& driver) { return AnswersIn(driver.second) == 0; };
  for (auto it = table.drivers.begin(); it != table.drivers.end();) it = is_empty(*it) ? table.drivers.erase(it) : ++it;
  if (table.drivers.size() > kMaxScoreRows) return TooManyRows();
  table.period = {query.scores.start, query.scores.end};
  return table;
}

}  // namespace hoiam::scoring
