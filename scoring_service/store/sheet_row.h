// Table `sheet`: one customer's satisfaction, apart from the cases (store/case_row.h).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/table.h"
#include "scoring_service/domain/sheet.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

struct SheetRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string customer_id;
  Sheet sheet;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static SheetRow Read(const db::Row& r);
};

// The sheets of these customers, without their cases, in no order; customers without any are left out.
absl::StatusOr<std::vector<SheetRow>> ReadSheets(const View& view, const std::vector<std::string>& customer_ids);

}  // namespace hoiam::scoring
