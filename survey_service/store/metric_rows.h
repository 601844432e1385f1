// Rows of the metrics that a tenant defines.
#pragma once

#include <cstdint>
#include <string>

#include "platform/db/table.h"

namespace hoiam::survey {

// One version of a metric. All of them are kept for ever.
struct MetricVersionRow {
  std::string tenant_id, metric_id;
  int64_t version = 1;
  std::string body;  // hoiam.survey.v1.Metric, serialized

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static MetricVersionRow Read(const db::Row& r);
};

}  // namespace hoiam::survey
