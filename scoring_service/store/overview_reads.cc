#include "scoring_service/store/overview_reads.h"

#include "platform/base/status.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/sql_time.h"

namespace hoiam::scoring {
namespace {

// The bands that want action (domain/metric.h).
constexpr char kUnhappy[] =
    "SELECT customer_id, survey, touchpoint, channel, segment, team, collected_by, usage_status, icp_fit, stage"
    " FROM answer FORCE INDEX (by_time)"
    " WHERE tenant_id = ? AND generation = ? AND metric = ? AND scope = ? AND kind = ? AND counted = 1"
    " AND responded_at >= ? AND responded_at < ? AND band IN (1, 6, 9, 12)";

// One row when there are more than so many.
constexpr char kMoreInteractions[] =
    "SELECT 1 FROM customer_spend WHERE tenant_id = ? AND generation = ? LIMIT 1 OFFSET ?";
// A page of customers, in the order of the key.
constexpr char kPurchases[] =
    "SELECT customer_id, SUM(CASE WHEN type = 'PURCHASE' THEN 1 ELSE 0 END)"
    " FROM customer_spend FORCE INDEX (PRIMARY)"
    " WHERE tenant_id = ? AND generation = ? AND customer_id > ? AND occurred_at > ? AND occurred_at <= ? AND voided = "
    "0"
    " GROUP BY customer_id ORDER BY customer_id LIMIT ?";

// kind: not an employee (3) nor a partner (4). ORDER BY NULL: the groups need not be sorted.
#define HOIAM_PEOPLE                     \
  "SELECT icp_fit, COUNT(*) FROM person" \
  " WHERE tenant_id = ? AND generation = ? AND kind IN (0, 1, 2)"
#define HOIAM_BY_FIT " GROUP BY icp_fit ORDER BY NULL"
constexpr char kPeople[] = HOIAM_PEOPLE HOIAM_BY_FIT;
constexpr char kNewPeople[] = HOIAM_PEOPLE " AND created_at >= ? AND created_at < ?" HOIAM_BY_FIT;
constexpr char kCases[] =
    "SELECT p.icp_fit, COUNT(*) FROM customer_case c FORCE INDEX (by_state) JOIN person p ON p.tenant_id = c.tenant_id"
    " AND p.generation = c.generation AND p.customer_id = c.customer_id"
    " WHERE c.tenant_id = ? AND c.generation = ? AND c.is_open IN (0, 1) AND c.opened_at >= ? AND c.opened_at < ?"
    " AND p.kind IN (0, 1, 2) GROUP BY p.icp_fit ORDER BY NULL";
constexpr char kOpenCases[] =
    "SELECT COUNT(*) FROM customer_case WHERE tenant_id = ? AND generation = ? AND is_open = 1";

}  // namespace

absl::Status ReadUnhappy(const View& view, const ScoreSource& source, Scope scope, absl::Time start, absl::Time end,
                         const std::function<void(const std::string& customer_id, const DimensionValues&)>& each) {
  const db::Values params = {source.metric, static_cast<int64_t>(scope), static_cast<int64_t>(source.kind),
                             ToSqlTime(start), ToSqlTime(end)};
  return view.Query(kUnhappy, params, [&](const db::Row& r) {
    DimensionValues values;
    for (int d = 0; d < kDimensions; ++d) values[d] = r.Bytes(1 + d);
    each(r.Bytes(0), values);
  });
}

absl::StatusOr<std::optional<ShareOf>> CountLoyal(const View& view, absl::Time start, absl::Time end, int64_t purchases,
                                                  int64_t limit) {
  bool more = false;
  HOIAM_RETURN_IF_ERROR(view.Query(kMoreInteractions, {limit}, [&](const db::Row&) { more = true; }));
  if (more) return std::nullopt;
  ShareOf loyal;
  std::string last;
  for (int64_t rows = kScanPage; rows == kScanPage;) {
    rows = 0;
    const db::Values params = {last, ToSqlTime(start), ToSqlTime(end), kScanPage};
    HOIAM_RETURN_IF_ERROR(view.Query(kPurchases, params, [&](const db::Row& r) {
      ++rows;
      ++loyal.of;
      last = r.Bytes(0);
      if (r.Dec(1).micros() >= absl::int128(purchases) * 1'000'000) ++loyal.count;
    }));
  }
  return loyal;
}

absl::StatusOr<std::map<std::string, FitCounts>> CountByFit(const View& view, absl::Time start, absl::Time end) {
  std::map<std::string, FitCounts> fits;
  const db::Values period = {ToSqlTime(start), ToSqlTime(end)};
  HOIAM_RETURN_IF_ERROR(view.Query(kPeople, {}, [&](const db::Row& r) { fits[r.Bytes(0)].customers = r.Int(1); }));
  HOIAM_RETURN_IF_ERROR(
      view.Query(kNewPeople, period, [&](const db::Row& r) { fits[r.Bytes(0)].heard_of = r.Int(1); }));
  HOIAM_RETURN_IF_ERROR(view.Query(kCases, period, [&](const db::Row& r) { fits[r.Bytes(0)].cases = r.Int(1); }));
  return fits;
}

absl::StatusOr<int64_t> CountOpenCases(const View& view) {
  int64_t count = 0;
  HOIAM_RETURN_IF_ERROR(view.Query(kOpenCases, {}, [&](const db::Row& r) { count = r.Int(0); }));
  return count;
}

}  // namespace hoiam::scoring
