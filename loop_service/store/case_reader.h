// Reads of cases outside of the unit of work: plain SELECTs, each served by an index and by tenant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/base/filter.h"
#include "platform/db/tenant_db.h"

namespace hoiam::loop {

// Where a case stands in the order of lists: newest first.
struct CasePosition {
  absl::Time create_time;
  std::string case_id;
};

struct StoredCase {
  CasePosition position;
  std::string body;
};

// One stretch of an index in which cases are in the order of lists: those of one cause, say, or of one team, open or
// not.
struct CaseLane {
  std::string index;
  std::string sql;  // "" for all
  db::Values params;
};

// What a list of cases is cut by: names of fields as callers write them, and values as the columns hold them.
// INVALID_ARGUMENT reason INVALID_FILTER. The text is "" for everything.
struct CaseCondition {
  std::string sql;
  db::Values params;
  // All that the condition lets through lies in these. Each is read by itself, newest first, and they are merged: where
  // the database would sort, it reads them whole. Empty: the database chooses.
  std::vector<CaseLane> lanes;
};
absl::StatusOr<CaseCondition> MakeCaseCondition(const Filter& filter);

struct CasePage {
  std::vector<StoredCase> cases;
  bool more = false;
};

// What must be known of a case before a change to it can be queued.
struct CaseHandle {
  std::string subject;  // decides the partition; never changes
  size_t body_bytes = 0;
};
// nullopt when there is none.
absl::StatusOr<std::optional<CaseHandle>> FindHandle(const db::TenantDb& db, absl::string_view case_id);
// The body of a case; nullopt when there is none.
absl::StatusOr<std::optional<std::string>> FindCase(const db::TenantDb& db, absl::string_view case_id);
// At most `limit` cases after `after`, newest first; fewer when bodies come to more than `max_bytes` (but one at
// least).
absl::StatusOr<CasePage> ListCases(const db::TenantDb& db, const CaseCondition& condition,
                                   const std::optional<CasePosition>& after, size_t limit, size_t max_bytes);

// The statements of a list, for the test that asks the database how it would run them.
std::string ListKeysSql(const CaseCondition& condition, const CaseLane* lane, bool after);

}  // namespace hoiam::loop
