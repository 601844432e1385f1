// Page tokens: only what we made, for the same query, in the one spelling, is taken.
#include <vector>

#include "platform/base/page_token.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;  // NOLINT
  fuzz::Input input(data, size);
  // As a token from outside.
  const auto decoded = DecodePageToken("ListKeys/demo", input.rest());
  if (decoded.ok()) {
    FUZZ_CHECK(input.rest().empty() == decoded->empty());
    FUZZ_CHECK(decoded->empty() || EncodePageToken("ListKeys/demo", *decoded) == input.rest());
  } else {
    fuzz::CheckRefusal(decoded.status());
  }
  // As a key that we make a token of.
  const size_t at = input.Byte() << 8 | input.Byte();
  const char changed = static_cast<char>(input.Byte());
  std::vector<std::string> key;
  do key.emplace_back(input.Line());
  while (!input.rest().empty());
  const std::string token = EncodePageToken("ListKeys/demo", key);
  const auto back = DecodePageToken("ListKeys/demo", token);
  FUZZ_CHECK(back.ok() && *back == key);
  FUZZ_CHECK(!DecodePageToken("ListKeys/other", token).ok());
  std::string damaged = token;
  damaged[at % damaged.size()] = changed;
  FUZZ_CHECK(damaged == token || !DecodePageToken("ListKeys/demo", damaged).ok());
  FUZZ_CHECK(!DecodePageToken("ListKeys/demo", token.substr(0, at % (token.size() - 1) + 1)).ok() ||
             at % (token.size() - 1) + 1 == token.size());
  return 0;
}
