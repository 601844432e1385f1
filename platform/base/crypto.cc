#include "platform/base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <cstdlib>

#include "absl/strings/escaping.h"

namespace hoiam {
namespace {

const unsigned char* Bytes(absl::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

}  // namespace

std::string Sha256(absl::string_view data) {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  SHA256(Bytes(data), data.size(), reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string HmacSha256(absl::string_view key, absl::string_view data) {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  unsigned int len = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(data), data.size(),
       reinterpret_cast<unsigned char*>(out.data()), &len);
  return out;
}

std::string Base64Url(absl::string_view data) {
  std::string out = absl::WebSafeBase64Escape(data);
  while (!out.empty() && out.back() == '=') out.pop_back();
  return out;
}

std::optional<std::string> Base64UrlDecode(absl::string_view text) {
  std::string out;
  if (text.find('=') != absl::string_view::npos || !absl::WebSafeBase64Unescape(text, &out)) return std::nullopt;
  if (Base64Url(out) != text) return std::nullopt;  // another spelling of the same bytes is not the same token
  return out;
}

std::string Base32Lower(absl::string_view data) {
  constexpr char kDigits[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const unsigned char c : data) {
    bits = bits << 8 | c;
    for (count += 8; count >= 5; count -= 5) out += kDigits[bits >> (count - 5) & 31];
  }
  if (count > 0) out += kDigits[bits << (5 - count) & 31];
  return out;
}

std::optional<std::string> Base32LowerDecode(absl::string_view text) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const bool letter = c >= 'a' && c <= 'z';
    if (!letter && !(c >= '2' && c <= '7')) return std::nullopt;
    bits = bits << 5 | static_cast<uint32_t>(letter ? c - 'a' : c - '2' + 26);
    count += 5;
    if (count >= 8) out += static_cast<char>(bits >> (count -= 8) & 255);
  }
  if (Base32Lower(out) != text) return std::nullopt;  // another spelling of the same bytes
  return out;
}

std::string Hex(absl::string_view data) { return absl::BytesToHexString(data); }

std::string RandomBytes(size_t n) {
  std::string out(n, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(n)) != 1) std::abort();
  return out;
}

bool EqualConstantTime(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

uint32_t Crc32(absl::string_view data) {
  static const auto table = [] {
    std::array<uint32_t, 256> t{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xEDB88320u ^ (c >> 1) : c >> 1;
      t[i] = c;
    }
    return t;
  }();
  uint32_t c = 0xFFFFFFFFu;
  for (unsigned char ch : data) c = table[(c ^ ch) & 0xFF] ^ (c >> 8);
  return c ^ 0xFFFFFFFFu;
}

}  // namespace hoiam
