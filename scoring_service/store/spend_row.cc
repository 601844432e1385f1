#include "scoring_service/store/spend_row.h"

namespace hoiam::scoring {

const db::TableDef& SpendRow::Table() {
  static const auto* def = new db::TableDef{"customer_spend",
                                            {"tenant_id", "generation", "customer_id", "interaction_id", "revision",
                                             "occurred_at", "voided", "type", "currency", "amount", "cost"},
                                            4};
  return *def;
}

void SpendRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, generation, customer_id, spend.interaction_id, spend.revision, spend.occurred_at,
                     int64_t{spend.voided}, spend.type, spend.currency, db::Of(spend.amount), db::Of(spend.cost)});
}

SpendRow SpendRow::Read(const db::Row& r) {
  return {r.Bytes(0),
          r.Int(1),
          r.Bytes(2),
          {r.Bytes(3), r.Int(4), r.Time(5), r.Int(6) != 0, r.Bytes(7), r.Bytes(8), r.Dec(9), r.Dec(10)}};
}

}  // namespace hoiam::scoring
