#include "gateway/webhook/render.h"

#include "absl/strings/str_cat.h"
#include "gateway/webhook/signature.h"
#include "platform/base/crypto.h"
#include "platform/json/well_known.h"
#include "platform/json/writer.h"

namespace hoiam::gateway {

std::string Body(const v1::PublicEvent& event) {
  std::string out = "{\"type\":";
  json::AppendString(event.type(), out);
  absl::StrAppend(&out, ",\"timestamp\":\"", json::FormatTimestamp(event.timestamp()), "\",\"data\":");
  json::Append(event.data(), out);
  out += "}";
  return out;
}

HttpPost PostOf(const WebhookRow& webhook, const v1::PublicEvent& event, const SecretKey& key, absl::Time now) {
  HttpPost post;
  post.url = webhook.url;
  post.body = Body(event);
  const int64_t seconds = absl::ToUnixSeconds(now);
  post.headers = {
      "content-type: application/json",
      absl::StrCat("webhook-id: ", event.id()),
      absl::StrCat("webhook-timestamp: ", seconds),
      absl::StrCat("webhook-signature: ", Signature(SigningSecrets(key, webhook, now), event.id(), seconds, post.body)),
      absl::StrCat("traceparent: 00-", Hex(RandomBytes(16)), "-", Hex(RandomBytes(8)), "-01"),
  };
  return post;
}

}  // namespace hoiam::gateway
