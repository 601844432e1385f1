// Webhooks and their queues, as they are stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"

namespace hoiam::gateway {

// Changed only by who holds the tenant's EventOrderRow.
struct WebhookRow {
  std::string tenant_id, webhook_id;
  std::string url;          // what is shown of it, when sealed_url holds it
  std::string event_types;  // by commas
  std::string description;
  int64_t state = 0;           // v1::WebhookState
  int64_t disable_reason = 0;  // v1::DisableReason
  int64_t generation = 1;      // of its secret
  std::optional<absl::Time> old_secret_expires_at;
  int64_t give_up_before = 0;  // what lies in the queue below this position was given up
  std::string fingerprint;     // of the request that made it
  int64_t revision = 1;
  absl::Time created_at, updated_at;
  std::string body_template;  // empty: the standard body
  std::string content_type;   // empty: application/json
  std::string filter;         // empty: every event of its types
  std::string sealed_url;     // webhook/secret_url.h

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static WebhookRow Read(const db::Row& r);
};

struct DeliveryRow {
  std::string tenant_id, webhook_id;
  int64_t position = 0;
  int64_t seq = 0;    // of the event
  int64_t state = 0;  // v1::DeliveryState
  bool replay = false;
  std::optional<absl::Time> due_at;  // while PENDING
  absl::Time created_at;
  std::string attempts;  // v1::Delivery with attempts only

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static DeliveryRow Read(const db::Row& r);
};

}  // namespace hoiam::gateway
