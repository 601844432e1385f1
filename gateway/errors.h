// The catalogue of what the gateway itself refuses. docs/errors.md is made from these.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace hoiam::gateway {

// --- who calls

absl::Status MissingKey();                           // UNAUTHENTICATED MISSING_KEY: no `Authorization: Bearer hk_…`
absl::Status InvalidKey();                           // UNAUTHENTICATED INVALID_KEY: not one of ours
absl::Status KeyRevoked();                           // UNAUTHENTICATED KEY_REVOKED
absl::Status KeyExpired();                           // UNAUTHENTICATED KEY_EXPIRED
absl::Status MissingScope(absl::string_view scope);  // PERMISSION_DENIED MISSING_SCOPE {scope}
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

// --- keys

absl::Status KeyNotFound(absl::string_view key_id);         // NOT_FOUND KEY_NOT_FOUND {keyId}
absl::Status KeyIdReused(absl::string_view key_id);         // ALREADY_EXISTS ID_REUSED {keyId}
absl::Status TooManyLiveKeys(absl::string_view principal);  // FAILED_PRECONDITION TOO_MANY_LIVE_KEYS {principal, max}
absl::Status TooManyKeys();                                 // FAILED_PRECONDITION TOO_MANY_KEYS {max}

}  // namespace hoiam::gateway
