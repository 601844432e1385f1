// API keys: nothing but a whole key is taken, and no single mistyped character.
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/auth/key_text.h"
#include "platform/base/crypto.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::gateway {
namespace {

constexpr absl::string_view kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr const char* kKinds[] = {"hk_", "hk_test_"};
constexpr size_t kRandom = 30, kCheck = 6;

std::string WithCheck(std::string text) {
  std::string check(kCheck, '0');
  uint32_t crc = Crc32(text);
  for (size_t i = kCheck; i-- > 0; crc /= 62) check[i] = kBase62[crc % 62];
  return absl::StrCat(text, check);
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  fuzz::Input input(data, size);
  const absl::string_view text = input.rest();
  if (IsKeyText(text)) {
    FUZZ_CHECK(WithCheck(std::string(text.substr(0, text.size() - kCheck))) == text);
    FUZZ_CHECK(absl::StartsWith(text, "hk_") && KeyHash(text).size() == 32);
    FUZZ_CHECK(text.size() > KeyPrefix(text).size() + kRandom);  // what is shown leaves the secret unknown
  }
  // A key made of the input's bytes, and the same with one character changed.
  std::string key = kKinds[input.Byte() % std::size(kKinds)];
  const size_t at = input.Byte();
  const char changed = static_cast<char>(input.Byte());
  for (size_t i = 0; i < kRandom; ++i) key += kBase62[input.Byte() % 62];
  key = WithCheck(key);
  FUZZ_CHECK(IsKeyText(key));
  FUZZ_CHECK(!IsKeyText(key + "0") && !IsKeyText(" " + key) && !IsKeyText(key.substr(1)));
  std::string mistyped = key;
  mistyped[at % mistyped.size()] = changed;
  FUZZ_CHECK(mistyped == key || !IsKeyText(mistyped));
  return 0;
}
