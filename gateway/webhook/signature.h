// Standard Webhooks 1.0: the secret and the signature. https://www.standardwebhooks.com
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/secrets/secret_key.h"
#include "gateway/store/webhook_rows.h"

namespace hoiam::gateway {

// The 32 bytes that a webhook signs with. They are stored nowhere.
std::string SigningSecret(const SecretKey& key, const WebhookRow& webhook, int64_t generation);
// Those that sign now: the newest first, then the one before it while it is still valid.
std::vector<std::string> SigningSecrets(const SecretKey& key, const WebhookRow& webhook, absl::Time now);
// As it is shown to people: whsec_ and base64.
std::string SecretText(absl::string_view secret);

// The header `webhook-signature`: "v1,<base64>" per secret, by spaces; over id, seconds and body.
std::string Signature(const std::vector<std::string>& secrets, absl::string_view id, int64_t unix_seconds,
                      absl::string_view body);

}  // namespace hoiam::gateway
