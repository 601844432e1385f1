#include "gateway/webhook/samples.h"

#include <string>

#include "gateway/webhook/event_types.h"
#include "gateway/webhook/webhook_rules.h"
#include "platform/base/status.h"
#include "platform/json/fields.h"
#include "platform/json/reader.h"

namespace hoiam::gateway {
namespace {

constexpr char kSample[] = R"({
  "customerId": "sample-customer",
  "interaction": {"interactionId": "sample-order", "customerId": "sample-customer", "type": "PURCHASE",
    "touchpoint": "store.checkout", "channel": "store", "occurredAt": "2026-11-21T10:00:00Z", "amount": "1250000",
    "currency": "VND", "revision": "1"},
  "invitation": {"invitationId": "sample-invitation", "customerId": "sample-customer",
    "link": "https://example.com/s/sample", "revision": "1"},
  "response": {"responseId": "sample-response", "customerId": "sample-customer", "metric": "NPS", "score": 3,
    "comment": "Chờ \"quá lâu\" ở quầy, không ai hỏi.\nLần thứ hai rồi!", "language": "vi", "touchpoint": "store.checkout",
    "channel": "store", "respondedAt": "2026-11-21T10:00:00Z", "revision": "1", "touchpointTeam": "store-hn-03",
    "shop": "hn-03"},
  "case": {"caseId": "00000000-0000-7000-8000-000000000000", "kind": "DETRACTOR", "state": "NEW", "priority": "P1",
    "customerId": "sample-customer", "answers": [{"responseId": "sample-response", "role": "OPENED", "metric": "NPS",
    "score": 3, "comment": "Chờ \"quá lâu\" ở quầy, không ai hỏi.\nLần thứ hai rồi!", "touchpoint": "store.checkout",
    "rule": "safety", "reasons": ["NPS 3"], "respondedAt": "2026-11-21T10:00:00Z", "scored": true}], "owner": "mai",
    "team": "store-hn-03", "acknowledgeBy": "2026-11-21T12:00:00Z", "contactBy": "2026-11-23T10:00:00Z",
    "resolveBy": "2026-11-28T10:00:00Z", "version": "1", "history": [{"time": "2026-11-21T10:00:00Z",
    "actor": "system", "action": "open", "to": "NEW", "note": "NPS 3", "version": "1"}],
    "createTime": "2026-11-21T10:00:00Z", "updateTime": "2026-11-21T10:00:00Z", "origin": "REACTIVE",
    "touchpoint": "store.checkout", "shop": "hn-03", "rule": "safety"},
  "phone": "+84900000000", "email": "sample@example.com", "text": "Sample text", "band": "DETRACTOR",
  "previousBand": "PROMOTER", "previousScore": 9,
  "webhook": {"webhookId": "sample-webhook", "url": "https://example.com/hooks", "eventTypes": ["case.opened"],
    "state": "DISABLED", "disableReason": "GONE", "revision": "2"},
  "accentedText": "Mẫu tin", "qr": "https://example.com/s/sample/qr.svg"})";

v1::EventData ReadSample() {
  v1::EventData data;
  Violations v;
  json::ReadObject(kSample, data, v);  // held by a test
  return data;
}

}  // namespace

v1::PublicEvent SampleOf(absl::string_view type, absl::Time now) {
  static const auto* sample = new v1::EventData(ReadSample());
  v1::PublicEvent event;
  event.set_type(std::string(type));
  SetTime(now, event.mutable_timestamp());
  v1::EventData& data = *event.mutable_data();
  data = *sample;
  for (const json::FieldInfo& field : json::InfoOf(v1::EventData::descriptor()).fields)
    if (!CanHold(type, field.name)) data.GetReflection()->ClearField(&data, field.field);
  return event;
}

}  // namespace hoiam::gateway
