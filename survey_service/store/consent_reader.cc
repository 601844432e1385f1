#include "survey_service/store/consent_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kStatements[] =
    "SELECT body FROM consent_statement FORCE INDEX (newest) WHERE tenant_id = ? AND customer_id = ? "
    "ORDER BY stated_at DESC, consent_id DESC";
constexpr char kOld[] =
    "SELECT tenant_id, customer_id, stated_at, wish, stated_by, reason FROM consent "
    "WHERE tenant_id = ? AND customer_id = ?";

}  // namespace

absl::StatusOr<std::vector<std::string>> ListConsentStatements(const db::TenantDb& db, const std::string& customer_id) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(db.Query(kStatements, {customer_id}, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

absl::StatusOr<std::vector<ConsentRow>> ListOldConsents(const db::TenantDb& db, const std::string& customer_id) {
  std::vector<ConsentRow> rows;
  HOIAM_RETURN_IF_ERROR(db.Query(kOld, {customer_id}, [&](const db::Row& r) { rows.push_back(ConsentRow::Read(r)); }));
  return rows;
}

}  // namespace hoiam::survey
