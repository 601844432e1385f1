#include "gateway/webhook/render.h"

#include "absl/strings/str_cat.h"
#include "gateway/webhook/body_template.h"
#include "gateway/webhook/secret_url.h"
#include "gateway/webhook/signature.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
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

absl::StatusOr<std::string> BodyOf(const WebhookRow& webhook, const v1::PublicEvent& event) {
  if (webhook.body_template.empty()) return Body(event);
  Violations v;  // was checked when it was stored
  return BodyTemplate::Parse(webhook.body_template, EscapeOf(webhook.content_type), "bodyTemplate", v).Render(event);
}

std::string ContentTypeOf(const WebhookRow& webhook) {
  return webhook.content_type.empty() ? "application/json" : webhook.content_type;
}

absl::StatusOr<HttpPost> PostOf(const WebhookRow& webhook, const v1::PublicEvent& event, const SecretKey& key,
                                absl::Time now) {
  HttpPost post;
  HOIAM_ASSIGN_OR_RETURN(post.url, UrlOf(webhook, key));
  HOIAM_ASSIGN_OR_RETURN(post.body, BodyOf(webhook, event));
  const int64_t seconds = absl::ToUnixSeconds(now);
  post.headers = {
      absl::StrCat("content-type: ", ContentTypeOf(webhook)),
      absl::StrCat("webhook-id: ", event.id()),
      absl::StrCat("webhook-timestamp: ", seconds),
      absl::StrCat("webhook-signature: ", Signature(SigningSecrets(key, webhook, now), event.id(), seconds, post.body)),
      absl::StrCat("traceparent: 00-", Hex(RandomBytes(16)), "-", Hex(RandomBytes(8)), "-01"),
  };
  return post;
}

}  // namespace hoiam::gateway
