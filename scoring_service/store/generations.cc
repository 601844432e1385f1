#include "scoring_service/store/generations.h"

#include "platform/base/status.h"

namespace hoiam::scoring {
namespace {

constexpr char kMakeFirst[] =
    "INSERT INTO generation (number, state, zone, layout, started_at, ended_at, rows_read, rows_total, error,"
    " lease_owner, lease_until) VALUES (1, 3, ?, ?, ?, ?, 0, 0, '', '', ?) ON DUPLICATE KEY UPDATE number = number";
constexpr char kShowFirst[] = "INSERT INTO shown_generation (id, number) VALUES (1, 1) ON DUPLICATE KEY UPDATE id = id";
constexpr char kShown[] =
    "SELECT g.number, g.zone, g.layout FROM shown_generation s JOIN generation g ON g.number = s.number WHERE s.id = 1";

}  // namespace

absl::StatusOr<GenerationRow> ReadShownGeneration(const db::SystemDb& db, const std::string& zone, int64_t layout,
                                                  absl::Time now) {
  GenerationRow shown;
  const auto read = [&] {
    return db->Query(kShown, {}, [&](const db::Row& r) { shown = {r.Int(0), r.Bytes(1), r.Int(2)}; });
  };
  HOIAM_RETURN_IF_ERROR(read());
  if (shown.number != 0) return shown;
  HOIAM_RETURN_IF_ERROR(db->Run(kMakeFirst, {zone, layout, now, now, now}).status());
  HOIAM_RETURN_IF_ERROR(db->Run(kShowFirst, {}).status());
  HOIAM_RETURN_IF_ERROR(read());
  return shown;
}

}  // namespace hoiam::scoring
