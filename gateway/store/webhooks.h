// Reads of webhooks and their deliveries, for those who own them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/store/webhook_rows.h"
#include "platform/db/tenant_db.h"

namespace hoiam::gateway {

struct WebhookStanding {
  std::optional<absl::Time> failing_since;
  int64_t pending = 0;
};

// One webhook; nullopt when there is none.
absl::StatusOr<std::optional<WebhookRow>> FindWebhook(const db::TenantDb& db, const std::string& webhook_id);
// Webhooks of a tenant by id, after `after`; at most `limit`.
absl::StatusOr<std::vector<WebhookRow>> ListWebhooks(const db::TenantDb& db, const std::string& after, int limit);
// How one goes.
absl::StatusOr<WebhookStanding> ReadStanding(const db::TenantDb& db, const std::string& webhook_id);

// A delivery with what the log shows of its event.
struct LoggedDelivery {
  DeliveryRow row;
  std::string event_id, type, subject;
};
// Newest first, below `before`; of one state, or of all (0). At most `limit`. Those whose event is not kept are left
// out.
absl::StatusOr<std::vector<LoggedDelivery>> ListDeliveries(const db::TenantDb& db, const std::string& webhook_id,
                                                           int64_t before, int64_t state, int limit);

}  // namespace hoiam::gateway
