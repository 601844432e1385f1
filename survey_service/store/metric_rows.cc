#include "survey_service/store/metric_rows.h"

namespace hoiam::survey {

const db::TableDef& MetricVersionRow::Table() {
  static const auto* def = new db::TableDef{"metric_version", {"tenant_id", "metric_id", "version", "body"}, 3};
  return *def;
}

void MetricVersionRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, metric_id, version, body}); }

MetricVersionRow MetricVersionRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Bytes(3)}; }

}  // namespace hoiam::survey
