#include "scoring_service/store/item_reads.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/status.h"
#include "scoring_service/store/in_list.h"

namespace hoiam::scoring {

absl::StatusOr<std::vector<ItemRow>> ReadItemStatuses(const View& view, const std::vector<std::string>& customer_ids) {
  std::vector<ItemRow> rows;
  if (customer_ids.empty()) return rows;
  db::Values params;
  const std::string sql = absl::StrCat("SELECT ", absl::StrJoin(ItemRow::Table().columns, ", "),
                                       " FROM item_status WHERE tenant_id = ? AND generation = ? AND customer_id",
                                       InList(customer_ids, params));
  HOIAM_RETURN_IF_ERROR(view.Query(sql, params, [&](const db::Row& r) { rows.push_back(ItemRow::Read(r)); }));
  return rows;
}

}  // namespace hoiam::scoring
