#include "scoring_service/store/metric_row.h"

namespace hoiam::scoring {

const db::TableDef& MetricRow::Table() {
  static const auto* def =
      new db::TableDef{"metric_def", {"tenant_id", "generation", "metric_id", "version", "body"}, 4};
  return *def;
}

void MetricRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, generation, metric_id, version, body}); }

MetricRow MetricRow::Read(const db::Row& r) { return {r.Bytes(0), r.Int(1), r.Bytes(2), r.Int(3), r.Bytes(4)}; }

}  // namespace hoiam::scoring
