#include "scoring_service/store/setting_rows.h"

#include "platform/base/status.h"
#include "scoring_service/store/sql_time.h"

namespace hoiam::scoring {
namespace {

constexpr char kTargets[] = "SELECT body FROM target WHERE tenant_id = ? ORDER BY target_id";
constexpr char kImprovement[] = "SELECT body FROM improvement WHERE tenant_id = ? AND improvement_id = ?";
constexpr char kNewest[] =
    "SELECT tenant_id, improvement_id, start_time, body FROM improvement FORCE INDEX (newest) WHERE tenant_id = ?"
    " AND start_time <= ? AND (start_time < ? OR improvement_id < ?)"
    " ORDER BY start_time DESC, improvement_id DESC LIMIT ?";

}  // namespace

const db::TableDef& TargetRow::Table() {
  static const auto* def = new db::TableDef{"target", {"tenant_id", "target_id", "body"}, 2};
  return *def;
}

void TargetRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, target_id, body}); }

TargetRow TargetRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2)}; }

const db::TableDef& ImprovementRow::Table() {
  static const auto* def = new db::TableDef{"improvement", {"tenant_id", "improvement_id", "start_time", "body"}, 2};
  return *def;
}

void ImprovementRow::Bind(db::Values& v) const { v.insert(v.end(), {tenant_id, improvement_id, start_time, body}); }

ImprovementRow ImprovementRow::Read(const db::Row& r) { return {r.Bytes(0), r.Bytes(1), r.Time(2), r.Bytes(3)}; }

absl::StatusOr<std::vector<std::string>> ReadTargets(const db::TenantDb& db) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(db.Query(kTargets, {}, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

absl::StatusOr<std::vector<ImprovementRow>> ReadImprovements(const db::TenantDb& db,
                                                             const std::optional<ImprovementPlace>& after, int limit) {
  const absl::Time from = ToSqlTime(after ? after->start_time : absl::InfiniteFuture());
  std::vector<ImprovementRow> rows;
  HOIAM_RETURN_IF_ERROR(db.Query(kNewest, {from, from, after ? after->improvement_id : std::string(), int64_t{limit}},
                                 [&](const db::Row& r) { rows.push_back(ImprovementRow::Read(r)); }));
  return rows;
}

absl::StatusOr<std::optional<std::string>> ReadImprovement(const db::TenantDb& db, const std::string& id) {
  std::optional<std::string> body;
  HOIAM_RETURN_IF_ERROR(db.Query(kImprovement, {id}, [&](const db::Row& r) { body = r.Bytes(0); }));
  return body;
}

}  // namespace hoiam::scoring
