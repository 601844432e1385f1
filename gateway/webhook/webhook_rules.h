// What a webhook may be, and how it is shown: values in, values out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/secrets/secret_key.h"
#include "gateway/store/webhook_rows.h"
#include "gateway/store/webhooks.h"
#include "gateway/webhook/url.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"

namespace hoiam::gateway {

// What is sent, and of which events; its parts must fit one another.
struct WebhookContent {
  std::string event_types;  // by commas
  std::string body_template, content_type, filter;
};
// Beside what BodyTemplate and the filter say: TEMPLATE_NOT_IN_EVENT (a field that an event type cannot hold, without a
// default), TEMPLATE_NOT_JSON (of some event), CONTENT_TYPE_WITHOUT_TEMPLATE.
void CheckContent(const WebhookContent& content, Violations& v);

// A request that has the right shape.
struct NewWebhook {
  std::string webhook_id, url, description;
  WebhookContent content;
  std::string fingerprint;  // of all of them
};

// All that is wrong at once: REQUIRED, INVALID_SLUG, TOO_LONG, INVALID_URL, WEBHOOK_URL_REFUSED, UNKNOWN_EVENT_TYPE,
// and what CheckContent finds.
absl::StatusOr<NewWebhook> CheckNewWebhook(const v1::CreateWebhookRequest& request, const AllowList& allow,
                                           const Resolver& resolve);

// Among a tenant's webhooks: the one that the same request made before, or nullopt when it may be made. ID_REUSED,
// TOO_MANY_WEBHOOKS.
absl::StatusOr<std::optional<WebhookRow>> DecideNewWebhook(const NewWebhook& wanted,
                                                           const std::vector<const WebhookRow*>& webhooks);

// What a PATCH sets.
struct WebhookPatch {
  std::optional<std::string> url, event_types, description, body_template, content_type, filter;
};
// Also EMPTY_MASK, NOT_SETTABLE, UNKNOWN_FIELD.
absl::StatusOr<WebhookPatch> CheckPatch(const v1::UpdateWebhookRequest& request, const AllowList& allow,
                                        const Resolver& resolve);
// Whether it changed anything; or what CheckContent finds in what came of it.
absl::StatusOr<bool> ApplyPatch(const WebhookPatch& patch, const SecretKey& key, WebhookRow& webhook);

// OVERLAP_OUT_OF_RANGE.
absl::StatusOr<absl::Duration> CheckOverlap(const v1::RotateWebhookSecretRequest& request);

// What is to be replayed: ids, or a range of time.
struct Replay {
  std::vector<std::string> event_ids;  // 16 bytes each; empty: by time
  absl::Time start, end;
};
// REQUIRED, TOO_MANY, INVALID_ID, IDS_OR_TIME, TIME_OUT_OF_ORDER.
absl::StatusOr<Replay> CheckReplay(const v1::ReplayDeliveriesRequest& request, absl::Time now);

// What it would send for a sample of each of its types.
absl::StatusOr<v1::TestWebhookResponse> ShowSamples(const WebhookRow& webhook, absl::Time now);

// As callers see it.
v1::Webhook ToProto(const WebhookRow& webhook, const WebhookStanding& standing, absl::Time now);
// As the log shows it. `give_up_before` is the webhook's.
v1::Delivery ToProto(const LoggedDelivery& delivery, int64_t give_up_before);

void SetTime(absl::Time t, google::protobuf::Timestamp* out);

}  // namespace hoiam::gateway
