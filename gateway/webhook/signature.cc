#include "gateway/webhook/signature.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam::gateway {

std::string SigningSecret(const SecretKey& key, const WebhookRow& webhook, int64_t generation) {
  return key.Derive("webhook", {webhook.tenant_id, webhook.webhook_id, absl::StrCat(generation)});
}

std::vector<std::string> SigningSecrets(const SecretKey& key, const WebhookRow& webhook, absl::Time now) {
  std::vector<std::string> secrets = {SigningSecret(key, webhook, webhook.generation)};
  if (webhook.old_secret_expires_at && now < *webhook.old_secret_expires_at)
    secrets.push_back(SigningSecret(key, webhook, webhook.generation - 1));
  return secrets;
}

std::string SecretText(absl::string_view secret) { return absl::StrCat("whsec_", absl::Base64Escape(secret)); }

std::string Signature(const std::vector<std::string>& secrets, absl::string_view id, int64_t unix_seconds,
                      absl::string_view body) {
  const std::string signed_text = absl::StrCat(id, ".", unix_seconds, ".", body);
  std::string out;
  for (const std::string& secret : secrets)
    absl::StrAppend(&out, out.empty() ? "" : " ", "v1,", absl::Base64Escape(HmacSha256(secret, signed_text)));
  return out;
}

}  // namespace hoiam::gateway
