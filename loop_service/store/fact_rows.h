// Cases as figures: the row of the unit of work, and the one way they are read. What the columns mean: migrations/.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "loop_service/domain/loop_rate.h"
#include "platform/db/table.h"
#include "platform/db/tenant_db.h"

namespace hoiam::loop {

// Only ever replaced: nothing is decided by it.
struct CaseFactRow {
  std::string tenant_id;
  CaseFact fact;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseFactRow Read(const db::Row& r);
};

// Cases opened in [start, end), oldest first; at most `limit`.
absl::Status ReadFacts(const db::TenantDb& db, absl::Time start, absl::Time end, size_t limit,
                       const std::function<void(const CaseFact&)>& each);

// The statement of ReadFacts, for the test that asks the database how it would run it.
std::string ReadFactsSql();

}  // namespace hoiam::loop
