// Which cases the clock must look at: of all tenants, because deadlines wait for none.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"

namespace hoiam::loop {

struct DueCase {
  std::string tenant_id, case_id;
  std::string subject;  // decides the partition
  size_t body_bytes = 0;
};

// Those due before `now`, longest first; at most `limit`.
absl::StatusOr<std::vector<DueCase>> FindDueCases(const db::SystemDb& db, absl::Time now, int limit);

// Its statement, for the test that asks the database how it would run it.
extern const char kSelectDueCases[];

}  // namespace hoiam::loop
