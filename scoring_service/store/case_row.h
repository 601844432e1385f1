// Table `customer_case`: cases, as far as the satisfaction sheet goes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/table.h"
#include "scoring_service/domain/sheet.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

struct CaseRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string customer_id, case_id;
  int64_t version = 0;
  CaseStanding standing;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseRow Read(const db::Row& r);
};

// The cases of these customers.
absl::StatusOr<std::vector<CaseRow>> ReadCases(const View& view, const std::vector<std::string>& customer_ids);

}  // namespace hoiam::scoring
