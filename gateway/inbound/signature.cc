#include "gateway/inbound/signature.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/strip.h"
#include "platform/base/crypto.h"

namespace hoiam::gateway {

bool SignatureHolds(const v1::InboundSignature& signature, absl::string_view secret, absl::string_view given,
                    absl::string_view body) {
  if (signature.encoding() == v1::SignatureEncoding::UNSPECIFIED) return true;
  given = absl::StripAsciiWhitespace(given);
  absl::ConsumePrefix(&given, "sha256=");
  const std::string right = HmacSha256(secret, body);
  if (signature.encoding() == v1::SignatureEncoding::HMAC_SHA256_HEX)
    return EqualConstantTime(absl::AsciiStrToLower(given), Hex(right));
  const absl::string_view bare = given.substr(0, given.find_last_not_of('=') + 1);
  const std::string wanted = absl::Base64Escape(right);
  return EqualConstantTime(bare, absl::string_view(wanted).substr(0, wanted.find('=')));
}

}  // namespace hoiam::gateway
