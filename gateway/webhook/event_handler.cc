#include "gateway/webhook/event_handler.h"

#include "gateway/webhook/append.h"
#include "gateway/webhook/event_types.h"

namespace hoiam::gateway {

void EventHandler::Want(const event::v1::Event& event, db::UnitOfWork& uow) {
  if (!PublicEventsOf(event).empty()) WantQueues(uow, event.tenant_id());
}

absl::Status EventHandler::Apply(const event::v1::Event& event, db::UnitOfWork& uow, absl::Time now) {
  if (event.kind_case() == event::v1::Event::KIND_NOT_SET) return absl::UnimplementedError("an unknown kind of event");
  for (const v1::PublicEvent& e : PublicEventsOf(event)) Append(uow, event.tenant_id(), e, now);
  return absl::OkStatus();
}

}  // namespace hoiam::gateway
