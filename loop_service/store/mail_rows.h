// The conversation's tables as row types of the unit of work. What the columns mean: migrations/.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
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

// A mail that goes out. What it says is made when it is sent, of the case as it is then; a customer's address is not
// kept.
struct CaseMail {
  std::string kind;         // Name of a NoticeKind
  std::string to, to_name;  // staff; empty: the customer, who is asked for when it is sent
  std::string message_id;   // of a kMessage: which message of the conversation
  std::string note;         // what the history says of it
  absl::Time create_time;   // when it was caused

  std::string Serialize() const;
  // nullopt when it cannot be read.
  static std::optional<CaseMail> Parse(absl::string_view body);
};

// One mail to go out; gone once it went.
struct CaseMailRow {
  std::string tenant_id, case_id, mail_id;
  std::string body;  // CaseMail::Serialize

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static CaseMailRow Read(const db::Row& r);
};

}  // namespace hoiam::loop
