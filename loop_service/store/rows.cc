#include "loop_service/store/rows.h"

namespace hoiam::loop {

const db::TableDef& CaseRow::Table() {
  static const auto* def = new db::TableDef{
      "loop_case",
      {"tenant_id", "case_id", "subject", "customer_id", "kind", "state", "is_open", "priority", "owner", "team",
       "version", "create_time", "update_time", "body", "touchpoint", "root_cause", "origin"},
      2,
      0,
      true};
  return *def;
}

void CaseRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, case_id, subject, customer_id, kind, state, int64_t{is_open}, priority, owner, team,
                     version, create_time, update_time, body, touchpoint, root_cause, origin});
}

CaseRow CaseRow::Read(const db::Row& r) {
  return {r.Bytes(0),    r.Bytes(1),  r.Bytes(2),  r.Bytes(3),  r.Bytes(4), r.Bytes(5),
          r.Int(6) != 0, r.Bytes(7),  r.Bytes(8),  r.Bytes(9),  r.Int(10),  r.Time(11),
          r.Time(12),    r.Bytes(13), r.Bytes(14), r.Bytes(15), r.Bytes(16)};
}

const db::TableDef& CaseAnswerRow::Table() {
  static const auto* def =
      new db::TableDef{"case_answer", {"tenant_id", "response_id", "case_id", "role", "revision", "voided"}, 2};
  return *def;
}

void CaseAnswerRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, response_id, case_id, role, revision, int64_t{voided}});
}

CaseAnswerRow CaseAnswerRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Int(4), r.Int(5) != 0};
}

const db::TableDef& OpenCaseRow::Table() {
  static const auto* def = new db::TableDef{"open_case", {"tenant_id", "customer_id", "kind", "case_id"}, 3, 0, true};
  return *def;
}

void OpenCaseRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, customer_id, kind, case_id}); }

OpenCaseRow OpenCaseRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3)}; }

const db::TableDef& CaseNoteRow::Table() {
  static const auto* def =
      new db::TableDef{"case_note", {"tenant_id", "case_id", "note_id", "fingerprint", "create_time"}, 3};
  return *def;
}

void CaseNoteRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, case_id, note_id, fingerprint, create_time});
}

CaseNoteRow CaseNoteRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Time(4)}; }

}  // namespace hoiam::loop
