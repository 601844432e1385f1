// What alarms and their cases are decided by, beside the cases themselves, as row types of the unit of work. What the
// columns mean: migrations/.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "platform/base/decimal.h"
#include "platform/db/table.h"

namespace hoiam::loop {

// People have cases in all partitions: read for update.
struct OwnerLoadRow {
  std::string tenant_id, owner;
  int64_t open_cases = 0;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static OwnerLoadRow Read(const db::Row& r);
};

struct ResolvedCaseRow {
  std::string tenant_id, customer_id, case_id;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ResolvedCaseRow Read(const db::Row& r);
};

// Places have cases in all partitions: read for update.
struct FixRow {
  std::string tenant_id, scope_kind, scope_id, root_cause;
  std::string body;  // serialized hoiam.loop.v1.FixList

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static FixRow Read(const db::Row& r);
};

struct PurchaseRow {
  std::string tenant_id, customer_id;
  int64_t month = 0;  // of occurred_at: year * 12 + month - 1
  std::string interaction_id;
  absl::Time occurred_at;
  Decimal amount;  // zero: voided
  std::string currency;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static PurchaseRow Read(const db::Row& r);
};

}  // namespace hoiam::loop
