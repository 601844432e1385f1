#include "scoring_service/app/show_usage.h"

#include "scoring_service/convert/time.h"
#include "scoring_service/convert/timeline.h"
#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {

void WantUsage(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
               const hoiam::survey::v1::Usage& usage) {
  uow.Want<TimelineRow>(TimelineRow::Key(tenant, g.number, usage.customer_id(), EntryKind::kUsage, usage.usage_id()));
}

absl::Status ShowUsage(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                       const hoiam::survey::v1::Usage& usage) {
  const std::string& customer = usage.customer_id();
  if (customer.empty()) return absl::InvalidArgumentError("a usage status without a customer");
  if (uow.Find<TimelineRow>(TimelineRow::Key(tenant, g.number, customer, EntryKind::kUsage, usage.usage_id())))
    return absl::OkStatus();
  uow.Put(TimelineRow{tenant, g.number, customer, EntryKind::kUsage, usage.usage_id(), 1, ToTime(usage.occurred_at()),
                      EntryOf(usage)});
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
