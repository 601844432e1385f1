// The conversation's tables as row types of the unit of work. What the columns mean: migrations/.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::loop {

// Read for update: the mail worker records in the partition in which the mail was caused.
struct CaseMessageRow {
  std::string tenant_id, case_id, message_id;
  absl::Time create_time;
  std::string fingerprint;  // SHA-256 of what the caller said
  std::string body;         // serialized hoiam.loop.v1.CaseMessage

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseMessageRow Read(const db::Row& r);
};

struct ReceivedMailRow {
  std::string tenant_id, mail_hash;
  std::string case_id, message_id;
  absl::Time create_time;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ReceivedMailRow Read(const db::Row& r);
};

// One mail to go out; gone once it went.
struct CaseMailRow {
  std::string tenant_id, case_id, mail_id;
  std::string body;  // serialized hoiam.loop.v1.CaseMail

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseMailRow Read(const db::Row& r);
};

}  // namespace hoiam::loop
