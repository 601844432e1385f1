#include "scoring_service/store/score_reads.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/rollup_row.h"
#include "scoring_service/store/sql_time.h"

namespace hoiam::scoring {
namespace {

#define HOIAM_OF_SERIES " WHERE tenant_id = ? AND generation = ? AND metric = ? AND version = ?"
#define HOIAM_OF_CUT HOIAM_OF_SERIES " AND scope = ? AND kind = ? AND cut = ?"
#define HOIAM_OF_SOURCE \
  " WHERE tenant_id = ? AND generation = ? AND metric = ? AND scope = ? AND kind = ? AND counted = 1"

constexpr char kCutKeys[] = "SELECT key1, key2 FROM rollup" HOIAM_OF_CUT " GROUP BY key1, key2";
constexpr char kCutKeysBelow[] = "SELECT key1, key2 FROM rollup" HOIAM_OF_CUT " AND key1 = ? GROUP BY key1, key2";

// As many scopes as there are: one text, whatever is asked for.
constexpr char kDays[] =
    "SELECT scope, key1, key2, day, tally FROM rollup" HOIAM_OF_SERIES
    " AND scope IN (?, ?, ?, ?, ?) AND kind = ? AND cut = ? AND item = ? AND day >= ? AND day < ? AND (";

constexpr char kItems[] = "SELECT scope, key1, key2, item, day, tally FROM rollup" HOIAM_OF_SERIES
                          " AND scope IN (?, ?, ?, ?, ?) AND kind = ? AND cut = ? AND day >= ? AND day < ? AND (";

constexpr char kFirstAnswer[] =
    "SELECT responded_at FROM answer FORCE INDEX (by_time)" HOIAM_OF_SOURCE " ORDER BY responded_at LIMIT 1";
constexpr char kLastAnswer[] =
    "SELECT responded_at FROM answer FORCE INDEX (by_time)" HOIAM_OF_SOURCE " ORDER BY responded_at DESC LIMIT 1";
constexpr char kCountAnswers[] = "SELECT COUNT(*) FROM (SELECT 1 FROM answer FORCE INDEX (by_time)" HOIAM_OF_SOURCE
                                 " AND responded_at >= ? AND responded_at < ? LIMIT ?) some";
constexpr char kScan[] =
    "SELECT responded_at, customer_id, response_id, version, score, band, survey, touchpoint, channel, segment, team,"
    " collected_by, usage_status, icp_fit, stage, represented, observations FROM answer FORCE INDEX "
    "(by_time)" HOIAM_OF_SOURCE
    " AND responded_at >= ? AND responded_at < ?"
    " AND (responded_at > ? OR customer_id > ? OR (customer_id = ? AND response_id > ?))"
    " ORDER BY responded_at, customer_id, response_id LIMIT ?";

db::Values ParamsOf(const ScoreSource& source, Scope scope) {
  return {source.metric, static_cast<int64_t>(scope), static_cast<int64_t>(source.kind)};
}

// "(key1 = ? AND key2 = ?) OR …" in power-of-two lengths, so that few texts are kept prepared.
std::string KeyList(const std::vector<CutKey>& keys, db::Values& params) {
  size_t shape = 1;
  while (shape < keys.size()) shape *= 2;
  std::string sql;
  for (size_t i = 0; i < shape; ++i) {
    const CutKey& key = keys[std::min(i, keys.size() - 1)];
    absl::StrAppend(&sql, i ? " OR " : "", "(key1 = ? AND key2 = ?)");
    params.insert(params.end(), {key.key1, key.key2});
  }
  return sql;
}

db::Values SeriesOf(const ScoreSource& source, int cut) {
  db::Values params = {source.metric, int64_t{source.version}};
  for (size_t i = 0; i < kScopes.size(); ++i)
    params.push_back(static_cast<int64_t>(source.scopes[std::min(i, source.scopes.size() - 1)]));
  params.insert(params.end(), {static_cast<int64_t>(source.kind), int64_t{cut}});
  return params;
}

}  // namespace

absl::StatusOr<std::vector<CutKey>> ReadCutKeys(const View& view, const ScoreSource& source, int cut,
                                                const std::optional<std::string>& key1) {
  std::set<CutKey> keys;
  for (Scope scope : source.scopes) {
    db::Values params = {source.metric, int64_t{source.version}, static_cast<int64_t>(scope),
                         static_cast<int64_t>(source.kind), int64_t{cut}};
    if (key1) params.push_back(*key1);
    HOIAM_RETURN_IF_ERROR(view.Query(key1 ? kCutKeysBelow : kCutKeys, params, [&](const db::Row& r) {
      keys.insert({r.Bytes(0), r.Bytes(1)});
    }));
  }
  return std::vector<CutKey>(keys.begin(), keys.end());
}

absl::Status ReadDays(const View& view, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                      DayRange days, const EachTally& each) {
  if (keys.empty()) return absl::OkStatus();
  db::Values params = SeriesOf(source, cut);
  params.insert(params.end(), {source.item, days.from, days.to});
  std::string sql = kDays;
  absl::StrAppend(&sql, KeyList(keys, params), ")");
  return view.Query(sql, params, [&](const db::Row& r) {
    each(static_cast<Scope>(r.Int(0)), {r.Bytes(1), r.Bytes(2)}, r.Int(3), DecodeTally(r.Bytes(4)));
  });
}

absl::Status ReadItems(const View& view, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                       DayRange days, const EachItem& each) {
  if (keys.empty()) return absl::OkStatus();
  db::Values params = SeriesOf(source, cut);
  params.insert(params.end(), {days.from, days.to});
  std::string sql = kItems;
  absl::StrAppend(&sql, KeyList(keys, params), ")");
  return view.Query(sql, params, [&](const db::Row& r) {
    each(static_cast<Scope>(r.Int(0)), {r.Bytes(1), r.Bytes(2)}, r.Bytes(3), r.Int(4), DecodeTally(r.Bytes(5)));
  });
}

absl::StatusOr<std::optional<TimeRange>> ReadAnsweredRange(const View& view, const ScoreSource& source) {
  std::optional<TimeRange> range;
  for (Scope scope : source.scopes) {
    HOIAM_RETURN_IF_ERROR(view.Query(kFirstAnswer, ParamsOf(source, scope), [&](const db::Row& r) {
      if (!range) range = TimeRange{r.Time(0), r.Time(0)};
      range->first = std::min(range->first, r.Time(0));
    }));
    HOIAM_RETURN_IF_ERROR(view.Query(kLastAnswer, ParamsOf(source, scope),
                                     [&](const db::Row& r) { range->last = std::max(range->last, r.Time(0)); }));
  }
  return range;
}

absl::StatusOr<int64_t> CountAnswers(const View& view, const ScoreSource& source, absl::Time start, absl::Time end,
                                     int64_t limit) {
  int64_t count = 0;
  for (Scope scope : source.scopes) {
    db::Values params = ParamsOf(source, scope);
    params.insert(params.end(), {ToSqlTime(start), ToSqlTime(end), limit});
    HOIAM_RETURN_IF_ERROR(view.Query(kCountAnswers, params, [&](const db::Row& r) { count += r.Int(0); }));
  }
  return std::min(count, limit);
}

absl::Status ScanAnswers(const View& view, const ScoreSource& source, Scope scope, absl::Time start, absl::Time end,
                         const std::function<void(Answer)>& each) {
  Answer at;  // where the last page ended
  at.responded_at = FirstSqlTime() - absl::Microseconds(1);
  absl::Time from = ToSqlTime(start);
  for (int64_t rows = kScanPage; rows == kScanPage;) {
    db::Values params = ParamsOf(source, scope);
    params.insert(params.end(), {from, ToSqlTime(end), ToSqlTime(at.responded_at), at.customer_id, at.customer_id,
                                 at.response_id, kScanPage});
    rows = 0;
    HOIAM_RETURN_IF_ERROR(view.Query(kScan, params, [&](const db::Row& r) {
      Answer a;
      a.metric = source.metric;
      a.scope = scope;
      a.kind = source.kind;
      a.responded_at = r.Time(0);
      a.customer_id = r.Bytes(1);
      a.response_id = r.Bytes(2);
      a.version = static_cast<int>(r.Int(3));
      if (const auto score = r.OptInt(4)) a.score = static_cast<int>(*score);
      a.band = static_cast<Band>(r.Int(5));
      for (int d = 0; d < kDimensions; ++d) a.dimensions[d] = r.Bytes(6 + d);
      a.represented = DecodeRepresented(r.Bytes(6 + kDimensions));
      a.observations = DecodeObservations(r.Bytes(7 + kDimensions));
      at.responded_at = from = a.responded_at;
      at.customer_id = a.customer_id;
      at.response_id = a.response_id;
      ++rows;
      each(std::move(a));
    }));
  }
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
