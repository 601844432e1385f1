#include "scoring_service/store/migration_reads.h"

#include "absl/strings/str_cat.h"
#include "scoring_service/store/in_list.h"
#include "scoring_service/store/sql_time.h"

namespace hoiam::scoring {
namespace {

constexpr char kScored[] =
    "SELECT customer_id, response_id, responded_at, version, score FROM answer FORCE INDEX (PRIMARY)"
    " WHERE tenant_id = ? AND generation = ? AND metric = ? AND scope = ? AND kind = ? AND counted = 1"
    " AND score IS NOT NULL AND responded_at >= ? AND responded_at < ? AND customer_id";

}  // namespace

absl::Status ReadScored(const View& view, const ScoreSource& source, Scope scope,
                        const std::vector<std::string>& customer_ids, absl::Time start, absl::Time end,
                        const std::function<void(const ScoredAnswer&)>& each) {
  if (customer_ids.empty()) return absl::OkStatus();
  db::Values params = {source.metric, static_cast<int64_t>(scope), static_cast<int64_t>(source.kind), ToSqlTime(start),
                       ToSqlTime(end)};
  const std::string sql = absl::StrCat(kScored, InList(customer_ids, params));
  return view.Query(sql, params, [&](const db::Row& r) {
    each({r.Bytes(0), r.Bytes(1), r.Time(2), static_cast<int>(r.Int(3)), static_cast<int>(r.Int(4))});
  });
}

}  // namespace hoiam::scoring
