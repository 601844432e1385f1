#include "scoring_service/store/sheet_row.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/status.h"
#include "scoring_service/store/in_list.h"

namespace hoiam::scoring {
namespace {

constexpr int kFirst = 2, kPerMetric = 4;

}  // namespace

const db::TableDef& SheetRow::Table() {
  static const auto* def = new db::TableDef{"sheet",
                                            {"tenant_id", "customer_id",                             //
                                             "nps_score", "nps_at", "nps_full", "nps_previous",      //
                                             "csat_score", "csat_at", "csat_full", "csat_previous",  //
                                             "ces_score", "ces_at", "ces_full", "ces_previous",      //
                                             "rated_interactions", "total_interactions", "next_eligible_at"},
                                            2};
  return *def;
}

void SheetRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id});
  for (const auto& s : sheet.standings) {
    if (s) {
      v.insert(v.end(), {int64_t{s->score}, s->responded_at, int64_t{s->full_effects},
                         db::Of(std::optional<int64_t>(s->previous))});
    } else {
      v.insert(v.end(), {db::Null(), db::Null(), int64_t{0}, db::Null()});
    }
  }
  v.insert(v.end(), {sheet.rated_interactions, sheet.total_interactions, db::Of(sheet.next_eligible_at)});
}

SheetRow SheetRow::Read(const db::Row& r) {
  SheetRow row{r.Bytes(0), r.Bytes(1), {}};
  Sheet& sheet = row.sheet;
  int at = kFirst;
  for (auto& s : sheet.standings) {
    if (!r.IsNull(at)) {
      s = Standing{static_cast<int>(r.Int(at)), r.Time(at + 1), r.Int(at + 2) != 0, std::nullopt};
      if (const auto previous = r.OptInt(at + 3)) s->previous = static_cast<int>(*previous);
    }
    at += kPerMetric;
  }
  sheet.rated_interactions = r.Int(at);
  sheet.total_interactions = r.Int(at + 1);
  sheet.next_eligible_at = r.OptTime(at + 2);
  return row;
}

absl::StatusOr<std::vector<SheetRow>> ReadSheets(const db::TenantDb& db, const std::vector<std::string>& customer_ids) {
  std::vector<SheetRow> rows;
  if (customer_ids.empty()) return rows;
  db::Values params;
  const std::string sql = absl::StrCat("SELECT ", absl::StrJoin(SheetRow::Table().columns, ", "),
                                       " FROM sheet WHERE tenant_id = ? AND customer_id", InList(customer_ids, params));
  HOIAM_RETURN_IF_ERROR(db.Query(sql, params, [&](const db::Row& r) { rows.push_back(SheetRow::Read(r)); }));
  return rows;
}

}  // namespace hoiam::scoring
