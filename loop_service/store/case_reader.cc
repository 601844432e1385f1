#include "loop_service/store/case_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/db/filter_sql.h"

namespace hoiam::loop {
namespace {

constexpr char kSelectHandle[] = "SELECT subject, LENGTH(body) FROM loop_case WHERE tenant_id = ? AND case_id = ?";
constexpr char kSelectBody[] = "SELECT body FROM loop_case WHERE tenant_id = ? AND case_id = ?";

constexpr char kSelectCases[] = "SELECT create_time, case_id, body FROM loop_case WHERE tenant_id = ?";
constexpr char kAfter[] = " AND create_time <= ? AND (create_time < ? OR case_id < ?)";
constexpr char kNewestFirst[] = " ORDER BY create_time DESC, case_id DESC LIMIT ?";

// Read so many at a time, so that a page of long cases is never in memory whole before it is cut short.
constexpr size_t kChunk = 64;

std::vector<db::FilterField> Fields() {
  using db::FilterFieldKind;
  return {{"state", "state", FilterFieldKind::kText},
          {"kind", "kind", FilterFieldKind::kText},
          {"priority", "priority", FilterFieldKind::kText},
          {"customer", "customer_id", FilterFieldKind::kText},
          {"customer_id", "customer_id", FilterFieldKind::kText},
          {"owner", "owner", FilterFieldKind::kText},
          {"team", "team", FilterFieldKind::kText},
          {"create_time", "create_time", FilterFieldKind::kTime},
          {"open", "is_open", FilterFieldKind::kInteger}};
}

}  // namespace

absl::StatusOr<CaseCondition> MakeCaseCondition(const Filter& filter) {
  CaseCondition condition;
  HOIAM_ASSIGN_OR_RETURN(condition.sql, db::FilterSql(filter, Fields(), condition.params));
  return condition;
}

absl::StatusOr<std::optional<CaseHandle>> FindHandle(const db::TenantDb& db, absl::string_view case_id) {
  std::optional<CaseHandle> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kSelectHandle, {std::string(case_id)}, [&](const db::Row& r) {
    found = CaseHandle{r.Bytes(0), static_cast<size_t>(r.Int(1))};
  }));
  return found;
}

absl::StatusOr<std::optional<std::string>> FindCase(const db::TenantDb& db, absl::string_view case_id) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kSelectBody, {std::string(case_id)}, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

std::string ListCasesSql(absl::string_view condition, bool after) {
  return absl::StrCat(kSelectCases, after ? kAfter : "", condition.empty() ? "" : " AND ", condition, kNewestFirst);
}

absl::StatusOr<CasePage> ListCases(const db::TenantDb& db, const CaseCondition& condition,
                                   const std::optional<CasePosition>& after, size_t limit, size_t max_bytes) {
  CasePage page;
  std::optional<CasePosition> from = after;
  size_t bytes = 0;
  for (;;) {
    db::Values params;
    if (from) params.insert(params.end(), {from->create_time, from->create_time, from->case_id});
    params.insert(params.end(), condition.params.begin(), condition.params.end());
    const size_t want = std::min(kChunk, limit + 1 - page.cases.size());  // one more tells whether there is a next page
    params.push_back(static_cast<int64_t>(want));
    size_t got = 0;
    HOIAM_RETURN_IF_ERROR(db.Query(ListCasesSql(condition.sql, from.has_value()), params, [&](const db::Row& r) {
      ++got;
      if (page.more) return;
      std::string body = r.Bytes(2);
      bytes += body.size();
      if (page.cases.size() == limit || (bytes > max_bytes && !page.cases.empty())) {
        page.more = true;
        return;
      }
      page.cases.push_back({{r.Time(0), r.Bytes(1)}, std::move(body)});
    }));
    if (page.more || got < want) return page;
    from = page.cases.back().position;
  }
}

}  // namespace hoiam::loop
