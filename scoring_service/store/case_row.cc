#include "scoring_service/store/case_row.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/status.h"
#include "scoring_service/store/in_list.h"

namespace hoiam::scoring {

const db::TableDef& CaseRow::Table() {
  static const auto* def = new db::TableDef{"customer_case",
                                            {"tenant_id", "generation", "customer_id", "case_id", "version", "is_open",
                                             "detractor", "opened_at", "resolved_at", "act_by", "contacted"},
                                            4};
  return *def;
}

void CaseRow::Bind(db::Values& v) const {
  v.insert(v.end(),
           {tenant_id, generation, customer_id, case_id, version, int64_t{standing.open}, int64_t{standing.detractor},
            standing.opened_at, db::Of(standing.resolved_at), db::Of(standing.act_by), int64_t{standing.contacted}});
}

CaseRow CaseRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Int(1), r.Bytes(2),
          r.Bytes(3), r.Int(4), {r.Int(5) != 0, r.Int(6) != 0, r.Time(7), r.OptTime(8), r.OptTime(9), r.Int(10) != 0}};
}

absl::StatusOr<std::vector<CaseRow>> ReadCases(const View& view, const std::vector<std::string>& customer_ids) {
  std::vector<CaseRow> rows;
  if (customer_ids.empty()) return rows;
  db::Values params;
  const std::string sql = absl::StrCat("SELECT ", absl::StrJoin(CaseRow::Table().columns, ", "),
                                       " FROM customer_case WHERE tenant_id = ? AND generation = ? AND customer_id",
                                       InList(customer_ids, params));
  HOIAM_RETURN_IF_ERROR(view.Query(sql, params, [&](const db::Row& r) { rows.push_back(CaseRow::Read(r)); }));
  return rows;
}

}  // namespace hoiam::scoring
