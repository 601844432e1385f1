#include "gateway/store/webhook_rows.h"

namespace hoiam::gateway {

const db::TableDef& WebhookRow::Table() {
  static const auto* def =
      new db::TableDef{"webhook",
                       {"tenant_id", "webhook_id", "url", "event_types", "description", "state", "disable_reason",
                        "generation", "old_secret_expires_at", "give_up_before", "fingerprint", "revision",
                        "created_at", "updated_at", "body_template", "content_type", "filter", "sealed_url"},
                       2};
  return *def;
}

void WebhookRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, webhook_id, url, event_types, description, state, disable_reason, generation,
                     db::Of(old_secret_expires_at), give_up_before, fingerprint, revision, created_at, updated_at,
                     body_template, content_type, filter, sealed_url});
}

WebhookRow WebhookRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2),   r.Bytes(3),  r.Bytes(4),  r.Int(5),
          r.Int(6),   r.Int(7),   r.OptTime(8), r.Int(9),    r.Bytes(10), r.Int(11),
          r.Time(12), r.Time(13), r.Bytes(14),  r.Bytes(15), r.Bytes(16), r.Bytes(17)};
}

const db::TableDef& DeliveryRow::Table() {
  static const auto* def = new db::TableDef{
      "webhook_delivery",
      {"tenant_id", "webhook_id", "position", "seq", "state", "replay", "due_at", "created_at", "attempts"},
      3};
  return *def;
}

void DeliveryRow::Bind(db::Values& v) const {
  v.insert(v.end(),
           {tenant_id, webhook_id, position, seq, state, int64_t{replay}, db::Of(due_at), created_at, attempts});
}

DeliveryRow DeliveryRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Int(3), r.Int(4), r.Int(5) != 0, r.OptTime(6), r.Time(7), r.Bytes(8)};
}

}  // namespace hoiam::gateway
