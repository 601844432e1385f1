// Table `customer_case`: cases, as far as the satisfaction sheet goes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/table.h"
#include "platform/db/tenant_db.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

struct CaseRow {
  std::string tenant_id, customer_id, case_id;
  int64_t version = 0;
  CaseStanding standing;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseRow Read(const db::Row& r);
};

// The cases of these customers.
absl::StatusOr<std::vector<CaseRow>> ReadCases(const db::TenantDb& db, const std::vector<std::string>& customer_ids);

}  // namespace hoiam::scoring
