#include "scoring_service/app/move_rollups.h"

#include "scoring_service/domain/periods.h"
#include "scoring_service/store/rollup_row.h"

namespace hoiam::scoring {
namespace {

bool CountsTheSame(const Answer& a, const Answer& b, const absl::TimeZone& zone) {
  return a.metric == b.metric && a.score == b.score && a.solicited == b.solicited && a.dimensions == b.dimensions &&
         a.revenue == b.revenue && DayOf(a.responded_at, zone) == DayOf(b.responded_at, zone);
}

void AddTo(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, int sign, const absl::TimeZone& zone) {
  RollupRow row;
  row.tenant_id = tenant;
  row.metric = static_cast<int64_t>(*a.metric);
  row.solicited = a.solicited;
  row.day = DayOf(a.responded_at, zone);
  for (const Cut& cut : KeptCuts()) {
    CutKey key = KeyIn(cut, a.dimensions);
    row.cut = cut.id;
    row.key1 = std::move(key.key1);
    row.key2 = std::move(key.key2);
    row.n[*a.score] = sign;
    row.currency.clear();
    if (a.revenue.empty()) uow.Add(row);
    for (const auto& [currency, amount] : a.revenue) {
      row.currency = currency;
      row.r[*a.score] = sign > 0 ? amount : -amount;
      uow.Add(row);
      row.n[*a.score] = 0;  // counted once, with its first currency
    }
  }
}

}  // namespace

void MoveRollups(db::UnitOfWork& uow, const std::string& tenant, const Answer* before, const Answer* after,
                 const absl::TimeZone& zone) {
  if (before && !before->counted()) before = nullptr;
  if (after && !after->counted()) after = nullptr;
  if (before && after && CountsTheSame(*before, *after, zone)) return;
  if (before) AddTo(uow, tenant, *before, -1, zone);
  if (after) AddTo(uow, tenant, *after, +1, zone);
}

}  // namespace hoiam::scoring
