#include "survey_service/domain/link.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

std::string MakeToken(absl::string_view key, absl::string_view tenant, absl::string_view invitation_id) {
  const std::string mac = HmacSha256(key, absl::StrCat(tenant, absl::string_view("\0", 1), invitation_id));
  return Base64Url(absl::string_view(mac).substr(0, kTokenBytes));
}

std::string TokenHash(absl::string_view token) { return Sha256(token); }

std::string KeyId(absl::string_view key) { return Hex(Sha256(absl::StrCat("hoiam link key id", key)).substr(0, 4)); }

LinkMaker::LinkMaker(std::string key, std::string public_url)
    : key_(std::move(key)), public_url_(std::move(public_url)), key_id_(KeyId(key_)) {}

std::string LinkMaker::Token(absl::string_view tenant, absl::string_view invitation_id) const {
  return MakeToken(key_, tenant, invitation_id);
}

std::string LinkMaker::Link(absl::string_view tenant, absl::string_view invitation_id, absl::string_view key_id) const {
  return key_id == key_id_ ? absl::StrCat(public_url_, "/s/", Token(tenant, invitation_id)) : "";
}

}  // namespace hoiam::survey
