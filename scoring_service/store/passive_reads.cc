#include "scoring_service/store/passive_reads.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/in_list.h"

namespace hoiam::scoring {
namespace {

// One rank and NPS is one range of the index.
#define HOIAM_PASSIVES                                                                        \
  "SELECT customer_id, hidden, nps_at, csat, represented FROM passive FORCE INDEX (in_order)" \
  " WHERE tenant_id = ? AND generation = ? AND icp_rank = ? AND nps = ? AND customer_id > ?"
#define HOIAM_PASSIVES_ORDER " ORDER BY customer_id LIMIT ?"
constexpr char kAll[] = HOIAM_PASSIVES HOIAM_PASSIVES_ORDER;
constexpr char kHidden[] = HOIAM_PASSIVES " AND hidden = 1" HOIAM_PASSIVES_ORDER;

constexpr int kRanks = 3;

bool IsBefore(int rank, int nps, const WorkKey& key) {
  return rank != key.icp_rank ? rank < key.icp_rank : nps > key.nps;
}

}  // namespace

absl::StatusOr<std::vector<WorkItem>> ReadPassives(const View& view, const WorkQuery& query, int64_t limit) {
  std::vector<WorkItem> items;
  for (int rank = 0; rank < kRanks; ++rank)
    for (int nps : {8, 7}) {
      const int64_t room = limit - static_cast<int64_t>(items.size());
      if (room == 0 || (query.nps != 0 && query.nps != nps)) continue;
      if (query.after && IsBefore(rank, nps, *query.after)) continue;
      const bool inside = query.after && query.after->icp_rank == rank && query.after->nps == nps;
      const db::Values params = {int64_t{rank}, int64_t{nps}, inside ? query.after->customer_id : std::string(), room};
      HOIAM_RETURN_IF_ERROR(view.Query(query.hidden ? kHidden : kAll, params, [&](const db::Row& r) {
        Passive p{nps, r.Int(1) != 0, rank, r.Time(2)};
        if (const auto csat = r.OptInt(3)) p.csat = static_cast<int>(*csat);
        p.represented = DecodeRepresented(r.Bytes(4));
        items.push_back({r.Bytes(0), std::move(p), ""});
      }));
    }
  return items;
}

absl::Status ReadSegments(const View& view, std::vector<WorkItem>& items) {
  if (items.empty()) return absl::OkStatus();
  std::vector<std::string> ids;
  for (const WorkItem& item : items) ids.push_back(item.customer_id);
  db::Values params;
  const std::string sql =
      absl::StrCat("SELECT customer_id, segment FROM person WHERE tenant_id = ? AND generation = ? AND customer_id",
                   InList(ids, params));
  std::map<std::string, std::string> segments;
  HOIAM_RETURN_IF_ERROR(view.Query(sql, params, [&](const db::Row& r) { segments[r.Bytes(0)] = r.Bytes(1); }));
  for (WorkItem& item : items) item.segment = segments[item.customer_id];
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
