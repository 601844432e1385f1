#include "survey_service/store/customer_rows.h"

namespace hoiam::survey {

using db::Row;
using db::TableDef;
using db::Values;

const TableDef& UsageRecordRow::Table() {
  static const auto* def = new TableDef{
      "usage_record", {"tenant_id", "usage_id", "customer_id", "occurred_at", "fingerprint", "body", "dispatch"}, 2};
  return *def;
}

void UsageRecordRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, usage_id, customer_id, occurred_at, fingerprint, body, dispatch});
}

UsageRecordRow UsageRecordRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Time(3), r.Bytes(4), r.Bytes(5), r.Bytes(6)};
}

const TableDef& UsageItemRow::Table() {
  static const auto* def = new TableDef{"usage_item", {"tenant_id", "customer_id", "item", "body"}, 3};
  return *def;
}

void UsageItemRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, customer_id, item, body}); }

UsageItemRow UsageItemRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3)}; }

const TableDef& ConsentStatementRow::Table() {
  static const auto* def = new TableDef{
      "consent_statement", {"tenant_id", "customer_id", "consent_id", "stated_at", "fingerprint", "body"}, 3};
  return *def;
}

void ConsentStatementRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, consent_id, stated_at, fingerprint, body});
}

ConsentStatementRow ConsentStatementRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Time(3), r.Bytes(4), r.Bytes(5)};
}

const TableDef& KnownAnswerRow::Table() {
  static const auto* def =
      new TableDef{"known_answer", {"tenant_id", "customer_id", "question_id", "answered_at", "body"}, 3};
  return *def;
}

void KnownAnswerRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, question_id, answered_at, body});
}

KnownAnswerRow KnownAnswerRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Time(3), r.Bytes(4)};
}

const TableDef& IcpProfileRow::Table() {
  static const auto* def = new TableDef{"icp_profile", {"tenant_id", "revision", "body"}, 1};
  return *def;
}

void IcpProfileRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, revision, body}); }

IcpProfileRow IcpProfileRow::Read(const Row& r) { return {r.Bytes(0), r.Int(1), r.Bytes(2)}; }

const TableDef& ResponseClaimRow::Table() {
  static const auto* def = new TableDef{"response_claim", {"tenant_id", "claim_hash", "response_id"}, 3};
  return *def;
}

void ResponseClaimRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, claim_hash, response_id}); }

ResponseClaimRow ResponseClaimRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2)}; }

}  // namespace hoiam::survey
