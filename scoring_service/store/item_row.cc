#include "scoring_service/store/item_row.h"

namespace hoiam::scoring {

const db::TableDef& ItemRow::Table() {
  static const auto* def = new db::TableDef{
      "item_status", {"tenant_id", "generation", "customer_id", "item", "occurred_at", "usage_id", "body"}, 4};
  return *def;
}

void ItemRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, generation, customer_id, item, occurred_at, usage_id, body});
}

ItemRow ItemRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Int(1), r.Bytes(2), r.Bytes(3), r.Time(4), r.Bytes(5), r.Bytes(6)};
}

}  // namespace hoiam::scoring
