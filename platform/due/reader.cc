#include "platform/due/reader.h"

#include "platform/base/status.h"

namespace hoiam::due {
namespace {

constexpr char kSelect[] =
    "SELECT tenant_id, subject, kind, work_id, due_at, owner, attempts FROM due_work FORCE INDEX (by_due) "
    "WHERE kind = ? AND due_at <= ? ORDER BY due_at LIMIT ?";

}  // namespace

absl::StatusOr<std::vector<Work>> FindDueWork(const db::SystemDb& db, int64_t kind, absl::Time now, int limit) {
  std::vector<Work> due;
  HOIAM_RETURN_IF_ERROR(
      db->Query(kSelect, {kind, now, int64_t{limit}}, [&](const db::Row& r) { due.push_back(Work::Read(r)); }));
  return due;
}

}  // namespace hoiam::due
