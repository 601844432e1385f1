// Table `metric_def`, as it is written: versions of the tenant's own metrics.
#pragma once

#include <string>

#include "platform/db/table.h"

namespace hoiam::scoring {

struct MetricRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string metric_id;
  int64_t version = 0;
  std::string body;  // serialized hoiam.survey.v1.Metric

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static MetricRow Read(const db::Row& r);
};

}  // namespace hoiam::scoring
