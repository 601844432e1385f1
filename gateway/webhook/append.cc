#include "gateway/webhook/append.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "gateway/webhook/event_filter.h"
#include "gateway/webhook/event_types.h"
#include "gateway/webhook/webhook_rules.h"
#include "platform/base/ids.h"

namespace hoiam::gateway {
namespace {

EventOrderRow OrderOf(db::UnitOfWork& uow, const std::string& tenant) {
  const EventOrderRow* found = uow.Find<EventOrderRow>({tenant});
  return found ? *found : EventOrderRow{tenant};
}

bool AsksFor(const WebhookRow& webhook, const v1::PublicEvent& event) {
  const std::vector<absl::string_view> types = absl::StrSplit(webhook.event_types, ',');
  return std::find(types.begin(), types.end(), event.type()) != types.end() && Passes(webhook.filter, event);
}

absl::Time ToTime(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Microseconds(t.nanos() / 1000);
}

DeliveryRow Queue(EventOrderRow& order, const std::string& webhook_id, int64_t seq, bool replay, absl::Time now) {
  DeliveryRow d;
  d.tenant_id = order.tenant_id;
  d.webhook_id = webhook_id;
  d.position = order.next_position++;
  d.seq = seq;
  d.state = v1::DeliveryState::PENDING;
  d.replay = replay;
  d.due_at = d.created_at = now;
  return d;
}

}  // namespace

void WantQueues(db::UnitOfWork& uow, const std::string& tenant) {
  uow.Want<EventOrderRow>({tenant});
  uow.Want<WebhookRow>({tenant});
}

std::vector<DeliveryRow> Append(db::UnitOfWork& uow, const std::string& tenant, const v1::PublicEvent& event,
                                absl::Time now, const std::string& only) {
  EventOrderRow order = OrderOf(uow, tenant);
  PublicEventRow row;
  row.tenant_id = tenant;
  row.seq = order.next_seq++;
  row.event_id = *ParseUuid(event.id());
  row.type = event.type();
  row.subject = event.data().customer_id();
  row.occurred_at = ToTime(event.timestamp());
  row.body = event.SerializeAsString();
  std::vector<DeliveryRow> queued;
  for (const WebhookRow* w : uow.List<WebhookRow>({tenant})) {
    const bool wanted = only.empty() ? AsksFor(*w, event) : w->webhook_id == only;
    if (wanted && w->state == v1::WebhookState::ENABLED)
      queued.push_back(Queue(order, w->webhook_id, row.seq, false, now));
  }
  for (const DeliveryRow& d : queued) uow.Put(d);
  uow.Put(std::move(row));
  uow.Put(std::move(order));
  return queued;
}

void QueueAgain(db::UnitOfWork& uow, const std::string& tenant, const std::string& webhook_id,
                const std::vector<int64_t>& seqs, absl::Time now) {
  EventOrderRow order = OrderOf(uow, tenant);
  for (const int64_t seq : seqs) uow.Put(Queue(order, webhook_id, seq, true, now));
  uow.Put(std::move(order));
}

std::optional<WebhookRow> Disable(db::UnitOfWork& uow, const std::string& tenant, const std::string& webhook_id,
                                  v1::DisableReason::Code reason, absl::Time now) {
  const WebhookRow* found = uow.Find<WebhookRow>({tenant, webhook_id});
  if (!found) return std::nullopt;
  WebhookRow w = *found;
  if (w.state == v1::WebhookState::DISABLED) return w;
  w.state = v1::WebhookState::DISABLED;
  w.disable_reason = reason;
  w.give_up_before = OrderOf(uow, tenant).next_position;
  ++w.revision;
  w.updated_at = now;
  uow.Put(w);
  if (reason == v1::DisableReason::BY_REQUEST) return w;
  v1::PublicEvent event;
  event.set_id(UuidToString(NewUuid(now)));
  event.set_type(kWebhookDisabled);
  SetTime(now, event.mutable_timestamp());
  event.mutable_data()->set_test_mode(IsTestMode(tenant));
  *event.mutable_data()->mutable_webhook() = ToProto(w, {}, now);
  Append(uow, tenant, event, now);
  return w;
}

}  // namespace hoiam::gateway
