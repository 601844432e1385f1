// A public event as it is sent.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/secrets/secret_key.h"
#include "gateway/store/webhook_rows.h"
#include "gateway/webhook/http_sender.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"

namespace hoiam::gateway {

// {"type":…,"timestamp":…,"data":{…}}.
std::string Body(const v1::PublicEvent& event);
// What the webhook sends: its template's, else the standard body. RESOURCE_EXHAUSTED when that is too long.
absl::StatusOr<std::string> BodyOf(const WebhookRow& webhook, const v1::PublicEvent& event);
std::string ContentTypeOf(const WebhookRow& webhook);
// The request of one attempt: Standard Webhooks 1.0, signed at `now` over the body as it is sent. Besides what BodyOf
// says, INTERNAL when the address cannot be read.
absl::StatusOr<HttpPost> PostOf(const WebhookRow& webhook, const v1::PublicEvent& event, const SecretKey& key,
                                absl::Time now);

}  // namespace hoiam::gateway
