// The queues of all tenants, as those who send see them: which replica works which, what waits, what came of it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/store/webhook_rows.h"
#include "gateway/webhook/queue.h"
#include "platform/db/session.h"

namespace hoiam::gateway {

using WebhookKey = std::pair<std::string, std::string>;  // tenant, webhook

struct WebhookRun {
  WebhookRow webhook;
  bool known = false;  // has a row in webhook_run
  std::string owner;
  bool free = true;  // nobody's, or its holder's time is over
  std::optional<absl::Time> failing_since;
  int64_t swept_before = 0;
};

// Enabled webhooks, and disabled ones whose queue still has to be given up. Those of suspended tenants rest.
absl::StatusOr<std::vector<WebhookRun>> ReadRuns(db::Session& session);
absl::Status AddRun(db::Session& session, const WebhookKey& key);
// Leases run by the database's clock. Takes a webhook that nobody holds, or whose holder's time is over; whether it
// did.
absl::StatusOr<bool> TakeLease(db::Session& session, const WebhookKey& key, const std::string& owner,
                               absl::Duration lease);
absl::Status RenewLeases(db::Session& session, const std::string& owner, absl::Duration lease);
absl::Status GiveBackLeases(db::Session& session, const std::string& owner);

// Where the queues of these tenants end: the next position of each.
absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> ReadEnds(db::Session& session,
                                                                      const std::vector<std::string>& tenants);
// What waits in a queue after `after`, in order; at most `limit`.
absl::StatusOr<std::vector<Queued>> ReadWaiting(db::Session& session, const WebhookKey& key, int64_t after, int limit);

struct DeliveryResult {
  WebhookKey key;
  int64_t position = 0;
  int64_t state = 0;                 // v1::DeliveryState
  std::optional<absl::Time> due_at;  // while PENDING
  std::string attempts;
};
// A success is written whatever was thought of the delivery meanwhile; a failure only while it still waits.
absl::Status WriteResult(db::Session& session, const DeliveryResult& result);
absl::Status WriteFailing(db::Session& session, const WebhookKey& key, std::optional<absl::Time> since);

// Gives up what waits below `before`, a bounded number; answers how many.
absl::StatusOr<int64_t> GiveUpWaiting(db::Session& session, const WebhookKey& key, int64_t before);
// Notes that nothing below `before` waits any more, and forgets the failures.
absl::Status NoteSwept(db::Session& session, const WebhookKey& key, int64_t before);

// Removes deliveries that were queued before `before`, a bounded number; answers how many.
absl::StatusOr<int64_t> ForgetDeliveries(db::Session& session, const WebhookKey& key, absl::Time before);
// All there are, for forgetting.
absl::StatusOr<std::vector<std::string>> ReadTenantsWithEvents(db::Session& session);
absl::StatusOr<std::vector<WebhookKey>> ReadWebhookKeys(db::Session& session);

}  // namespace hoiam::gateway
