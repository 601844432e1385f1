// Idempotency-Key, X-Request-Id and traceparent: what goes on to a service is what its standard allows, whatever came.
#include <regex>

#include "gateway/proxy/call.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  static const std::regex request_id("[A-Za-z0-9._-]{1,64}");
  // W3C Trace Context: neither id may be all zeros.
  static const std::regex trace("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string value(text);

  const auto key = CheckIdempotencyKey(text);
  bool printable = size <= 255;
  for (unsigned char c : value) printable &= c >= 0x20 && c < 0x7f;
  FUZZ_CHECK(key.ok() == printable);
  if (key.ok()) FUZZ_CHECK(*key == value);
  if (!key.ok()) fuzz::CheckRefusal(key.status());

  const std::string id = RequestId(text, absl::FromUnixSeconds(1'800'000'000));
  FUZZ_CHECK(std::regex_match(id, request_id));
  FUZZ_CHECK(size > 64 || (id == value) == std::regex_match(value, request_id));

  const std::string parent = Traceparent(text);
  FUZZ_CHECK(std::regex_match(parent, trace));
  FUZZ_CHECK(size > 64 || (parent == value) == std::regex_match(value, trace));
  return 0;
}
