#include "survey_service/store/message_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

// A list of ids comes after each.
constexpr char kInvitations[] =
    "SELECT tenant_id, customer_id, invitation_id, survey_id, create_time, token_hash, key_id, body FROM invitation "
    "WHERE tenant_id = ? AND invitation_id IN ";
constexpr char kCustomers[] =
    "SELECT tenant_id, customer_id, update_time, phone, email, segment, body FROM customer "
    "WHERE tenant_id = ? AND customer_id IN ";
constexpr char kSurveys[] = "SELECT body FROM survey WHERE tenant_id = ? AND survey_id IN ";
constexpr char kInteractions[] = "SELECT body FROM interaction WHERE tenant_id = ? AND interaction_id IN ";

// Lists come in power-of-two lengths (the last id is repeated), so that few texts are kept prepared.
absl::Status QueryAll(const db::TenantDb& db, const char* sql, const std::vector<std::string>& ids,
                      const std::function<void(const db::Row&)>& each) {
  if (ids.empty()) return absl::OkStatus();
  size_t shape = 1;
  while (shape < ids.size()) shape *= 2;
  std::string list = "(?";
  db::Values params = {ids[0]};
  for (size_t i = 1; i < shape; ++i) {
    list += ", ?";
    params.push_back(ids[std::min(i, ids.size() - 1)]);
  }
  return db.Query(absl::StrCat(sql, list, ")"), params, each);
}

template <class Row>
absl::StatusOr<std::vector<Row>> Rows(const db::TenantDb& db, const char* sql, const std::vector<std::string>& ids) {
  std::vector<Row> rows;
  HOIAM_RETURN_IF_ERROR(QueryAll(db, sql, ids, [&](const db::Row& r) { rows.push_back(Row::Read(r)); }));
  return rows;
}

absl::StatusOr<std::vector<std::string>> Bodies(const db::TenantDb& db, const char* sql,
                                                const std::vector<std::string>& ids) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(QueryAll(db, sql, ids, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

}  // namespace

absl::StatusOr<std::vector<InvitationRow>> ReadInvitations(const db::TenantDb& db,
                                                           const std::vector<std::string>& ids) {
  return Rows<InvitationRow>(db, kInvitations, ids);
}

absl::StatusOr<std::vector<CustomerRow>> ReadCustomers(const db::TenantDb& db, const std::vector<std::string>& ids) {
  return Rows<CustomerRow>(db, kCustomers, ids);
}

absl::StatusOr<std::vector<std::string>> ReadSurveys(const db::TenantDb& db, const std::vector<std::string>& ids) {
  return Bodies(db, kSurveys, ids);
}

absl::StatusOr<std::vector<std::string>> ReadInteractions(const db::TenantDb& db, const std::vector<std::string>& ids) {
  return Bodies(db, kInteractions, ids);
}

}  // namespace hoiam::survey
