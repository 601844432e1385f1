// Table `customer_spend`: interactions, as far as money and counting of interactions go.
#pragma once

#include <string>

#include "platform/db/table.h"
#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {

struct SpendRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string customer_id;
  Spend spend;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static SpendRow Read(const db::Row& r);
};

}  // namespace hoiam::scoring
