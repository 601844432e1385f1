#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {

const db::TableDef& TimelineRow::Table() {
  static const auto* def = new db::TableDef{"timeline",
                                            {"tenant_id", "generation", "customer_id", "kind", "entity_id", "revision",
                                             "happened_at", "entry", "answers", "counted"},
                                            5};
  return *def;
}

void TimelineRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, generation, customer_id, static_cast<int64_t>(kind), entity_id, revision,
                     db::Of(happened_at), entry, answers, counted});
}

TimelineRow TimelineRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Int(1),   r.Bytes(2), static_cast<EntryKind>(r.Int(3)), r.Bytes(4), r.Int(5), r.OptTime(6),
          r.Bytes(7), r.Bytes(8), r.Int(9)};
}

db::Values TimelineRow::Key(const std::string& tenant_id, int64_t generation, const std::string& customer_id,
                            EntryKind kind, const std::string& entity_id) {
  return {tenant_id, generation, customer_id, static_cast<int64_t>(kind), entity_id};
}

}  // namespace hoiam::scoring
