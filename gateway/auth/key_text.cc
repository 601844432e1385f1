#include "gateway/auth/key_text.h"

#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam::gateway {
namespace {

constexpr char kAlphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr size_t kRandom = 30;
constexpr size_t kCheck = 6;
constexpr char kLive[] = "hk_";
constexpr char kTest[] = "hk_test_";

std::string CheckOf(absl::string_view text) {
  uint32_t crc = Crc32(text);
  std::string out(kCheck, '0');
  for (size_t i = kCheck; i-- > 0; crc /= 62) out[i] = kAlphabet[crc % 62];
  return out;
}

}  // namespace

std::string NewKeyText() {
  std::string out = kLive;
  while (out.size() < sizeof(kLive) - 1 + kRandom) {
    for (unsigned char byte : RandomBytes(48))  // 248 = 4 × 62: bytes above it would favour the first letters
      if (byte < 248 && out.size() < sizeof(kLive) - 1 + kRandom) out += kAlphabet[byte % 62];
  }
  return absl::StrCat(out, CheckOf(out));
}

bool IsKeyText(absl::string_view text) {
  const size_t prefix = IsTestKey(text) ? sizeof(kTest) - 1 : sizeof(kLive) - 1;
  if (!absl::StartsWith(text, kLive) || text.size() != prefix + kRandom + kCheck) return false;
  for (char c : text.substr(prefix))
    if (!absl::ascii_isalnum(c)) return false;
  return CheckOf(text.substr(0, text.size() - kCheck)) == text.substr(text.size() - kCheck);
}

bool IsTestKey(absl::string_view text) { return absl::StartsWith(text, kTest); }

std::string KeyHash(absl::string_view text) { return Sha256(text); }

std::string KeyPrefix(absl::string_view text) { return std::string(text.substr(0, 7)); }

}  // namespace hoiam::gateway
