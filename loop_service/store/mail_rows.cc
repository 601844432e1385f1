#include "loop_service/store/mail_rows.h"

#include "hoiam/loop/v1/stored.pb.h"

namespace hoiam::loop {

const db::TableDef& CaseMessageRow::Table() {
  static const auto* def = new db::TableDef{
      "case_message", {"tenant_id", "case_id", "message_id", "create_time", "fingerprint", "body"}, 3, 0, true};
  return *def;
}

void CaseMessageRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, case_id, message_id, create_time, fingerprint, body});
}

CaseMessageRow CaseMessageRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Time(3), r.Bytes(4), r.Bytes(5)};
}

const db::TableDef& ReceivedMailRow::Table() {
  static const auto* def =
      new db::TableDef{"received_mail", {"tenant_id", "mail_hash", "case_id", "message_id", "create_time"}, 2, 0, true};
  return *def;
}

void ReceivedMailRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, mail_hash, case_id, message_id, create_time});
}

ReceivedMailRow ReceivedMailRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Time(4)};
}

std::string CaseMail::Serialize() const {
  v1::CaseMail stored;
  stored.set_kind(kind);
  stored.set_to(to);
  stored.set_to_name(to_name);
  stored.set_message_id(message_id);
  stored.set_note(note);
  stored.mutable_create_time()->set_seconds(absl::ToUnixSeconds(create_time));
  return stored.SerializeAsString();
}

std::optional<CaseMail> CaseMail::Parse(absl::string_view body) {
  v1::CaseMail stored;
  if (!stored.ParseFromArray(body.data(), static_cast<int>(body.size()))) return std::nullopt;
  return CaseMail{stored.kind(),       stored.to(),   stored.to_name(),
                  stored.message_id(), stored.note(), absl::FromUnixSeconds(stored.create_time().seconds())};
}

const db::TableDef& CaseMailRow::Table() {
  static const auto* def = new db::TableDef{"case_mail", {"tenant_id", "case_id", "mail_id", "body"}, 3, 0, true};
  return *def;
}

void CaseMailRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, case_id, mail_id, body}); }

CaseMailRow CaseMailRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3)}; }

}  // namespace hoiam::loop
