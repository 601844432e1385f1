// Events into a tenant's order, and into the queues of the webhooks that asked for them: one transaction, so each
// webhook gets each event once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gateway/store/event_rows.h"
#include "gateway/store/webhook_rows.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::gateway {

// What everything below needs: the tenant's order, locked, and its webhooks.
void WantQueues(db::UnitOfWork& uow, const std::string& tenant);

// Appends the event, and puts it into the queue of each enabled webhook that asks for its type and whose filter lets it
// through; or, with `only`, of that webhook whatever it asks for. Answers what was queued. Needs WantQueues.
std::vector<DeliveryRow> Append(db::UnitOfWork& uow, const std::string& tenant, const v1::PublicEvent& event,
                                absl::Time now, const std::string& only = "");

// Queues events that are stored already, again, for one webhook, in the order of their numbers. Needs WantQueues.
void QueueAgain(db::UnitOfWork& uow, const std::string& tenant, const std::string& webhook_id,
                const std::vector<int64_t>& seqs, absl::Time now);

// Disables an enabled webhook: what waits is given up. Unless somebody asked for it, the tenant's other webhooks are
// told. Answers it as it is then; nullopt when there is no such webhook. Needs WantQueues.
std::optional<WebhookRow> Disable(db::UnitOfWork& uow, const std::string& tenant, const std::string& webhook_id,
                                  v1::DisableReason::Code reason, absl::Time now);

}  // namespace hoiam::gateway
