// The do-not-sell gate's tables as row types of the unit of work, and the list of what it said. What the columns mean:
// migrations/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/base/filter.h"
#include "platform/db/table.h"
#include "platform/db/tenant_db.h"

namespace hoiam::loop {

struct OpenInteractionRow {
  std::string tenant_id, customer_id, interaction_id;
  std::string type;
  absl::Time occurred_at;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static OpenInteractionRow Read(const db::Row& r);
};

struct OfferCheckRow {
  std::string tenant_id, check_id;  // 16 bytes
  std::string customer_id;
  bool overridden = false;
  absl::Time create_time;
  std::string body;  // serialized hoiam.loop.v1.OfferCheck

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static OfferCheckRow Read(const db::Row& r);
};

// Where a record stands in the order of the list: newest first.
struct OfferCheckPosition {
  absl::Time create_time;
  std::string check_id;
};

// A filter on customer, overridden and time, as SQL. INVALID_ARGUMENT reason INVALID_FILTER.
struct OfferCheckCondition {
  std::string sql;
  db::Values params;
};
absl::StatusOr<OfferCheckCondition> MakeOfferCheckCondition(const Filter& filter);

// At most `limit` records after `after`.
absl::StatusOr<std::vector<OfferCheckRow>> ListOfferChecks(const db::TenantDb& db, const OfferCheckCondition& condition,
                                                           const std::optional<OfferCheckPosition>& after,
                                                           size_t limit);

// The statement of the list, for the test that asks the database how it would run it.
std::string ListOfferChecksSql(const std::string& condition, bool after);

}  // namespace hoiam::loop
