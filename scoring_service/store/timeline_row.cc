#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {

const db::TableDef& TimelineRow::Table() {
  static const auto* def = new db::TableDef{
      "timeline", {"tenant_id", "customer_id", "kind", "entity_id", "revision", "happened_at", "entry", "answers"}, 4};
  return *def;
}

void TimelineRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, static_cast<int64_t>(kind), entity_id, revision, db::Of(happened_at),
                     entry, answers});
}

TimelineRow TimelineRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), static_cast<EntryKind>(r.Int(2)), r.Bytes(3), r.Int(4), r.OptTime(5),
          r.Bytes(6), r.Bytes(7)};
}

db::Values TimelineRow::Key(const std::string& tenant_id, const std::string& customer_id, EntryKind kind,
                            const std::string& entity_id) {
  return {tenant_id, customer_id, static_cast<int64_t>(kind), entity_id};
}

}  // namespace hoiam::scoring
