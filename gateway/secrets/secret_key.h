// What the gateway keeps secret beside keys, all from one key that lies in a file (HOIAM_WEBHOOK_KEY_FILE, made by
// `./dev up`, a Secret in Kubernetes): the database alone holds no secret that anybody could use.
//
//   Derive   secrets that we choose ourselves are made again whenever they are needed, and stored nowhere
//   Seal     secrets that somebody else chose are stored so that only the key opens them
#pragma once

#include <initializer_list>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hoiam::gateway {

class SecretKey {
 public:
  // `key` is the content of the file; at least kMinSecretKeyBytes (limits.h).
  explicit SecretKey(std::string key);

  // 32 bytes: HMAC-SHA256 over purpose and parts, each with its length before it. Other parts, other secret; nobody can
  // tell a secret from random bytes without the key.
  std::string Derive(absl::string_view purpose, std::initializer_list<absl::string_view> parts) const;

  // AES-256-GCM under a random nonce: 12 bytes nonce, the secret's bytes, 16 bytes tag. `context` says whose it is
  // (tenant, id): what was sealed for one place does not open at another.
  std::string Seal(absl::string_view context, absl::string_view secret) const;
  // INTERNAL when it was not sealed with this key and context, or was changed; says nothing of the content.
  absl::StatusOr<std::string> Open(absl::string_view context, absl::string_view sealed) const;

 private:
  const std::string key_;
  const std::string seal_key_;
};

}  // namespace hoiam::gateway
