#include "scoring_service/app/move_rollups.h"

#include "scoring_service/domain/periods.h"
#include "scoring_service/store/rollup_row.h"

namespace hoiam::scoring {
namespace {

bool CountsTheSame(const Answer& a, const Answer& b, const Generation& g) {
  return a.scope == b.scope && a.kind == b.kind && a.observations == b.observations && a.dimensions == b.dimensions &&
         a.represented == b.represented && DayOf(a.responded_at, g.zone) == DayOf(b.responded_at, g.zone);
}

void AddTo(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, int sign, const Generation& g) {
  RollupRow row;
  row.tenant_id = tenant;
  row.generation = g.number;
  row.scope = static_cast<int64_t>(a.scope);
  row.kind = static_cast<int64_t>(a.kind);
  row.day = DayOf(a.responded_at, g.zone);
  for (const Observation& o : a.observations) {
    row.metric = o.metric;
    row.version = o.version;
    row.item = o.item;
    row.tally = Tally();
    row.tally.Add(o.value, a.represented, sign);
    for (const Cut& cut : KeptCuts()) {
      if (!o.item.empty() && !cut.has_items) continue;
      CutKey key = KeyIn(cut, a.dimensions);
      row.cut = cut.id;
      row.key1 = std::move(key.key1);
      row.key2 = std::move(key.key2);
      uow.Add(row);
    }
  }
}

}  // namespace

void MoveRollups(db::UnitOfWork& uow, const std::string& tenant, const Answer* before, const Answer* after,
                 const Generation& g) {
  if (before && !before->counted()) before = nullptr;
  if (after && !after->counted()) after = nullptr;
  if (before && after && CountsTheSame(*before, *after, g)) return;
  if (before) AddTo(uow, tenant, *before, -1, g);
  if (after) AddTo(uow, tenant, *after, +1, g);
}

}  // namespace hoiam::scoring
