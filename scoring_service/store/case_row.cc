#include "scoring_service/store/case_row.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/status.h"
#include "scoring_service/store/in_list.h"

namespace hoiam::scoring {

const db::TableDef& CaseRow::Table() {
  static const auto* def = new db::TableDef{
      "customer_case", {"tenant_id", "customer_id", "case_id", "version", "is_open", "detractor", "resolved_at"}, 3};
  return *def;
}

void CaseRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, case_id, version, int64_t{standing.open}, int64_t{standing.detractor},
                     db::Of(standing.resolved_at)});
}

CaseRow CaseRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Int(3), {r.Int(4) != 0, r.Int(5) != 0, r.OptTime(6)}};
}

absl::StatusOr<std::vector<CaseRow>> ReadCases(const db::TenantDb& db, const std::vector<std::string>& customer_ids) {
  std::vector<CaseRow> rows;
  if (customer_ids.empty()) return rows;
  db::Values params;
  const std::string sql =
      absl::StrCat("SELECT ", absl::StrJoin(CaseRow::Table().columns, ", "),
                   " FROM customer_case WHERE tenant_id = ? AND customer_id", InList(customer_ids, params));
  HOIAM_RETURN_IF_ERROR(db.Query(sql, params, [&](const db::Row& r) { rows.push_back(CaseRow::Read(r)); }));
  return rows;
}

}  // namespace hoiam::scoring
