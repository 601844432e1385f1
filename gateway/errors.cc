#include "gateway/errors.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

using absl::StatusCode;

namespace {

// As Retry-After has it: never too early.
std::string WholeSeconds(absl::Duration d) {
  return absl::StrCat(std::max<int64_t>(1, absl::ToInt64Seconds(absl::Ceil(d, absl::Seconds(1)))));
}

}  // namespace

absl::Status MissingKey() {
  return MakeError(StatusCode::kUnauthenticated, "MISSING_KEY", "send an API key: Authorization: Bearer hk_…");
}
absl::Status InvalidKey() {
  return MakeError(StatusCode::kUnauthenticated, "INVALID_KEY", "this API key is not known");
}
absl::Status KeyRevoked() {
  return MakeError(StatusCode::kUnauthenticated, "KEY_REVOKED", "this API key was taken back");
}
absl::Status KeyExpired() {
  return MakeError(StatusCode::kUnauthenticated, "KEY_EXPIRED", "the time of this API key is over");
}

absl::Status MissingScope(absl::string_view scope) {
  return MakeError(StatusCode::kPermissionDenied, "MISSING_SCOPE", absl::StrCat("this API key lacks the scope ", scope),
                   {{"scope", std::string(scope)}});
}

absl::Status NotPublishable() {
  return MakeError(StatusCode::kPermissionDenied, "NOT_PUBLISHABLE",
                   "a publishable key can post feedback and answers, and nothing else");
}

absl::Status TenantSuspended() {
  return MakeError(StatusCode::kPermissionDenied, "TENANT_SUSPENDED",
                   "this tenant was suspended by the operator of the installation");
}

absl::Status TooManyFailedKeys(absl::Duration retry_after) {
  return MakeError(StatusCode::kResourceExhausted, "TOO_MANY_FAILED_KEYS",
                   "too many unknown API keys came from this address", {{"retryAfter", WholeSeconds(retry_after)}});
}

absl::Status InvalidIdempotencyKey() {
  return MakeError(StatusCode::kInvalidArgument, "INVALID_IDEMPOTENCY_KEY",
                   absl::StrCat("Idempotency-Key must be 1 to ", kMaxIdempotencyKey, " printable ASCII characters"));
}

absl::Status NoSuchPath() { return MakeError(StatusCode::kNotFound, "NO_SUCH_PATH", "there is nothing at this path"); }

absl::Status MethodNotAllowed(absl::string_view allowed) {
  return MakeError(StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED", absl::StrCat("this path takes ", allowed),
                   {{"allowed", std::string(allowed)}});
}

absl::Status InvalidPath(absl::string_view why) {
  return MakeError(StatusCode::kInvalidArgument, "INVALID_PATH", absl::StrCat("the path ", why));
}

absl::Status BodyTooLarge(size_t max) {
  return MakeError(StatusCode::kInvalidArgument, "BODY_TOO_LARGE", absl::StrCat("the body may have ", max, " bytes"),
                   {{"max", absl::StrCat(max)}});
}

absl::Status HeadersTooLarge(size_t max) {
  return MakeError(StatusCode::kInvalidArgument, "HEADERS_TOO_LARGE",
                   absl::StrCat("request line and headers may have ", max, " bytes"), {{"max", absl::StrCat(max)}});
}

absl::Status MalformedHttp() {
  return MakeError(StatusCode::kInvalidArgument, "MALFORMED_HTTP", "this is not HTTP/1.1");
}

absl::Status UnsupportedHttpVersion() {
  return MakeError(StatusCode::kInvalidArgument, "UNSUPPORTED_HTTP_VERSION", "HTTP/1.1 is spoken here, nothing else");
}

absl::Status RequestTimeout() {
  return MakeError(StatusCode::kDeadlineExceeded, "REQUEST_TIMEOUT", "the request came too slowly");
}

absl::Status KeyNotFound(absl::string_view key_id) {
  return MakeError(StatusCode::kNotFound, "KEY_NOT_FOUND", "there is no key of this id",
                   {{"keyId", std::string(key_id)}});
}

absl::Status KeyIdReused(absl::string_view key_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED",
                   "this id belongs to a key that was made with another request",
                   {{"field", "keyId"}, {"keyId", std::string(key_id)}});
}

absl::Status TooManyLiveKeys(absl::string_view principal) {
  return MakeError(StatusCode::kFailedPrecondition, "TOO_MANY_LIVE_KEYS",
                   absl::StrCat("a principal has at most ", kLiveKeysPerPrincipal, " keys that work; revoke one first"),
                   {{"principal", std::string(principal)}, {"max", absl::StrCat(kLiveKeysPerPrincipal)}});
}

absl::Status TooManyKeys() {
  return MakeError(StatusCode::kFailedPrecondition, "TOO_MANY_KEYS",
                   absl::StrCat("a tenant has at most ", kMaxKeysPerTenant, " keys"),
                   {{"max", absl::StrCat(kMaxKeysPerTenant)}});
}

absl::Status KeyNotLive(absl::string_view key_id) {
  return MakeError(StatusCode::kFailedPrecondition, "KEY_NOT_LIVE", "this key no longer works; make a new one",
                   {{"keyId", std::string(key_id)}});
}

absl::Status ScopeNotHeld(absl::string_view scope) {
  return MakeError(StatusCode::kPermissionDenied, "SCOPE_NOT_HELD",
                   absl::StrCat("a key can give no scope that it does not hold itself: ", scope),
                   {{"scope", std::string(scope)}});
}

absl::Status TenantNotFound(absl::string_view tenant_id) {
  return MakeError(StatusCode::kNotFound, "TENANT_NOT_FOUND", "there is no tenant of this id",
                   {{"tenantId", std::string(tenant_id)}});
}

absl::Status TenantIdReused(absl::string_view tenant_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED",
                   "this id belongs to a tenant that was made with another request",
                   {{"field", "tenantId"}, {"tenantId", std::string(tenant_id)}});
}

absl::Status RateLimited(absl::string_view limit, absl::Duration retry_after) {
  return MakeError(StatusCode::kResourceExhausted, "RATE_LIMITED",
                   absl::StrCat("too many requests with this ", limit == "key" ? "key" : "tenant's keys"),
                   {{"limit", std::string(limit)}, {"retryAfter", WholeSeconds(retry_after)}});
}

absl::Status TooManyInFlight(int64_t max) {
  return MakeError(StatusCode::kResourceExhausted, "TOO_MANY_IN_FLIGHT",
                   absl::StrCat("at most ", max, " requests of a tenant may be under way at once"),
                   {{"max", absl::StrCat(max)}});
}

absl::Status WebhookNotFound(absl::string_view webhook_id) {
  return MakeError(StatusCode::kNotFound, "WEBHOOK_NOT_FOUND", "there is no webhook of this id",
                   {{"webhookId", std::string(webhook_id)}});
}

absl::Status WebhookIdReused(absl::string_view webhook_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED",
                   "this id belongs to a webhook that was made with another request",
                   {{"field", "webhookId"}, {"webhookId", std::string(webhook_id)}});
}

absl::Status TooManyWebhooks() {
  return MakeError(StatusCode::kFailedPrecondition, "TOO_MANY_WEBHOOKS",
                   absl::StrCat("a tenant has at most ", kMaxWebhooksPerTenant, " webhooks"),
                   {{"max", absl::StrCat(kMaxWebhooksPerTenant)}});
}

absl::Status WebhookDisabled(absl::string_view webhook_id) {
  return MakeError(StatusCode::kFailedPrecondition, "WEBHOOK_DISABLED", "this webhook is disabled; enable it first",
                   {{"webhookId", std::string(webhook_id)}});
}

absl::Status MessagesUnavailable() {
  return MakeError(StatusCode::kUnavailable, "MESSAGES_UNAVAILABLE",
                   "the links of invitations cannot be had at the moment; try again");
}

absl::Status InboundAddressUnknown() {
  return MakeError(StatusCode::kNotFound, "INBOUND_ADDRESS_UNKNOWN", "nothing is received at this address");
}

absl::Status InvalidSignature() {
  return MakeError(StatusCode::kUnauthenticated, "INVALID_SIGNATURE",
                   "the signature is missing, or is not that of this body");
}

absl::Status InboundNotFound(absl::string_view inbound_id) {
  return MakeError(StatusCode::kNotFound, "INBOUND_NOT_FOUND", "there is no inbound endpoint of this id",
                   {{"inboundId", std::string(inbound_id)}});
}

absl::Status InboundIdReused(absl::string_view inbound_id) {
  return MakeError(StatusCode::kAlreadyExists, "ID_REUSED",
                   "this id belongs to an inbound endpoint that was made with another request",
                   {{"field", "inboundId"}, {"inboundId", std::string(inbound_id)}});
}

absl::Status TooManyInbounds() {
  return MakeError(StatusCode::kFailedPrecondition, "TOO_MANY_INBOUNDS",
                   absl::StrCat("a tenant has at most ", kMaxInboundsPerTenant, " inbound endpoints"),
                   {{"max", absl::StrCat(kMaxInboundsPerTenant)}});
}

}  // namespace hoiam::gateway
