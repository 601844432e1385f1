#include "scoring_service/store/person_row.h"

namespace hoiam::scoring {

const db::TableDef& PersonRow::Table() {
  static const auto* def = new db::TableDef{"person",
                                            {"tenant_id", "generation", "customer_id", "revision", "segment", "team",
                                             "icp_fit", "lifecycle", "kind", "created_at"},
                                            3};
  return *def;
}

void PersonRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, generation, customer_id, person.revision, person.segment, person.team, person.icp_fit,
                     int64_t{person.lifecycle}, int64_t{person.kind}, person.created_at});
}

PersonRow PersonRow::Read(const db::Row& r) {
  return {r.Bytes(0),
          r.Int(1),
          r.Bytes(2),
          {r.Int(3), r.Bytes(4), r.Bytes(5), r.Bytes(6), static_cast<int>(r.Int(7)), static_cast<int>(r.Int(8)),
           r.Time(9)}};
}

}  // namespace hoiam::scoring
