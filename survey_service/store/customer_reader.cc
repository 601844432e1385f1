#include "survey_service/store/customer_reader.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/db/filter_sql.h"

namespace hoiam::survey {
namespace {

constexpr char kOne[] =
    "SELECT tenant_id, customer_id, update_time, phone, email, segment, body FROM customer "
    "WHERE tenant_id = ? AND customer_id = ?";

constexpr char kIcpProfile[] = "SELECT body FROM icp_profile WHERE tenant_id = ?";

// A filter comes between the two.
constexpr char kPage[] =
    "SELECT tenant_id, customer_id, update_time, phone, email, segment, body FROM customer "
    "WHERE tenant_id = ? AND update_time >= ? AND (update_time > ? OR customer_id > ?)";
constexpr char kPageOrder[] = " ORDER BY update_time, customer_id LIMIT ?";

const std::vector<db::FilterField>& Fields() {
  static const auto* fields = new std::vector<db::FilterField>{
      {"update_time", "update_time", db::FilterFieldKind::kTime},
      {"phone", "phone", db::FilterFieldKind::kText},
      {"email", "email", db::FilterFieldKind::kText},
      {"segment", "segment", db::FilterFieldKind::kText},
  };
  return *fields;
}

}  // namespace

absl::StatusOr<std::optional<CustomerRow>> ReadCustomer(const db::TenantDb& db, const std::string& customer_id) {
  std::optional<CustomerRow> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kOne, {customer_id}, [&](const db::Row& r) { found = CustomerRow::Read(r); }));
  return found;
}

absl::StatusOr<std::vector<CustomerRow>> ListCustomers(const db::TenantDb& db, const Filter& filter,
                                                       const CustomerPlace& after, int limit) {
  db::Values params = {after.update_time, after.update_time, after.customer_id};
  HOIAM_ASSIGN_OR_RETURN(const std::string condition, db::FilterSql(filter, Fields(), params));
  params.push_back(int64_t{limit});
  std::vector<CustomerRow> rows;
  HOIAM_RETURN_IF_ERROR(db.Query(absl::StrCat(kPage, condition.empty() ? "" : " AND ", condition, kPageOrder), params,
                                 [&](const db::Row& r) { rows.push_back(CustomerRow::Read(r)); }));
  return rows;
}

absl::StatusOr<std::optional<std::string>> ReadIcpProfile(const db::TenantDb& db) {
  std::optional<std::string> body;
  HOIAM_RETURN_IF_ERROR(db.Query(kIcpProfile, {}, [&](const db::Row& r) { body = r.Bytes(0); }));
  return body;
}

}  // namespace hoiam::survey
