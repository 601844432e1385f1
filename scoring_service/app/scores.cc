#include "scoring_service/app/scores.h"

#include <algorithm>
#include <map>

#include "platform/base/status.h"
#include "scoring_service/domain/group_counter.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/score_reads.h"

namespace hoiam::scoring {
namespace {

ScoreSource SourceOf(const ScoreQuery& query, const std::string& metric, int version) {
  ScoreSource source{metric, version, {}, query.kind, query.item};
  if (query.scope)
    source.scopes = {*query.scope};
  else
    source.scopes.assign(kScopes.begin(), kScopes.end());
  return source;
}

// Whose answers tell of the metric.
std::vector<ScoreSource> AnswerSourcesOf(const ScoreQuery& query) {
  if (query.asked_with.empty()) return {SourceOf(query, query.metric, 0)};
  std::vector<ScoreSource> sources;
  for (const std::string& metric : query.asked_with) sources.push_back(SourceOf(query, metric, 0));
  return sources;
}

absl::StatusOr<std::optional<TimeRange>> AnsweredRange(const View& view, const ScoreQuery& query) {
  std::optional<TimeRange> all;
  for (const ScoreSource& source : AnswerSourcesOf(query)) {
    HOIAM_ASSIGN_OR_RETURN(const auto range, ReadAnsweredRange(view, source));
    if (!range) continue;
    all = all ? TimeRange{std::min(all->first, range->first), std::max(all->last, range->last)} : *range;
  }
  return all;
}

absl::StatusOr<std::vector<Period>> PeriodsOf(const View& view, const ScoreQuery& query, absl::Time now) {
  absl::Time start = query.start, end = query.end;
  if (query.interval != Interval::kAll && (start == absl::InfinitePast() || end == absl::InfiniteFuture())) {
    HOIAM_ASSIGN_OR_RETURN(const auto answered, AnsweredRange(view, query));
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

// Periods follow each other; within one zone they meet at its midnights.
bool AreWholeDays(const std::vector<Period>& periods, const absl::TimeZone& zone,
                  const absl::TimeZone& reporting_zone) {
  const auto begins = [&](const Period& p) { return IsStartOfDay(p.start, reporting_zone); };
  if (!begins(periods.front()) || !IsStartOfDay(periods.back().end, reporting_zone)) return false;
  return zone == reporting_zone || std::all_of(periods.begin(), periods.end(), begins);
}

DimensionValues ValuesOf(const Cut& cut, const CutKey& key) {
  DimensionValues values;
  if (cut.dimensions.size() > 0) values[static_cast<size_t>(cut.dimensions[0])] = key.key1;
  if (cut.dimensions.size() > 1) values[static_cast<size_t>(cut.dimensions[1])] = key.key2;
  return values;
}

// The one value that a filter leaves; nullptr when none does.
const std::string* FilteredTo(const ScoreQuery& query, Dimension d) {
  for (const auto& [dimension, value] : query.filters)
    if (dimension == d && !IsSubtree(d, value)) return &value;
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

// The rollups of one series: of one version of the metric, or of what weighs the attributes of a CSI.
absl::Status CountSeries(const View& view, const ScoreSource& source, const ScoreQuery& query, const Cut& cut,
                         const std::vector<Period>& periods, GroupCounter& counter) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<CutKey> keys, KeysOf(view, source, query, cut));
  const absl::TimeZone& zone = view.generation.zone;
  const Days span = DaysIn({periods.front().start, periods.back().end}, zone);
  const DayRange days = {span.from, span.to};
  const auto add = [&](Scope scope, const CutKey& key, const std::string& item, int64_t day, const Tally& tally) {
    const size_t period = periods.size() == 1 ? 0 : IndexOf(periods, StartOfDay(day, zone));
    counter.Add(scope, ValuesOf(cut, key), period, source.metric, source.version, item, tally);
  };
  for (size_t i = 0; i < keys.size() && !counter.full(); i += kKeysPerRead) {
    const std::vector<CutKey> some(keys.begin() + i, keys.begin() + std::min(i + kKeysPerRead, keys.size()));
    if (query.metric == kCsi) {
      HOIAM_RETURN_IF_ERROR(ReadItems(view, source, cut.id, some, days, add));
    } else {
      HOIAM_RETURN_IF_ERROR(ReadDays(view, source, cut.id, some, days,
                                     [&](Scope scope, const CutKey& key, int64_t day, const Tally& tally) {
                                       add(scope, key, query.item, day, tally);
                                     }));
    }
  }
  return absl::OkStatus();
}

absl::Status CountRollups(const View& view, const ScoreQuery& query, const Cut& cut, const std::vector<Period>& periods,
                          GroupCounter& counter) {
  for (int version : query.versions)
    HOIAM_RETURN_IF_ERROR(CountSeries(view, SourceOf(query, query.metric, version), query, cut, periods, counter));
  if (query.metric != kCsi) return absl::OkStatus();
  for (const char* weights : {kCsiImportance, kCsiChosen})
    HOIAM_RETURN_IF_ERROR(CountSeries(view, SourceOf(query, weights, 1), query, cut, periods, counter));
  return absl::OkStatus();
}

// --- from answers
// ------------------------------------------------------------------------------------------------------

bool Tells(const Answer& a, const ScoreQuery& query) {
  return std::any_of(a.observations.begin(), a.observations.end(),
                     [&](const Observation& o) { return o.metric == query.metric && o.item == query.item; });
}

absl::Status CountAnswersOneByOne(const View& view, const ScoreQuery& query, const std::vector<Period>& periods,
                                  GroupCounter& counter) {
  // What each person said last in a period, of each scope.
  std::map<std::tuple<Scope, size_t, std::string>, Answer> last;
  const auto later = [](const Answer& a, const Answer& b) {
    return std::tie(a.responded_at, a.response_id) > std::tie(b.responded_at, b.response_id);
  };
  const absl::Status scanned = EachAnswer(view, query, periods.front().start, periods.back().end, [&](Answer a) {
    const size_t period = IndexOf(periods, a.responded_at);
    if (!query.last_per_person || a.customer_id.empty()) return counter.Add(a, period);
    const auto [it, first] = last.try_emplace({a.scope, period, a.customer_id}, a);
    if (!first && later(a, it->second)) it->second = std::move(a);
  });
  HOIAM_RETURN_IF_ERROR(scanned);
  for (const auto& [key, answer] : last) counter.Add(answer, std::get<1>(key));
  return absl::OkStatus();
}

// What the weights of a CSI come from when nobody was asked for them.
absl::Status DeriveWeights(const View& view, const ScoreQuery& query, const std::vector<Period>& periods,
                           GroupCounter& counter) {
  const absl::Status scanned = EachAnswer(view, query, periods.front().start, periods.back().end, [&](const Answer& a) {
    counter.Correlate(a, IndexOf(periods, a.responded_at));
  });
  return IsCutNotKept(scanned) ? absl::OkStatus() : scanned;  // too many to look at: they weigh the same
}

}  // namespace

absl::Status EachAnswer(const View& view, const ScoreQuery& query, absl::Time start, absl::Time end,
                        const std::function<void(Answer)>& each) {
  int64_t count = 0;
  for (const ScoreSource& source : AnswerSourcesOf(query)) {
    HOIAM_ASSIGN_OR_RETURN(const int64_t more, CountAnswers(view, source, start, end, kMaxScannedAnswers + 1));
    count += more;
  }
  if (count > kMaxScannedAnswers) return CutNotKept();
  for (const ScoreSource& source : AnswerSourcesOf(query))
    for (Scope scope : source.scopes)
      HOIAM_RETURN_IF_ERROR(ScanAnswers(view, source, scope, start, end, [&](Answer a) {
        if (Tells(a, query)) each(std::move(a));
      }));
  return absl::OkStatus();
}

absl::StatusOr<ScoreTable> ComputeScores(const View& view, const ScoreQuery& query, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(std::vector<Period> periods, PeriodsOf(view, query, now));
  GroupCounter counter(query, periods.size());
  if (!periods.empty()) {
    const bool csi = query.metric == kCsi;
    const Cut* cut = query.last_per_person ? nullptr : FindCut(query.Dimensions(), csi || !query.item.empty());
    absl::Status counted;
    if (cut && AreWholeDays(periods, query.zone, view.generation.zone)) {
      const auto count = [&] { return CountRollups(view, query, *cut, periods, counter); };
      // One key of one series is one statement: it needs no snapshot.
      const bool one = query.versions.size() == 1 && !csi && OnlyKey(query, *cut);
      counted = one ? count() : view.db.InSnapshot(count);
    } else {
      counted = view.db.InSnapshot([&] { return CountAnswersOneByOne(view, query, periods, counter); });
    }
    if (counted.ok() && csi && counter.NeedsWeights())
      counted = view.db.InSnapshot([&] { return DeriveWeights(view, query, periods, counter); });
    HOIAM_RETURN_IF_ERROR(counted);
    if (counter.full()) return TooManyRows();
  }
  return std::move(counter).Take(std::move(periods));
}

}  // namespace hoiam::scoring
