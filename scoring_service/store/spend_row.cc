#include "scoring_service/store/spend_row.h"

namespace hoiam::scoring {

const db::TableDef& SpendRow::Table() {
  static const auto* def = new db::TableDef{
      "customer_spend",
      {"tenant_id", "customer_id", "interaction_id", "revision", "occurred_at", "voided", "currency", "amount"},
      3};
  return *def;
}

void SpendRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, spend.interaction_id, spend.revision, spend.occurred_at,
                     int64_t{spend.voided}, spend.currency, db::Of(spend.amount)});
}

SpendRow SpendRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), {r.Bytes(2), r.Int(3), r.Time(4), r.Int(5) != 0, r.Bytes(6), r.Dec(7)}};
}

}  // namespace hoiam::scoring
