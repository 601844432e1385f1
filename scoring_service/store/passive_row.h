// Table `passive`: customers whose last NPS is 7 or 8.
#pragma once

#include <string>

#include "platform/db/table.h"
#include "scoring_service/domain/passive.h"

namespace hoiam::scoring {

struct PassiveRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string customer_id;
  Passive passive;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static PassiveRow Read(const db::Row& r);
};

}  // namespace hoiam::scoring
