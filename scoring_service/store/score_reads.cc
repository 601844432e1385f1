#include "scoring_service/store/score_reads.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/sql_time.h"

namespace hoiam::scoring {
namespace {

#define HOIAM_OF_CUT " WHERE tenant_id = ? AND metric = ? AND solicited = ? AND cut = ?"
#define HOIAM_OF_SOURCE " WHERE tenant_id = ? AND metric = ? AND solicited = ? AND counted = 1"

constexpr char kCutKeys[] = "SELECT key1, key2 FROM rollup" HOIAM_OF_CUT " GROUP BY key1, key2";
constexpr char kCutKeysBelow[] = "SELECT key1, key2 FROM rollup" HOIAM_OF_CUT " AND key1 = ? GROUP BY key1, key2";

constexpr char kDays[] =
    "SELECT key1, key2, currency, day, n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10,"
    " r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10 FROM rollup" HOIAM_OF_CUT " AND day >= ? AND day < ? AND (";
constexpr char kDaysSummed[] =
    "SELECT key1, key2, currency, 0, CAST(SUM(n0) AS SIGNED), CAST(SUM(n1) AS SIGNED), CAST(SUM(n2) AS SIGNED),"
    " CAST(SUM(n3) AS SIGNED), CAST(SUM(n4) AS SIGNED), CAST(SUM(n5) AS SIGNED), CAST(SUM(n6) AS SIGNED),"
    " CAST(SUM(n7) AS SIGNED), CAST(SUM(n8) AS SIGNED), CAST(SUM(n9) AS SIGNED), CAST(SUM(n10) AS SIGNED),"
    " SUM(r0), SUM(r1), SUM(r2), SUM(r3), SUM(r4), SUM(r5), SUM(r6), SUM(r7), SUM(r8), SUM(r9), SUM(r10)"
    " FROM rollup" HOIAM_OF_CUT " AND day >= ? AND day < ? AND (";

constexpr char kFirstAnswer[] =
    "SELECT responded_at FROM answer FORCE INDEX (by_time)" HOIAM_OF_SOURCE " ORDER BY responded_at LIMIT 1";
constexpr char kLastAnswer[] =
    "SELECT responded_at FROM answer FORCE INDEX (by_time)" HOIAM_OF_SOURCE " ORDER BY responded_at DESC LIMIT 1";
constexpr char kCountAnswers[] = "SELECT COUNT(*) FROM (SELECT 1 FROM answer FORCE INDEX (by_time)" HOIAM_OF_SOURCE
                                 " AND responded_at >= ? AND responded_at < ? LIMIT ?) some";
constexpr char kScan[] =
    "SELECT responded_at, customer_id, response_id, score, survey, touchpoint, channel, segment, team, collected_by,"
    " revenue FROM answer FORCE INDEX (by_time)" HOIAM_OF_SOURCE
    " AND responded_at >= ? AND responded_at < ?"
    " AND (responded_at > ? OR customer_id > ? OR (customer_id = ? AND response_id > ?))"
    " ORDER BY responded_at, customer_id, response_id LIMIT ?";

db::Values ParamsOf(const ScoreSource& source) {
  return {static_cast<int64_t>(source.metric), int64_t{source.solicited}};
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

absl::Status ReadTallies(const db::TenantDb& db, const char* select, const char* tail, const ScoreSource& source,
                         int cut, const std::vector<CutKey>& keys, DayRange days, const EachTally& each) {
  if (keys.empty()) return absl::OkStatus();
  db::Values params = ParamsOf(source);
  params.insert(params.end(), {int64_t{cut}, days.from, days.to});
  std::string sql = select;
  absl::StrAppend(&sql, KeyList(keys, params), ")", tail);
  return db.Query(sql, params, [&](const db::Row& r) {
    Tally tally;
    for (int i = 0; i < kScores; ++i) tally.counts[i] = r.Int(4 + i);
    if (const std::string currency = r.Bytes(2); !currency.empty()) {
      AmountPerScore& amounts = tally.revenue[currency];
      for (int i = 0; i < kScores; ++i) amounts[i] = r.Dec(4 + kScores + i);
    }
    each({r.Bytes(0), r.Bytes(1)}, r.Int(3), tally);
  });
}

}  // namespace

absl::StatusOr<std::vector<CutKey>> ReadCutKeys(const db::TenantDb& db, const ScoreSource& source, int cut,
                                                const std::optional<std::string>& key1) {
  db::Values params = ParamsOf(source);
  params.push_back(int64_t{cut});
  if (key1) params.push_back(*key1);
  std::vector<CutKey> keys;
  HOIAM_RETURN_IF_ERROR(db.Query(key1 ? kCutKeysBelow : kCutKeys, params, [&](const db::Row& r) {
    keys.push_back({r.Bytes(0), r.Bytes(1)});
  }));
  return keys;
}

absl::Status ReadDays(const db::TenantDb& db, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                      DayRange days, const EachTally& each) {
  return ReadTallies(db, kDays, "", source, cut, keys, days, each);
}

absl::Status ReadDaysSummed(const db::TenantDb& db, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                            DayRange days, const EachTally& each) {
  return ReadTallies(db, kDaysSummed, " GROUP BY key1, key2, currency", source, cut, keys, days, each);
}

absl::StatusOr<std::optional<TimeRange>> ReadAnsweredRange(const db::TenantDb& db, const ScoreSource& source) {
  std::optional<TimeRange> range;
  HOIAM_RETURN_IF_ERROR(db.Query(kFirstAnswer, ParamsOf(source), [&](const db::Row& r) {
    range = TimeRange{r.Time(0), r.Time(0)};
  }));
  if (!range) return range;
  HOIAM_RETURN_IF_ERROR(db.Query(kLastAnswer, ParamsOf(source), [&](const db::Row& r) { range->last = r.Time(0); }));
  return range;
}

absl::StatusOr<int64_t> CountAnswers(const db::TenantDb& db, const ScoreSource& source, absl::Time start,
                                     absl::Time end, int64_t limit) {
  db::Values params = ParamsOf(source);
  params.insert(params.end(), {ToSqlTime(start), ToSqlTime(end), limit});
  int64_t count = 0;
  HOIAM_RETURN_IF_ERROR(db.Query(kCountAnswers, params, [&](const db::Row& r) { count = r.Int(0); }));
  return count;
}

absl::Status ScanAnswers(const db::TenantDb& db, const ScoreSource& source, absl::Time start, absl::Time end,
                         const std::function<void(Answer)>& each) {
  Answer at;  // where the last page ended
  at.responded_at = FirstSqlTime() - absl::Microseconds(1);
  absl::Time from = ToSqlTime(start);
  for (int64_t rows = kScanPage; rows == kScanPage;) {
    db::Values params = ParamsOf(source);
    params.insert(params.end(), {from, ToSqlTime(end), ToSqlTime(at.responded_at), at.customer_id, at.customer_id,
                                 at.response_id, kScanPage});
    rows = 0;
    HOIAM_RETURN_IF_ERROR(db.Query(kScan, params, [&](const db::Row& r) {
      Answer a;
      a.metric = source.metric;
      a.solicited = source.solicited;
      a.responded_at = r.Time(0);
      a.customer_id = r.Bytes(1);
      a.response_id = r.Bytes(2);
      a.score = static_cast<int>(r.Int(3));
      for (int d = 0; d < kDimensions; ++d) a.dimensions[d] = r.Bytes(4 + d);
      a.revenue = DecodeRevenue(r.Bytes(4 + kDimensions));
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
