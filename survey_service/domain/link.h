// The links by which people answer. The database holds the SHA-256 of a token only, so it opens none by itself; the key
// makes the same link again for a reminder.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

// base64url of the first 16 bytes of HMAC-SHA256(key, tenant ‖ 0x00 ‖ invitation id): 22 characters.
std::string MakeToken(absl::string_view key, absl::string_view tenant, absl::string_view invitation_id);
// What the table keeps of a token: 32 bytes.
std::string TokenHash(absl::string_view token);
// Names a key without telling anything of it: 8 hex digits.
std::string KeyId(absl::string_view key);

// Makes tokens and links with one key.
class LinkMaker {
 public:
  // `public_url` has no slash at its end.
  LinkMaker(std::string key, std::string public_url);
  std::string Token(absl::string_view tenant, absl::string_view invitation_id) const;
  // public_url + "/s/" + token; "" for an invitation that was made with another key.
  std::string Link(absl::string_view tenant, absl::string_view invitation_id, absl::string_view key_id) const;
  const std::string& key_id() const { return key_id_; }

 private:
  const std::string key_, public_url_, key_id_;
};

}  // namespace hoiam::survey
