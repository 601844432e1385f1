// What of interactions alarms must know: what a customer spent.
#pragma once

#include "absl/time/time.h"
#include "hoiam/event/v1/event.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::loop {

// `event` holds an interaction. Needs no Want.
void KeepPurchase(const hoiam::event::v1::Event& event, db::UnitOfWork& uow, absl::Time now);

}  // namespace hoiam::loop
