// The catalogue of what the gateway itself refuses. docs/errors.md is made from these.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::gateway {

// --- who calls

absl::Status MissingKey();                           // UNAUTHENTICATED MISSING_KEY: no `Authorization: Bearer hk_…`
absl::Status InvalidKey();                           // UNAUTHENTICATED INVALID_KEY: not one of ours
absl::Status KeyRevoked();                           // UNAUTHENTICATED KEY_REVOKED
absl::Status KeyExpired();                           // UNAUTHENTICATED KEY_EXPIRED
absl::Status MissingScope(absl::string_view scope);  // PERMISSION_DENIED MISSING_SCOPE {scope}
absl::Status NotPublishable();   // PERMISSION_DENIED NOT_PUBLISHABLE: a publishable key, and a method not meant for it
absl::Status TenantSuspended();  // PERMISSION_DENIED TENANT_SUSPENDED
// RESOURCE_EXHAUSTED TOO_MANY_FAILED_KEYS {retryAfter}: too many unknown keys came from this address
absl::Status TooManyFailedKeys(absl::Duration retry_after);
absl::Status InvalidIdempotencyKey();  // INVALID_ARGUMENT INVALID_IDEMPOTENCY_KEY: not 1–255 printable ASCII characters

// --- where to

absl::Status NoSuchPath();                                 // NOT_FOUND NO_SUCH_PATH
absl::Status MethodNotAllowed(absl::string_view allowed);  // UNIMPLEMENTED METHOD_NOT_ALLOWED {allowed}
absl::Status InvalidPath(absl::string_view why);           // INVALID_ARGUMENT INVALID_PATH

// --- what is sent

absl::Status BodyTooLarge(size_t max);     // INVALID_ARGUMENT BODY_TOO_LARGE {max}
absl::Status HeadersTooLarge(size_t max);  // INVALID_ARGUMENT HEADERS_TOO_LARGE {max}
absl::Status MalformedHttp();              // INVALID_ARGUMENT MALFORMED_HTTP
absl::Status UnsupportedHttpVersion();     // INVALID_ARGUMENT UNSUPPORTED_HTTP_VERSION
absl::Status RequestTimeout();             // DEADLINE_EXCEEDED REQUEST_TIMEOUT: the request came too slowly

// --- keys

absl::Status KeyNotFound(absl::string_view key_id);         // NOT_FOUND KEY_NOT_FOUND {keyId}
absl::Status KeyIdReused(absl::string_view key_id);         // ALREADY_EXISTS ID_REUSED {keyId}
absl::Status TooManyLiveKeys(absl::string_view principal);  // FAILED_PRECONDITION TOO_MANY_LIVE_KEYS {principal, max}
absl::Status TooManyKeys();                                 // FAILED_PRECONDITION TOO_MANY_KEYS {max}
absl::Status KeyNotLive(absl::string_view key_id);          // FAILED_PRECONDITION KEY_NOT_LIVE {keyId}
absl::Status ScopeNotHeld(absl::string_view scope);         // PERMISSION_DENIED SCOPE_NOT_HELD {scope}

// --- tenants

absl::Status TenantNotFound(absl::string_view tenant_id);  // NOT_FOUND TENANT_NOT_FOUND {tenantId}
absl::Status TenantIdReused(absl::string_view tenant_id);  // ALREADY_EXISTS ID_REUSED {tenantId}

// --- how much at once

// RESOURCE_EXHAUSTED RATE_LIMITED {limit, retryAfter}: `limit` is "key" or "tenant"
absl::Status RateLimited(absl::string_view limit, absl::Duration retry_after);
absl::Status TooManyInFlight(int64_t max);  // RESOURCE_EXHAUSTED TOO_MANY_IN_FLIGHT {max}

// --- webhooks

absl::Status WebhookNotFound(absl::string_view webhook_id);  // NOT_FOUND WEBHOOK_NOT_FOUND {webhookId}
absl::Status WebhookIdReused(absl::string_view webhook_id);  // ALREADY_EXISTS ID_REUSED {webhookId}
absl::Status TooManyWebhooks();                              // FAILED_PRECONDITION TOO_MANY_WEBHOOKS {max}
absl::Status WebhookDisabled(absl::string_view webhook_id);  // FAILED_PRECONDITION WEBHOOK_DISABLED {webhookId}
absl::Status MessagesUnavailable();                          // UNAVAILABLE MESSAGES_UNAVAILABLE

// --- inbound endpoints

absl::Status InboundAddressUnknown();  // NOT_FOUND INBOUND_ADDRESS_UNKNOWN: of no endpoint, or of a disabled one
absl::Status InvalidSignature();       // UNAUTHENTICATED INVALID_SIGNATURE: not the body's, under the endpoint's secret
absl::Status InboundNotFound(absl::string_view inbound_id);  // NOT_FOUND INBOUND_NOT_FOUND {inboundId}
absl::Status InboundIdReused(absl::string_view inbound_id);  // ALREADY_EXISTS ID_REUSED {inboundId}
absl::Status TooManyInbounds();                              // FAILED_PRECONDITION TOO_MANY_INBOUNDS {max}

}  // namespace hoiam::gateway
