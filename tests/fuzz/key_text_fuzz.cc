// API keys: nothing but a whole key is taken, and no single mistyped character.
#include "absl/strings/match.h"
#include "gateway/auth/key_text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/key.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  fuzz::Input input(data, size);
  const absl::string_view text = input.rest();
  if (IsKeyText(text)) {
    FUZZ_CHECK(fuzz::WithCheck(std::string(text.substr(0, text.size() - fuzz::kKeyCheck))) == text);
    FUZZ_CHECK(absl::StartsWith(text, "hk_") && KeyHash(text).size() == 32);
    FUZZ_CHECK(text.size() > KeyPrefix(text).size() + fuzz::kKeyRandom);  // what is shown leaves the secret unknown
  }
  // A key made of the input's bytes, and the same with one character changed.
  const size_t at = input.Byte();
  const char changed = static_cast<char>(input.Byte());
  const std::string key = fuzz::KeyOf(input);
  FUZZ_CHECK(IsKeyText(key));
  FUZZ_CHECK(!IsKeyText(key + "0") && !IsKeyText(" " + key) && !IsKeyText(key.substr(1)));
  std::string mistyped = key;
  mistyped[at % mistyped.size()] = changed;
  FUZZ_CHECK(mistyped == key || !IsKeyText(mistyped));
  return 0;
}
