#include "gateway/auth/key_text.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "platform/base/crypto.h"

namespace hoiam::gateway {
namespace {

constexpr char kAlphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr size_t kRandom = 30;
constexpr size_t kCheck = 6;
constexpr size_t kShown = 4;

// The length of what the random characters of a key come after; 0 when it begins like no key.
size_t StemOf(absl::string_view text) {
  absl::string_view rest = text;
  if (!absl::ConsumePrefix(&rest, "hk_")) return 0;
  absl::ConsumePrefix(&rest, "test_");
  absl::ConsumePrefix(&rest, "pub_");
  return text.size() - rest.size();
}

std::string CheckOf(absl::string_view text) {
  uint32_t crc = Crc32(text);
  std::string out(kCheck, '0');
  for (size_t i = kCheck; i-- > 0; crc /= 62) out[i] = kAlphabet[crc % 62];
  return out;
}

}  // namespace

std::string NewKeyText(bool test_mode, bool publishable) {
  std::string out = absl::StrCat("hk_", test_mode ? "test_" : "", publishable ? "pub_" : "");
  const size_t whole = out.size() + kRandom;
  while (out.size() < whole) {
    for (unsigned char byte : RandomBytes(48))  // 248 = 4 × 62: bytes above it would favour the first letters
      if (byte < 248 && out.size() < whole) out += kAlphabet[byte % 62];
  }
  return absl::StrCat(out, CheckOf(out));
}

bool IsKeyText(absl::string_view text) {
  const size_t stem = StemOf(text);
  if (stem == 0 || text.size() != stem + kRandom + kCheck) return false;
  for (char c : text.substr(stem))
    if (!absl::ascii_isalnum(c)) return false;
  return CheckOf(text.substr(0, text.size() - kCheck)) == text.substr(text.size() - kCheck);
}

std::string KeyHash(absl::string_view text) { return Sha256(text); }

std::string KeyPrefix(absl::string_view text) { return std::string(text.substr(0, StemOf(text) + kShown)); }

}  // namespace hoiam::gateway
