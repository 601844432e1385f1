// The tables of loop_service as row types of the unit of work. What the columns mean: migrations/.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::loop {

// Cases and open_case are read for update: a case that an anonymous answer opened changes in the partition of
// the answer, and from its claim on in that of the customer.
struct CaseRow {
  std::string tenant_id, case_id;
  std::string subject, customer_id, kind, state;
  bool is_open = false;
  std::string priority, owner, team;
  int64_t version = 0;
  absl::Time create_time, update_time;
  std::string body;  // serialized hoiam.loop.v1.Case, without what is computed at reading
  std::string touchpoint, root_cause, origin;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseRow Read(const db::Row& r);
};

struct CaseAnswerRow {
  std::string tenant_id, response_id;
  std::string case_id;
  std::string role;      // OPENED or ATTACHED
  int64_t revision = 0;  // of the response, as last seen
  bool voided = false;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseAnswerRow Read(const db::Row& r);
};

struct OpenCaseRow {
  std::string tenant_id, customer_id, kind;
  std::string case_id;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static OpenCaseRow Read(const db::Row& r);
};

struct CaseNoteRow {
  std::string tenant_id, case_id, note_id;
  std::string fingerprint;  // SHA-256 of the text
  absl::Time create_time;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseNoteRow Read(const db::Row& r);
};

}  // namespace hoiam::loop
