// API keys as key_text.h describes them, made without its help.
#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "platform/base/crypto.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::fuzz {

inline constexpr size_t kKeyRandom = 30, kKeyCheck = 6;

inline constexpr absl::string_view kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// A key's text with the check sum that belongs to it.
inline std::string WithCheck(std::string text) {
  std::string check(kKeyCheck, '0');
  uint32_t crc = Crc32(text);
  for (size_t i = kKeyCheck; i-- > 0; crc /= 62) check[i] = kBase62[crc % 62];
  return absl::StrCat(text, check);
}

// A key of some kind made of the next bytes.
inline std::string KeyOf(Input& input) {
  static constexpr const char* kStems[] = {"hk_", "hk_test_", "hk_pub_", "hk_test_pub_"};
  std::string key = kStems[input.Byte() % 4];
  for (size_t i = 0; i < kKeyRandom; ++i) key += kBase62[input.Byte() % 62];
  return WithCheck(std::move(key));
}

}  // namespace hoiam::fuzz
