#include "loop_service/store/due_reader.h"

#include "platform/base/status.h"

namespace hoiam::loop {

const char kSelectDueCases[] =
    "SELECT d.tenant_id, d.case_id, c.subject, LENGTH(c.body) FROM case_due d "
    "JOIN loop_case c ON c.tenant_id = d.tenant_id AND c.case_id = d.case_id "
    "WHERE d.due_at < ? ORDER BY d.due_at LIMIT ?";

absl::StatusOr<std::vector<DueCase>> FindDueCases(const db::SystemDb& db, absl::Time now, int limit) {
  std::vector<DueCase> due;
  HOIAM_RETURN_IF_ERROR(db->Query(kSelectDueCases, {now, int64_t{limit}}, [&](const db::Row& r) {
    due.push_back({r.Bytes(0), r.Bytes(1), r.Bytes(2), static_cast<size_t>(r.Int(3))});
  }));
  return due;
}

}  // namespace hoiam::loop
