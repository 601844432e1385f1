#include "gateway/store/webhook_queue.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"

namespace hoiam::gateway {
namespace {

// A test mode ("demo~test") is suspended with its tenant.
constexpr char kRuns[] =
    "SELECT w.tenant_id, w.webhook_id, w.url, w.event_types, w.description, w.state, w.disable_reason, w.generation, "
    "w.old_secret_expires_at, w.give_up_before, w.fingerprint, w.revision, w.created_at, w.updated_at, "
    "w.body_template, w.content_type, w.filter, w.sealed_url, "
    "r.owner, r.leased_until < UTC_TIMESTAMP(6), r.failing_since, r.swept_before FROM webhook w FORCE INDEX (PRIMARY) "
    "JOIN tenant t ON t.tenant_id = SUBSTRING_INDEX(w.tenant_id, '~', 1) "
    "LEFT JOIN webhook_run r ON r.tenant_id = w.tenant_id AND r.webhook_id = w.webhook_id "
    "WHERE t.state = 1 AND (w.state = 1 OR w.give_up_before > COALESCE(r.swept_before, 0)) "
    "ORDER BY w.tenant_id, w.webhook_id";
constexpr char kAddRun[] =
    "INSERT INTO webhook_run (tenant_id, webhook_id, owner, leased_until, failing_since, swept_before) "
    "VALUES (?, ?, '', '2000-01-01', NULL, 0) ON DUPLICATE KEY UPDATE swept_before = swept_before";
constexpr char kTake[] =
    "UPDATE webhook_run SET owner = ?, leased_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND "
    "WHERE tenant_id = ? AND webhook_id = ? AND (owner = ? OR leased_until < UTC_TIMESTAMP(6))";
constexpr char kRenew[] =
    "UPDATE webhook_run SET leased_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND WHERE owner = ?";
constexpr char kGiveBack[] = "UPDATE webhook_run SET owner = '', leased_until = '2000-01-01' WHERE owner = ?";
constexpr char kWaiting[] =
    "SELECT d.position, d.seq, COALESCE(e.subject, ''), d.due_at, d.attempts "
    "FROM webhook_delivery d FORCE INDEX (webhook_delivery_by_state) "
    "LEFT JOIN public_event e ON e.tenant_id = d.tenant_id AND e.seq = d.seq "
    "WHERE d.tenant_id = ? AND d.webhook_id = ? AND d.state = 1 AND d.position > ? ORDER BY d.position LIMIT ?";
constexpr char kResult[] =
    "UPDATE webhook_delivery SET state = ?, due_at = ?, attempts = ? "
    "WHERE tenant_id = ? AND webhook_id = ? AND position = ? AND (state = 1 OR ? = 2)";
constexpr char kFailing[] = "UPDATE webhook_run SET failing_since = ? WHERE tenant_id = ? AND webhook_id = ?";
constexpr char kGiveUp[] =
    "UPDATE webhook_delivery SET state = 3, due_at = NULL "
    "WHERE tenant_id = ? AND webhook_id = ? AND state = 1 AND position < ? ORDER BY position LIMIT 1000";
constexpr char kSwept[] =
    "UPDATE webhook_run SET swept_before = ?, failing_since = NULL WHERE tenant_id = ? AND webhook_id = ?";
// Positions are given in the order of time.
constexpr char kOldest[] =
    "SELECT position, created_at FROM webhook_delivery FORCE INDEX (PRIMARY) "
    "WHERE tenant_id = ? AND webhook_id = ? ORDER BY position LIMIT 500";
constexpr char kForget[] = "DELETE FROM webhook_delivery WHERE tenant_id = ? AND webhook_id = ? AND position <= ?";
constexpr char kTenants[] = "SELECT tenant_id FROM event_order ORDER BY tenant_id";
constexpr char kKeys[] =
    "SELECT tenant_id, webhook_id FROM webhook FORCE INDEX (PRIMARY) ORDER BY tenant_id, webhook_id";

}  // namespace

absl::StatusOr<std::vector<WebhookRun>> ReadRuns(db::Session& session) {
  std::vector<WebhookRun> runs;
  HOIAM_RETURN_IF_ERROR(session.Query(kRuns, {}, [&](const db::Row& r) {
    WebhookRun& run = runs.emplace_back();
    run.webhook = WebhookRow::Read(r);
    run.known = !r.IsNull(18);
    if (!run.known) return;
    run.owner = r.Bytes(18);
    run.free = r.Int(19) != 0;
    run.failing_since = r.OptTime(20);
    run.swept_before = r.Int(21);
  }));
  return runs;
}

absl::Status AddRun(db::Session& session, const WebhookKey& key) {
  return session.Run(kAddRun, {key.first, key.second}).status();
}

absl::StatusOr<bool> TakeLease(db::Session& session, const WebhookKey& key, const std::string& owner,
                               absl::Duration lease) {
  HOIAM_ASSIGN_OR_RETURN(const int64_t taken,
                         session.Run(kTake, {owner, absl::ToInt64Microseconds(lease), key.first, key.second, owner}));
  return taken > 0;
}

absl::Status RenewLeases(db::Session& session, const std::string& owner, absl::Duration lease) {
  return session.Run(kRenew, {absl::ToInt64Microseconds(lease), owner}).status();
}

absl::Status GiveBackLeases(db::Session& session, const std::string& owner) {
  return session.Run(kGiveBack, {owner}).status();
}

absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> ReadEnds(db::Session& session,
                                                                      const std::vector<std::string>& tenants) {
  constexpr size_t kMaxShape = 256;
  std::vector<std::pair<std::string, int64_t>> ends;
  for (size_t at = 0; at < tenants.size(); at += kMaxShape) {
    const size_t n = std::min(kMaxShape, tenants.size() - at);
    size_t shape = 1;
    while (shape < n) shape *= 2;
    std::string sql = "SELECT tenant_id, next_position FROM event_order FORCE INDEX (PRIMARY) WHERE tenant_id IN (";
    db::Values params;
    for (size_t i = 0; i < shape; ++i) {
      absl::StrAppend(&sql, i ? ", ?" : "?");
      params.push_back(tenants[at + std::min(i, n - 1)]);
    }
    HOIAM_RETURN_IF_ERROR(
        session.Query(sql + ")", params, [&](const db::Row& r) { ends.emplace_back(r.Bytes(0), r.Int(1)); }));
  }
  return ends;
}

absl::StatusOr<std::vector<Queued>> ReadWaiting(db::Session& session, const WebhookKey& key, int64_t after, int limit) {
  std::vector<Queued> waiting;
  HOIAM_RETURN_IF_ERROR(session.Query(kWaiting, {key.first, key.second, after, int64_t{limit}}, [&](const db::Row& r) {
    waiting.push_back({r.Int(0), r.Int(1), r.Bytes(2), r.Time(3), r.Bytes(4)});
  }));
  return waiting;
}

absl::Status WriteResult(db::Session& session, const DeliveryResult& result) {
  return session
      .Run(kResult, {result.state, db::Of(result.due_at), result.attempts, result.key.first, result.key.second,
                     result.position, result.state})
      .status();
}

absl::Status WriteFailing(db::Session& session, const WebhookKey& key, std::optional<absl::Time> since) {
  return session.Run(kFailing, {db::Of(since), key.first, key.second}).status();
}

absl::StatusOr<int64_t> GiveUpWaiting(db::Session& session, const WebhookKey& key, int64_t before) {
  return session.Run(kGiveUp, {key.first, key.second, before});
}

absl::Status NoteSwept(db::Session& session, const WebhookKey& key, int64_t before) {
  return session.Run(kSwept, {before, key.first, key.second}).status();
}

absl::StatusOr<int64_t> ForgetDeliveries(db::Session& session, const WebhookKey& key, absl::Time before) {
  int64_t last = 0;
  HOIAM_RETURN_IF_ERROR(session.Query(kOldest, {key.first, key.second}, [&](const db::Row& r) {
    if (r.Time(1) < before) last = r.Int(0);
  }));
  if (last == 0) return 0;
  return session.Run(kForget, {key.first, key.second, last});
}

absl::StatusOr<std::vector<std::string>> ReadTenantsWithEvents(db::Session& session) {
  std::vector<std::string> tenants;
  HOIAM_RETURN_IF_ERROR(session.Query(kTenants, {}, [&](const db::Row& r) { tenants.push_back(r.Bytes(0)); }));
  return tenants;
}

absl::StatusOr<std::vector<WebhookKey>> ReadWebhookKeys(db::Session& session) {
  std::vector<WebhookKey> keys;
  HOIAM_RETURN_IF_ERROR(session.Query(kKeys, {}, [&](const db::Row& r) { keys.emplace_back(r.Bytes(0), r.Bytes(1)); }));
  return keys;
}

}  // namespace hoiam::gateway
