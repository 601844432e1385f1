#include "survey_service/store/usage_reader.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kPage[] =
    "SELECT body FROM usage_record FORCE INDEX (by_customer) WHERE tenant_id = ? AND customer_id = ?";
constexpr char kPageBefore[] = " AND occurred_at <= ? AND (occurred_at < ? OR usage_id < ?)";
constexpr char kPageOrder[] = " ORDER BY occurred_at DESC, usage_id DESC LIMIT ?";

constexpr char kItems[] = "SELECT body FROM usage_item WHERE tenant_id = ? AND customer_id = ?";
constexpr char kItem[] = "SELECT body FROM usage_item WHERE tenant_id = ? AND customer_id = ? AND item = ?";

}  // namespace

absl::StatusOr<std::vector<std::string>> ListUsage(const db::TenantDb& db, const std::string& customer_id,
                                                   const std::optional<UsagePlace>& before, int limit) {
  db::Values params = {customer_id};
  if (before) params.insert(params.end(), {before->occurred_at, before->occurred_at, before->usage_id});
  params.push_back(int64_t{limit});
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(db.Query(absl::StrCat(kPage, before ? kPageBefore : "", kPageOrder), params,
                                 [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

absl::StatusOr<std::vector<std::string>> ListUsageItems(const db::TenantDb& db, const std::string& customer_id) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(db.Query(kItems, {customer_id}, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

absl::StatusOr<std::optional<std::string>> ReadUsageItem(const db::TenantDb& db, const std::string& customer_id,
                                                         const std::string& item) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kItem, {customer_id, item}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

}  // namespace hoiam::survey
