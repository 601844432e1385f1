// Table `item_status`: the latest status of each item of a customer.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::scoring {

struct ItemRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string customer_id, item;
  absl::Time occurred_at;
  std::string usage_id;
  std::string body;  // serialized hoiam.survey.v1.Usage

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ItemRow Read(const db::Row& r);
};

}  // namespace hoiam::scoring
