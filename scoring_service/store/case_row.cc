#include "scoring_service/store/case_row.h"

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

}  // namespace hoiam::scoring
