#include "survey_service/store/response_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/db/filter_sql.h"

namespace hoiam::survey {
namespace {

constexpr char kOne[] = "SELECT body FROM response WHERE tenant_id = ? AND response_id = ?";

// The place and a filter come between the two.
constexpr char kPage[] = "SELECT body FROM response WHERE tenant_id = ?";
constexpr char kPageBefore[] = " AND responded_at <= ? AND (responded_at < ? OR response_id < ?)";
constexpr char kPageOrder[] = " ORDER BY responded_at DESC, response_id DESC LIMIT ?";

const std::vector<db::FilterField>& Fields() {
  static const auto* fields = new std::vector<db::FilterField>{
      {"metric", "metric", db::FilterFieldKind::kText},
      {"score", "score", db::FilterFieldKind::kInteger},
      {"touchpoint", "touchpoint", db::FilterFieldKind::kPath},
      {"survey", "survey_id", db::FilterFieldKind::kText},
      {"survey_id", "survey_id", db::FilterFieldKind::kText},
      {"responded_at", "responded_at", db::FilterFieldKind::kTime},
      {"segment", "segment", db::FilterFieldKind::kText},
      {"customer", "customer_id", db::FilterFieldKind::kText},
      {"customer_id", "customer_id", db::FilterFieldKind::kText},
  };
  return *fields;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadResponse(const db::TenantDb& db, const std::string& response_id) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kOne, {response_id}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

bool IsIndexed(const Filter& f) {
  if (f.kind == Filter::Kind::kCompare)
    return std::any_of(Fields().begin(), Fields().end(), [&](const db::FilterField& x) { return x.name == f.field; });
  return std::all_of(f.parts.begin(), f.parts.end(), &IsIndexed);
}

absl::StatusOr<std::vector<std::string>> ListResponses(const db::TenantDb& db, const Filter& filter,
                                                       const std::optional<ResponsePlace>& before, int limit) {
  db::Values params;
  if (before) params.insert(params.end(), {before->responded_at, before->responded_at, before->response_id});
  HOIAM_ASSIGN_OR_RETURN(const std::string condition, db::FilterSql(filter, Fields(), params));
  params.push_back(int64_t{limit});
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(
      db.Query(absl::StrCat(kPage, before ? kPageBefore : "", condition.empty() ? "" : " AND ", condition, kPageOrder),
               params, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

}  // namespace hoiam::survey
