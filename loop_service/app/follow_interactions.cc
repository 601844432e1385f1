#include "loop_service/app/follow_interactions.h"

#include "loop_service/domain/purchase.h"
#include "loop_service/limits.h"
#include "loop_service/store/alarm_rows.h"

namespace hoiam::loop {

void KeepPurchase(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) {
  const hoiam::survey::v1::Interaction& bought = event.interaction().interaction();
  const auto amount = Decimal::ParseAmount(bought.amount());
  if (!amount || bought.customer_id().empty()) return;
  const absl::Time at =
      absl::FromUnixSeconds(bought.occurred_at().seconds()) + absl::Nanoseconds(bought.occurred_at().nanos());
  if (at < now - kPurchasesKept) return;
  // Written whole whatever was there: what is told twice is one purchase. A voided one is worth nothing.
  uow.Replace(PurchaseRow{event.tenant_id(), bought.customer_id(), MonthOf(at), bought.interaction_id(), at,
                          bought.voided() ? Decimal() : *amount, bought.currency()});
}

}  // namespace hoiam::loop
