#include "gateway/errors.h"

#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

using absl::StatusCode;

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

}  // namespace hoiam::gateway
