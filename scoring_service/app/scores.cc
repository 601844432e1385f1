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
  GroupCounter(const ScoreQuery& query, size_t periods) : query_(query), periods_(periods) {}

  // The tallies to add to; nullptr once there are too many rows.
  TallyByVersion* At(Scope scope, const DimensionValues& values, size_t period) {
    std::vector<TallyByVersion>& tallies = groups_[{scope, query_.GroupOf(values)}];
    if (tallies.empty()) tallies.resize(periods_);
    if (groups_.size() * periods_ > kMaxScoreRows) return nullptr;
    return &tallies[period];
  }

  // Groups whose answers were all taken back are not shown.
  ScoreTable Take(std::vector<Period> periods, Scope scope_without_answers) {
    ScoreTable table{std::move(periods), {}};
    for (auto& [key, tallies] : groups_)
      if (std::any_of(tallies.begin(), tallies.end(), HasAnswers))
        table.groups.push_back({key.first, key.second, std::move(tallies)});
    if (table.groups.empty() && query_.group_by.empty())
      table.groups.push_back({scope_without_answers, {}, std::vector<TallyByVersion>(periods_)});
    return table;
  }

 private:
  static bool HasAnswers(const TallyByVersion& tallies) {
    return std::any_of(tallies.begin(), tallies.end(), [](const auto& t) { return Total(t.second.counts) != 0; });
  }

  const ScoreQuery& query_;
  const size_t periods_;
  std::map<std::pair<Scope, std::vector<std::string>>, std::vector<TallyByVersion>> groups_;
};

ScoreSource SourceOf(const ScoreQuery& query, int version) {
  ScoreSource source{query.metric, version, {}, query.kind, query.item};
  if (query.scope)
    source.scopes = {*query.scope};
  else
    source.scopes.assign(kScopes.begin(), kScopes.end());
  return source;
}

absl::StatusOr<std::vector<Period>> PeriodsOf(const View& view, const ScoreSource& source, const ScoreQuery& query,
                                              absl::Time now) {
  absl::Time start = query.start, end = query.end;
  if (query.interval != Interval::kAll && (start == absl::InfinitePast() || end == absl::InfiniteFuture())) {
    HOIAM_ASSIGN_OR_RETURN(const auto answered, ReadAnsweredRange(view, source));
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

absl::StatusOr<std::vector<CutKey>> KeysOf(const View& view, const ScoreSource& source, const ScoreQuery& query,
                                           const Cut& cut) {
  std::vector<CutKey> keys;
  if (const auto only = OnlyKey(query, cut)) {
    keys = {*only};
  } else {
    const std::string* first = FilteredTo(query, cut.dimensions[0]);
    HOIAM_ASSIGN_OR_RETURN(keys, ReadCutKeys(view, source, cut.id, first ? std::optional(*first) : std::nullopt));
  }
  keys.erase(std::remove_if(keys.begin(), keys.end(), [&](const CutKey& k) { return !query.Passes(ValuesOf(cut, k)); }),
             keys.end());
  return keys;
}

absl::Status CountRollups(const View& view, const ScoreSource& source, const ScoreQuery& query, const Cut& cut,
                          const std::vector<Period>& periods, GroupCounter& counter) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<CutKey> keys, KeysOf(view, source, query, cut));
  const absl::TimeZone& zone = view.generation.zone;
  const DayRange days = DaysOf(periods, zone);
  bool too_many = false;
  const auto add = [&](Scope scope, const CutKey& key, int64_t day, const Tally& tally) {
    const size_t period = periods.size() == 1 ? 0 : IndexOf(periods, StartOfDay(day, zone));
    TallyByVersion* at = counter.At(scope, ValuesOf(cut, key), period);
    if (at)
      (*at)[source.version].Merge(tally);
    else
      too_many = true;
  };
  for (size_t i = 0; i < keys.size() && !too_many; i += kKeysPerRead) {
    const std::vector<CutKey> some(keys.begin() + i, keys.begin() + std::min(i + kKeysPerRead, keys.size()));
    HOIAM_RETURN_IF_ERROR(ReadDays(view, source, cut.id, some, days, add));
  }
  return too_many ? TooManyRows() : absl::OkStatus();
}

// --- from answers
// ------------------------------------------------------------------------------------------------------

absl::Status CountAnswersOneByOne(const View& view, const ScoreSource& source, const ScoreQuery& query,
                                  const std::vector<Period>& periods, GroupCounter& counter) {
  const absl::Time start = periods.front().start, end = periods.back().end;
  HOIAM_ASSIGN_OR_RETURN(const int64_t count, CountAnswers(view, source, start, end, kMaxScannedAnswers + 1));
  if (count > kMaxScannedAnswers) return CutNotKept();
  bool too_many = false;
  const auto add = [&](const Answer& a, size_t period) {
    if (!query.Passes(a.dimensions)) return;
    for (const Observation& o : a.observations) {
      if (o.metric != query.metric || o.item != query.item) continue;
      if (TallyByVersion* at = counter.At(a.scope, a.dimensions, period))
        (*at)[o.version].Add(o.value, a.represented);
      else
        too_many = true;
    }
  };
  // Answers come by time: what a person says last in a period replaces what came before.
  std::unordered_map<std::string, Answer> last;
  size_t current = 0;
  const auto flush = [&] {
    for (const auto& [customer, answer] : last) add(answer, current);
    last.clear();
  };
  for (Scope scope : source.scopes) {
    HOIAM_RETURN_IF_ERROR(ScanAnswers(view, source, scope, start, end, [&](Answer a) {
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
  }
  return too_many ? TooManyRows() : absl::OkStatus();
}

}  // namespace

absl::StatusOr<ScoreTable> ComputeScores(const View& view, const ScoreQuery& query, absl::Time now) {
  const ScoreSource source = SourceOf(query, 1);
  HOIAM_ASSIGN_OR_RETURN(std::vector<Period> periods, PeriodsOf(view, source, query, now));
  GroupCounter counter(query, periods.size());
  if (!periods.empty()) {
    const Cut* cut = query.last_per_person ? nullptr : FindCut(query.Dimensions(), !query.item.empty());
    absl::Status counted;
    if (cut && AreWholeDays(periods, view.generation.zone)) {
      const auto count = [&] { return CountRollups(view, source, query, *cut, periods, counter); };
      // One key is one statement: it needs no snapshot.
      counted = OnlyKey(query, *cut) ? count() : view.db.InSnapshot(count);
    } else {
      counted = view.db.InSnapshot([&] { return CountAnswersOneByOne(view, source, query, periods, counter); });
    }
    HOIAM_RETURN_IF_ERROR(counted);
  }
  return counter.Take(std::move(periods), query.scope.value_or(Scope::kTouchpoint));
}

}  // namespace hoiam::scoring
