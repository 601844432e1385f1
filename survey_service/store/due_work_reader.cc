#include "survey_service/store/due_work_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {

namespace {

constexpr char kSelect[] =
    "SELECT tenant_id, subject, kind, work_id, due_at, owner, attempts FROM due_work FORCE INDEX (by_due) "
    "WHERE kind = ? AND due_at <= ? ORDER BY due_at LIMIT ?";

}  // namespace

absl::StatusOr<std::vector<DueWorkRow>> FindDueWork(const db::SystemDb& db, DueKind kind, absl::Time now, int limit) {
  std::vector<DueWorkRow> due;
  HOIAM_RETURN_IF_ERROR(db->Query(kSelect, {static_cast<int64_t>(kind), now, int64_t{limit}},
                                  [&](const db::Row& r) { due.push_back(DueWorkRow::Read(r)); }));
  return due;
}

}  // namespace hoiam::survey
