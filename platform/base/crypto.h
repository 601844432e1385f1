// Digests, codes and random bytes, over OpenSSL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace hoiam {

// 32 bytes.
std::string Sha256(absl::string_view data);
// 32 bytes.
std::string HmacSha256(absl::string_view key, absl::string_view data);
// Without padding.
std::string Base64Url(absl::string_view data);
// nullopt when it is not base64url without padding.
std::optional<std::string> Base64UrlDecode(absl::string_view text);
// RFC 4648 in lower case, without padding: for what may lose its upper case on the way.
std::string Base32Lower(absl::string_view data);
// nullopt when it is not exactly that.
std::optional<std::string> Base32LowerDecode(absl::string_view text);
// Lower case.
std::string Hex(absl::string_view data);
// From the system's generator; ends the process when there is none.
std::string RandomBytes(size_t n);
// Same length and bytes, in time that does not depend on where they differ.
bool EqualConstantTime(absl::string_view a, absl::string_view b);
// IEEE CRC-32.
uint32_t Crc32(absl::string_view data);

}  // namespace hoiam
