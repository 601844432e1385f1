#include "scoring_service/app/show_usage.h"

#include "scoring_service/convert/time.h"
#include "scoring_service/convert/timeline.h"
#include "scoring_service/store/item_row.h"
#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {

void WantUsage(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
               const hoiam::survey::v1::Usage& usage) {
  uow.Want<TimelineRow>(TimelineRow::Key(tenant, g.number, usage.customer_id(), EntryKind::kUsage, usage.usage_id()));
  uow.Want<ItemRow>({tenant, g.number, usage.customer_id(), usage.item()});
}

absl::Status ShowUsage(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                       const hoiam::survey::v1::Usage& usage) {
  const std::string& customer = usage.customer_id();
  if (customer.empty()) return absl::InvalidArgumentError("a usage status without a customer");
  if (uow.Find<TimelineRow>(TimelineRow::Key(tenant, g.number, customer, EntryKind::kUsage, usage.usage_id())))
    return absl::OkStatus();
  const absl::Time at = ToTime(usage.occurred_at());
  uow.Put(TimelineRow{tenant, g.number, customer, EntryKind::kUsage, usage.usage_id(), 1, at, EntryOf(usage)});
  const ItemRow* latest = uow.Find<ItemRow>({tenant, g.number, customer, usage.item()});
  if (!latest || std::pair(latest->occurred_at, latest->usage_id) < std::pair(at, usage.usage_id()))
    uow.Put(ItemRow{tenant, g.number, customer, usage.item(), at, usage.usage_id(), usage.SerializeAsString()});
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
