// A public event as it is sent.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "gateway/secrets/secret_key.h"
#include "gateway/store/webhook_rows.h"
#include "gateway/webhook/http_sender.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"

namespace hoiam::gateway {

// {"type":…,"timestamp":…,"data":{…}}.
std::string Body(const v1::PublicEvent& event);
// The request of one attempt: Standard Webhooks 1.0, signed at `now`.
HttpPost PostOf(const WebhookRow& webhook, const v1::PublicEvent& event, const SecretKey& key, absl::Time now);

}  // namespace hoiam::gateway
