#include "gateway/store/event_rows.h"

namespace hoiam::gateway {

const db::TableDef& EventOrderRow::Table() {
  static const auto* def = new db::TableDef{.name = "event_order",
                                            .columns = {"tenant_id", "next_seq", "next_position"},
                                            .key_columns = 1,
                                            .for_update = true};
  return *def;
}

void EventOrderRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, next_seq, next_position}); }

EventOrderRow EventOrderRow::Read(const db::Row& r) { return {r.Bytes(0), r.Int(1), r.Int(2)}; }

const db::TableDef& PublicEventRow::Table() {
  static const auto* def =
      new db::TableDef{"public_event", {"tenant_id", "seq", "event_id", "type", "subject", "occurred_at", "body"}, 2};
  return *def;
}

void PublicEventRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, seq, event_id, type, subject, occurred_at, body});
}

PublicEventRow PublicEventRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Int(1), r.Bytes(2), r.Bytes(3), r.Bytes(4), r.Time(5), r.Bytes(6)};
}

}  // namespace hoiam::gateway
