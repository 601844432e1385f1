// The address of a webhook with a template is a secret: a bot's token is in its path. It is stored sealed, and shown as
// scheme, host and …; a webhook keeps it so until it is given another address and has no template.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/secrets/secret_key.h"
#include "gateway/store/webhook_rows.h"

namespace hoiam::gateway {

// "https://api.telegram.org/…" of an address that has been checked.
std::string MaskedUrl(absl::string_view url);

// Stores `url` as the webhook's, sealed when it has a template. Whether that changed anything.
bool SetUrl(const std::string& url, const SecretKey& key, WebhookRow& webhook);
// Seals the address of a webhook that has a template since now.
void HideUrl(const SecretKey& key, WebhookRow& webhook);

// Where it sends to. INTERNAL when the key file is another than it was sealed with.
absl::StatusOr<std::string> UrlOf(const WebhookRow& webhook, const SecretKey& key);

}  // namespace hoiam::gateway
