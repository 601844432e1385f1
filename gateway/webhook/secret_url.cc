#include "gateway/webhook/secret_url.h"

#include "absl/strings/str_cat.h"

namespace hoiam::gateway {
namespace {

std::string Context(const WebhookRow& w) { return absl::StrCat("webhook/", w.tenant_id, "/", w.webhook_id); }

}  // namespace

std::string MaskedUrl(absl::string_view url) {
  const size_t host = url.find("://") + 3;
  return absl::StrCat(url.substr(0, url.find_first_of("/?", host)), "/…");
}

bool SetUrl(const std::string& url, const SecretKey& key, WebhookRow& w) {
  const auto before = UrlOf(w, key);
  if (before.ok() && *before == url && w.sealed_url.empty() == w.body_template.empty()) return false;
  w.url = url;
  w.sealed_url.clear();
  if (!w.body_template.empty()) HideUrl(key, w);
  return true;
}

void HideUrl(const SecretKey& key, WebhookRow& w) {
  if (!w.sealed_url.empty()) return;
  w.sealed_url = key.Seal(Context(w), w.url);
  w.url = MaskedUrl(w.url);
}

absl::StatusOr<std::string> UrlOf(const WebhookRow& w, const SecretKey& key) {
  if (w.sealed_url.empty()) return w.url;
  return key.Open(Context(w), w.sealed_url);
}

}  // namespace hoiam::gateway
