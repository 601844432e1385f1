#include "gateway/store/inbound_row.h"

namespace hoiam::gateway {

const db::TableDef& InboundRow::Table() {
  static const auto* def = new db::TableDef{"inbound",
                                            {"tenant_id", "inbound_id", "definition", "secret", "made_by", "token_hash",
                                             "generation", "enabled", "revision", "created_at"},
                                            2};
  return *def;
}

void InboundRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, inbound_id, definition, secret, made_by, token_hash, generation, int64_t{enabled},
                     revision, created_at});
}

InboundRow InboundRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2),    r.Bytes(3), r.Bytes(4),
          r.Bytes(5), r.Int(6),   r.Int(7) != 0, r.Int(8),   r.Time(9)};
}

}  // namespace hoiam::gateway
