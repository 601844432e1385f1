#include "loop_service/store/alarm_rows.h"

namespace hoiam::loop {

const db::TableDef& OwnerLoadRow::Table() {
  static const auto* def = new db::TableDef{"owner_load", {"tenant_id", "owner", "open_cases"}, 2, 0, true};
  return *def;
}

void OwnerLoadRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, owner, open_cases}); }

OwnerLoadRow OwnerLoadRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Int(2)}; }

const db::TableDef& ResolvedCaseRow::Table() {
  static const auto* def = new db::TableDef{"resolved_case", {"tenant_id", "customer_id", "case_id"}, 3};
  return *def;
}

void ResolvedCaseRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, customer_id, case_id}); }

ResolvedCaseRow ResolvedCaseRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2)}; }

const db::TableDef& FixRow::Table() {
  static const auto* def =
      new db::TableDef{"fix", {"tenant_id", "scope_kind", "scope_id", "root_cause", "body"}, 4, 0, true};
  return *def;
}

void FixRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, scope_kind, scope_id, root_cause, body}); }

FixRow FixRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Bytes(4)}; }

const db::TableDef& PurchaseRow::Table() {
  static const auto* def = new db::TableDef{
      "purchase", {"tenant_id", "customer_id", "month", "interaction_id", "occurred_at", "amount", "currency"}, 4};
  return *def;
}

void PurchaseRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, month, interaction_id, occurred_at, amount.ToStored(), currency});
}

PurchaseRow PurchaseRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Bytes(3), r.Time(4), Decimal::ParseStored(r.Bytes(5)).value_or(Decimal()),
          r.Bytes(6)};
}

}  // namespace hoiam::loop
