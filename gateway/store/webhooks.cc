#include "gateway/store/webhooks.h"

#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

constexpr char kFind[] =
    "SELECT tenant_id, webhook_id, url, event_types, description, state, disable_reason, generation, "
    "old_secret_expires_at, give_up_before, fingerprint, revision, created_at, updated_at, "
    "body_template, content_type, filter, sealed_url FROM webhook "
    "WHERE tenant_id = ? AND webhook_id = ?";
constexpr char kList[] =
    "SELECT tenant_id, webhook_id, url, event_types, description, state, disable_reason, generation, "
    "old_secret_expires_at, give_up_before, fingerprint, revision, created_at, updated_at, "
    "body_template, content_type, filter, sealed_url FROM webhook FORCE INDEX (PRIMARY) WHERE tenant_id = ? AND "
    "webhook_id > ? ORDER BY webhook_id LIMIT ?";
constexpr char kRun[] = "SELECT failing_since FROM webhook_run WHERE tenant_id = ? AND webhook_id = ?";
constexpr char kPending[] =
    "SELECT COUNT(*) FROM webhook w JOIN webhook_delivery d FORCE INDEX (webhook_delivery_by_state) "
    "ON d.tenant_id = w.tenant_id AND d.webhook_id = w.webhook_id AND d.state = 1 AND d.position >= w.give_up_before "
    "WHERE w.tenant_id = ? AND w.webhook_id = ?";
constexpr char kLog[] =
    "SELECT d.tenant_id, d.webhook_id, d.position, d.seq, d.state, d.replay, d.due_at, d.created_at, d.attempts, "
    "e.event_id, e.type, e.subject FROM webhook_delivery d FORCE INDEX (PRIMARY) "
    "JOIN public_event e ON e.tenant_id = d.tenant_id AND e.seq = d.seq "
    "WHERE d.tenant_id = ? AND d.webhook_id = ? AND d.position < ? ORDER BY d.position DESC LIMIT ?";
constexpr char kLogOfState[] =
    "SELECT d.tenant_id, d.webhook_id, d.position, d.seq, d.state, d.replay, d.due_at, d.created_at, d.attempts, "
    "e.event_id, e.type, e.subject FROM webhook_delivery d FORCE INDEX (webhook_delivery_by_state) "
    "JOIN public_event e ON e.tenant_id = d.tenant_id AND e.seq = d.seq "
    "WHERE d.tenant_id = ? AND d.webhook_id = ? AND d.state = ? AND d.position < ? ORDER BY d.position DESC LIMIT ?";

}  // namespace

absl::StatusOr<std::optional<WebhookRow>> FindWebhook(const db::TenantDb& db, const std::string& webhook_id) {
  std::optional<WebhookRow> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kFind, {webhook_id}, [&](const db::Row& r) { found = WebhookRow::Read(r); }));
  return found;
}

absl::StatusOr<std::vector<WebhookRow>> ListWebhooks(const db::TenantDb& db, const std::string& after, int limit) {
  std::vector<WebhookRow> webhooks;
  HOIAM_RETURN_IF_ERROR(
      db.Query(kList, {after, int64_t{limit}}, [&](const db::Row& r) { webhooks.push_back(WebhookRow::Read(r)); }));
  return webhooks;
}

absl::StatusOr<WebhookStanding> ReadStanding(const db::TenantDb& db, const std::string& webhook_id) {
  WebhookStanding standing;
  HOIAM_RETURN_IF_ERROR(db.Query(kRun, {webhook_id}, [&](const db::Row& r) { standing.failing_since = r.OptTime(0); }));
  HOIAM_RETURN_IF_ERROR(db.Query(kPending, {webhook_id}, [&](const db::Row& r) { standing.pending = r.Int(0); }));
  return standing;
}

absl::StatusOr<std::vector<LoggedDelivery>> ListDeliveries(const db::TenantDb& db, const std::string& webhook_id,
                                                           int64_t before, int64_t state, int limit) {
  std::vector<LoggedDelivery> deliveries;
  const auto add = [&](const db::Row& r) {
    deliveries.push_back({DeliveryRow::Read(r), r.Bytes(9), r.Bytes(10), r.Bytes(11)});
  };
  HOIAM_RETURN_IF_ERROR(state == 0 ? db.Query(kLog, {webhook_id, before, int64_t{limit}}, add)
                                   : db.Query(kLogOfState, {webhook_id, state, before, int64_t{limit}}, add));
  return deliveries;
}

}  // namespace hoiam::gateway
