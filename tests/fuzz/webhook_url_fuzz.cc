// Addresses of webhooks: whatever the spelling, what is accepted leads to the internet and nowhere else. The oracle is
// the system's own reading of addresses, also its careless one.
#include <arpa/inet.h>

#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "gateway/webhook/address.h"
#include "gateway/webhook/url.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::gateway {
namespace {

// Private, loopback, link-local: the ranges that hurt, written without address.cc's table.
bool IsInside(uint32_t ip) {
  const uint32_t a = ip >> 24, b = ip >> 16 & 0xFF;
  return a == 0 || a == 10 || a == 127 || a >= 224 || (a == 169 && b == 254) || (a == 172 && b >= 16 && b < 32) ||
         (a == 192 && b == 168) || (a == 100 && b >= 64 && b < 128);
}

bool IsInside(const in6_addr& ip) {
  const uint8_t* b = ip.s6_addr;
  static constexpr uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::memcmp(b, kMapped, 12) == 0 || std::all_of(b, b + 12, [](uint8_t x) { return x == 0; }))
    return IsInside(uint32_t{b[12]} << 24 | b[13] << 16 | b[14] << 8 | b[15]) || b[12] == 0;
  return (b[0] & 0xFE) == 0xFC || (b[0] == 0xFE && (b[1] & 0xC0) == 0x80) || b[0] == 0xFF;
}

void CheckAccepted(const std::string& url, bool resolves_inside) {
  FUZZ_CHECK(absl::StartsWithIgnoreCase(url, "https://"));
  for (unsigned char c : url) FUZZ_CHECK(c > 0x20 && c < 0x7F);
  const std::string host = HostOf(url);
  FUZZ_CHECK(!host.empty());
  in_addr v4;
  in6_addr v6;
  if (inet_pton(AF_INET6, host.c_str(), &v6) == 1) {
    FUZZ_CHECK(!IsInside(v6));
  } else if (inet_aton(host.c_str(), &v4) == 1) {  // takes "127.1", "0x7f000001", "2130706433" too
    FUZZ_CHECK(!IsInside(ntohl(v4.s_addr)));
  } else {
    FUZZ_CHECK(!resolves_inside);
    FUZZ_CHECK(host != "localhost" && !absl::EndsWith(host, ".localhost") && !absl::EndsWith(host, ".internal"));
  }
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  fuzz::Input input(data, size);
  const uint8_t which = input.Byte() % 3;
  const std::string text(input.rest());
  const Resolver resolve = [which](const std::string&) -> std::vector<Address> {
    if (which == 0) return {*ParseAddress("93.184.216.34")};
    if (which == 1) return {*ParseAddress("93.184.216.34"), *ParseAddress("10.0.0.7")};
    return {};
  };
  Violations v;
  CheckWebhookUrl(text, "url", AllowList(), resolve, v);
  if (v.empty())
    CheckAccepted(text, which == 1);
  else
    fuzz::CheckRefusal(v);

  if (const auto address = ParseAddress(text)) {  // one plain form, that of inet_ntop
    char plain[INET6_ADDRSTRLEN];
    const bool v4 = text.find(':') == std::string::npos;
    FUZZ_CHECK(inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? address->data() + 12 : address->data(), plain, sizeof(plain)));
    in6_addr same;
    std::memcpy(&same, address->data(), sizeof(same));
    FUZZ_CHECK(!IsPublic(*address) || !IsInside(same));
    if (v4) FUZZ_CHECK(text == plain);
  }
  const auto allow = AllowList::Parse(text);
  if (allow.ok() && text.empty()) FUZZ_CHECK(!allow->AllowsHost("x") && !allow->AllowsAddress(Address{}));
  return 0;
}
