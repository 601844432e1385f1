#include "survey_service/store/invitation_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kCustomer[] = "SELECT customer_id FROM invitation WHERE tenant_id = ? AND invitation_id = ?";
constexpr char kOfCustomer[] = "SELECT body FROM invitation WHERE tenant_id = ? AND customer_id = ?";
constexpr char kByToken[] =
    "SELECT tenant_id, customer_id, invitation_id, survey_id, create_time, token_hash, key_id, body FROM invitation "
    "WHERE token_hash = ?";
constexpr char kFirstPage[] =
    "SELECT tenant_id, customer_id, invitation_id, survey_id, create_time, token_hash, key_id, body FROM invitation "
    "WHERE tenant_id = ? AND survey_id = ? ORDER BY create_time DESC, invitation_id DESC LIMIT ?";
constexpr char kPage[] =
    "SELECT tenant_id, customer_id, invitation_id, survey_id, create_time, token_hash, key_id, body FROM invitation "
    "WHERE tenant_id = ? AND survey_id = ? AND create_time <= ? AND (create_time < ? OR invitation_id < ?) "
    "ORDER BY create_time DESC, invitation_id DESC LIMIT ?";

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadInvitationCustomer(const db::TenantDb& db,
                                                                  const std::string& invitation_id) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kCustomer, {invitation_id}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

absl::StatusOr<std::vector<std::string>> ReadInvitationsOf(const db::TenantDb& db, const std::string& customer_id) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(db.Query(kOfCustomer, {customer_id}, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

absl::StatusOr<std::optional<InvitationRow>> ReadInvitationByToken(const db::SystemDb& db,
                                                                   const std::string& token_hash) {
  std::optional<InvitationRow> found;
  HOIAM_RETURN_IF_ERROR(db->Query(kByToken, {token_hash}, [&](const db::Row& r) { found = InvitationRow::Read(r); }));
  return found;
}

absl::StatusOr<std::vector<InvitationRow>> ListInvitations(const db::TenantDb& db, const std::string& survey_id,
                                                           const std::optional<InvitationPlace>& before, int limit) {
  std::vector<InvitationRow> rows;
  const auto each = [&](const db::Row& r) { rows.push_back(InvitationRow::Read(r)); };
  if (before) {
    HOIAM_RETURN_IF_ERROR(db.Query(
        kPage, {survey_id, before->create_time, before->create_time, before->invitation_id, int64_t{limit}}, each));
  } else {
    HOIAM_RETURN_IF_ERROR(db.Query(kFirstPage, {survey_id, int64_t{limit}}, each));
  }
  return rows;
}

}  // namespace hoiam::survey
