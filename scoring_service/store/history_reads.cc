#include "scoring_service/store/history_reads.h"

#include <algorithm>

#include "platform/base/status.h"
#include "scoring_service/store/sql_time.h"

namespace hoiam::scoring {
namespace {

#define HOIAM_HISTORY_SELECT                                                                \
  "SELECT happened_at, kind, entity_id, entry, answers FROM timeline FORCE INDEX (by_time)" \
  " WHERE tenant_id = ? AND generation = ? AND customer_id = ? AND happened_at <= ?"        \
  " AND (happened_at < ? OR kind < ? OR (kind = ? AND entity_id < ?))"
#define HOIAM_HISTORY_ORDER " ORDER BY happened_at DESC, kind DESC, entity_id DESC LIMIT ?"

constexpr char kAllKinds[] = HOIAM_HISTORY_SELECT HOIAM_HISTORY_ORDER;
constexpr char kSomeKinds[] = HOIAM_HISTORY_SELECT " AND kind IN (?, ?, ?, ?, ?, ?)" HOIAM_HISTORY_ORDER;
constexpr size_t kKinds = 6;  // places in kSomeKinds

}  // namespace

absl::StatusOr<HistoryPage> ReadHistory(const View& view, const HistoryQuery& query) {
  const HistoryKey after = query.after.value_or(HistoryKey{LastSqlTime(), 0, ""});
  db::Values params = {query.customer_id, after.happened_at, after.happened_at,
                       after.kind,        after.kind,        after.entity_id};
  if (!query.kinds.empty())
    for (size_t i = 0; i < kKinds; ++i) params.push_back(query.kinds[std::min(i, query.kinds.size() - 1)]);
  params.push_back(int64_t{query.page_size} + 1);
  const size_t size = query.page_size;
  HistoryPage page;
  HistoryKey last;
  HOIAM_RETURN_IF_ERROR(view.Query(query.kinds.empty() ? kAllKinds : kSomeKinds, params, [&](const db::Row& r) {
    if (page.entries.size() == size) {  // the one that says that there is more
      page.next = last;
      return;
    }
    page.entries.push_back(r.Bytes(3) + r.Bytes(4));
    if (page.entries.size() == size) last = {r.Time(0), r.Int(1), r.Bytes(2)};
  }));
  return page;
}

}  // namespace hoiam::scoring
