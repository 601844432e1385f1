#include "scoring_service/app/scores.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "platform/base/status.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/score_reads.h"

namespace hoiam::scoring {
namespace {

// The groups of a table while they are being counted.
class GroupCounter {
 public:
  GroupCounter(const ScoreQuery& query, size_t periods) : query_(query), periods_(periods) {
    if (query.group_by.empty()) groups_[{}].resize(periods);
  }
  // The tally to add to; nullptr once there are too many rows.
  Tally* At(const DimensionValues& values, size_t period) {
    std::vector<Tally>& tallies = groups_[query_.GroupOf(values)];
    if (tallies.empty()) tallies.resize(periods_);
    if (groups_.size() * periods_ > kMaxScoreRows) return nullptr;
    return &tallies[period];
  }
  ScoreTable Take(std::vector<Period> periods) {
    ScoreTable table{std::move(periods), {}};
    for (auto& [key, tallies] : groups_) table.groups.push_back({key, std::move(tallies)});
    return table;
  }

 private:
  const ScoreQuery& query_;
  const size_t periods_;
  std::map<std::vector<std::string>, std::vector<Tally>> groups_;
};

absl::StatusOr<std::vector<Period>> PeriodsOf(const db::TenantDb& db, const ScoreSource& source,
                                              const ScoreQuery& query, absl::Time now) {
  absl::Time start = query.start, end = query.end;
  if (query.interval != Interval::kAll && (start == absl::InfinitePast() || end == absl::InfiniteFuture())) {
    HOIAM_ASSIGN_OR_RETURN(const auto answered, ReadAnsweredRange(db, source));
    const absl::Time last = answered ? std::max(now, answered->last) : now;
    if (start == absl::InfinitePast()) {
      if (!answered) return std::vector<Period>();
      start = PeriodOf(answered->first, query.interval, query.zone).start;
    }
    if (end == absl::InfiniteFuture()) end = PeriodOf(last, query.interval, query.zone).end;
  }
  auto periods = CutIntoPeriods(start, end, query.interval, query.zone, kMaxScoreRows);
  if (!periods) return TooManyRows();
  return *std::move(periods);
}

// Index of the period that `t` lies in; `t` must lie in one.
size_t IndexOf(const std::vector<Period>& periods, absl::Time t) {
  const auto after =
      std::upper_bound(periods.begin(), periods.end(), t, [](absl::Time at, const Period& p) { return at < p.start; });
  return after - periods.begin() - 1;
}

// --- from rollups
// ------------------------------------------------------------------------------------------------------

bool AreWholeDays(const std::vector<Period>& periods, const absl::TimeZone& reporting_zone) {
  return std::all_of(periods.begin(), periods.end(), [&](const Period& p) {
    return IsStartOfDay(p.start, reporting_zone) && IsStartOfDay(p.end, reporting_zone);
  });
}

DayRange DaysOf(const std::vector<Period>& periods, const absl::TimeZone& zone) {
  constexpr int64_t kFirst = -1'000'000, kLast = 10'000'000;  // open ends
  const absl::Time start = periods.front().start, end = periods.back().end;
  return {start == absl::InfinitePast() ? kFirst : DayOf(start, zone),
          end == absl::InfiniteFuture() ? kLast : DayOf(end, zone)};
}

DimensionValues ValuesOf(const Cut& cut, const CutKey& key) {
  DimensionValues values;
  if (cut.dimensions.size() > 0) values[static_cast<size_t>(cut.dimensions[0])] = key.key1;
  if (cut.dimensions.size() > 1) values[static_cast<size_t>(cut.dimensions[1])] = key.key2;
  return values;
}

const std::string* FilteredTo(const ScoreQuery& query, Dimension d) {
  for (const auto& [dimension, value] : query.filters)
    if (dimension == d) return &value;
  return nullptr;
}

// The one key that the filters leave of a cut; nullopt when they leave more.
std::optional<CutKey> OnlyKey(const ScoreQuery& query, const Cut& cut) {
  DimensionValues values;
  for (Dimension d : cut.dimensions) {
    const std::string* value = FilteredTo(query, d);
    if (!value) return std::nullopt;
    values[static_cast<size_t>(d)] = *value;
  }
  return KeyIn(cut, values);
}

absl::StatusOr<std::vector<CutKey>> KeysOf(const db::TenantDb& db, const ScoreSource& source, const ScoreQuery& query,
                                           const Cut& cut) {
  std::vector<CutKey> keys;
  if (const auto only = OnlyKey(query, cut)) {
    keys = {*only};
  } else {
    const std::string* first = FilteredTo(query, cut.dimensions[0]);
    HOIAM_ASSIGN_OR_RETURN(keys, ReadCutKeys(db, source, cut.id, first ? std::optional(*first) : std::nullopt));
  }
  keys.erase(std::remove_if(keys.begin(), keys.end(), [&](const CutKey& k) { return !query.Passes(ValuesOf(cut, k)); }),
             keys.end());
  return keys;
}

absl::Status CountRollups(const db::TenantDb& db, const ScoreSource& source, const ScoreQuery& query, const Cut& cut,
                          const std::vector<Period>& periods, const absl::TimeZone& zone, GroupCounter& counter) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<CutKey> keys, KeysOf(db, source, query, cut));
  const DayRange days = DaysOf(periods, zone);
  const auto read = periods.size() == 1 ? ReadDaysSummed : ReadDays;
  bool too_many = false;
  const auto add = [&](const CutKey& key, int64_t day, const Tally& tally) {
    // A day that was counted and taken back again leaves a row of zeros.
    if (Total(tally.counts) == 0 && tally.revenue.empty()) return;
    const size_t period = periods.size() == 1 ? 0 : IndexOf(periods, StartOfDay(day, zone));
    Tally* at = counter.At(ValuesOf(cut, key), period);
    if (at)
      at->Merge(tally);
    else
      too_many = true;
  };
  for (size_t i = 0; i < keys.size() && !too_many; i += kKeysPerRead) {
    const std::vector<CutKey> some(keys.begin() + i, keys.begin() + std::min(i + kKeysPerRead, keys.size()));
    HOIAM_RETURN_IF_ERROR(read(db, source, cut.id, some, days, add));
  }
  return too_many ? TooManyRows() : absl::OkStatus();
}

// --- from answers
// ------------------------------------------------------------------------------------------------------

absl::Status CountAnswersOneByOne(const db::TenantDb& db, const ScoreSource& source, const ScoreQuery& query,
                                  const std::vector<Period>& periods, GroupCounter& counter) {
  const absl::Time start = periods.front().start, end = periods.back().end;
  HOIAM_ASSIGN_OR_RETURN(const int64_t count, CountAnswers(db, source, start, end, kMaxScannedAnswers + 1));
  if (count > kMaxScannedAnswers) return CutNotKept();
  bool too_many = false;
  const auto add = [&](const Answer& a, size_t period) {
    if (!query.Passes(a.dimensions)) return;
    Tally* at = counter.At(a.dimensions, period);
    if (at)
      at->Add(*a.score, a.revenue);
    else
      too_many = true;
  };
  // Answers come by time: what a person says last in a period replaces what came before.
  std::unordered_map<std::string, Answer> last;
  size_t current = 0;
  const auto flush = [&] {
    for (const auto& [customer, answer] : last) add(answer, current);
    last.clear();
  };
  HOIAM_RETURN_IF_ERROR(ScanAnswers(db, source, start, end, [&](Answer a) {
    const size_t period = IndexOf(periods, a.responded_at);
    if (period != current) flush();
    current = period;
    if (query.last_per_person && !a.customer_id.empty()) {
      last[a.customer_id] = std::move(a);
    } else {
      add(a, period);
    }
  }));
  flush();
  return too_many ? TooManyRows() : absl::OkStatus();
}

// Groups whose answers were all taken back are not shown.
void DropEmptyGroups(const ScoreQuery& query, ScoreTable& table) {
  if (query.group_by.empty()) return;
  const auto empty = [](const ScoreGroup& g) {
    return std::all_of(g.tallies.begin(), g.tallies.end(), [](const Tally& t) { return Total(t.counts) == 0; });
  };
  table.groups.erase(std::remove_if(table.groups.begin(), table.groups.end(), empty), table.groups.end());
}

}  // namespace

absl::StatusOr<ScoreTable> ComputeScores(const db::TenantDb& db, const ScoreQuery& query,
                                         const absl::TimeZone& reporting_zone, absl::Time now) {
  const ScoreSource source{query.metric, query.solicited};
  HOIAM_ASSIGN_OR_RETURN(std::vector<Period> periods, PeriodsOf(db, source, query, now));
  GroupCounter counter(query, periods.size());
  if (!periods.empty()) {
    const Cut* cut = query.last_per_person ? nullptr : FindCut(query.Dimensions());
    absl::Status counted;
    if (cut && AreWholeDays(periods, reporting_zone)) {
      const auto count = [&] { return CountRollups(db, source, query, *cut, periods, reporting_zone, counter); };
      // One key is one statement: it needs no snapshot.
      counted = OnlyKey(query, *cut) ? count() : db.InSnapshot(count);
    } else {
      counted = db.InSnapshot([&] { return CountAnswersOneByOne(db, source, query, periods, counter); });
    }
    HOIAM_RETURN_IF_ERROR(counted);
  }
  ScoreTable table = counter.Take(std::move(periods));
  DropEmptyGroups(query, table);
  return table;
}

}  // namespace hoiam::scoring
