#include "gateway/webhook/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hoiam::gateway {
namespace {

constexpr int kV4Bits = 96;  // of ::ffff:0:0/96

// The IANA special-purpose registries of IPv4 and IPv6, and multicast.
constexpr const char* kSpecial[] = {
    "0.0.0.0/8",          // this network
    "10.0.0.0/8",         // private
    "100.64.0.0/10",      // shared by a carrier's customers
    "127.0.0.0/8",        // loopback
    "169.254.0.0/16",     // link-local; the metadata services of clouds
    "172.16.0.0/12",      // private
    "192.0.0.0/24",       // protocol assignments
    "192.0.2.0/24",       // documentation
    "192.31.196.0/24",    // AS112
    "192.52.193.0/24",    // AMT
    "192.88.99.0/24",     // 6to4 relays
    "192.168.0.0/16",     // private
    "192.175.48.0/24",    // AS112
    "198.18.0.0/15",      // benchmarks
    "198.51.100.0/24",    // documentation
    "203.0.113.0/24",     // documentation
    "224.0.0.0/4",        // multicast
    "240.0.0.0/4",        // reserved; broadcast
    "2001::/23",          // protocol assignments, Teredo
    "2001:db8::/32",      // documentation
    "2002::/16",          // 6to4: any IPv4 address
    "2620:4f:8000::/48",  // AS112
    "3fff::/20",          // documentation
};

struct Cidr {
  Address address;
  int bits;
};

bool Within(const Address& a, const Address& range, int bits) {
  const int whole = bits / 8, rest = bits % 8;
  if (std::memcmp(a.data(), range.data(), whole) != 0) return false;
  return rest == 0 || ((a[whole] ^ range[whole]) >> (8 - rest)) == 0;
}

bool IsV4(const Address& a) {
  static const Address mapped = *ParseAddress("0.0.0.0");
  return Within(a, mapped, kV4Bits);
}

std::optional<Cidr> ParseCidr(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits('/', 1));
  const auto address = ParseAddress(parts[0]);
  if (!address) return std::nullopt;
  const int offset = absl::StrContains(parts[0], ":") ? 0 : kV4Bits;
  int bits = 128 - offset;
  if (parts.size() == 2 && (!absl::SimpleAtoi(parts[1], &bits) || bits < 0 || bits > 128 - offset)) return std::nullopt;
  return Cidr{*address, offset + bits};
}

}  // namespace

std::optional<Address> ParseAddress(absl::string_view text) {
  if (absl::StrContains(text, '\0')) return std::nullopt;  // where inet_pton would stop
  const std::string s(text);
  Address out{};
  if (inet_pton(AF_INET6, s.c_str(), out.data()) == 1) return out;
  out = {};
  out[10] = out[11] = 0xFF;
  if (inet_pton(AF_INET, s.c_str(), out.data() + 12) == 1) return out;
  return std::nullopt;
}

std::optional<Address> AddressOf(const sockaddr& address) {
  Address out{};
  if (address.sa_family == AF_INET6) {
    std::memcpy(out.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
    return out;
  }
  if (address.sa_family != AF_INET) return std::nullopt;
  out[10] = out[11] = 0xFF;
  std::memcpy(out.data() + 12, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
  return out;
}

bool IsPublic(const Address& a) {
  static const auto* special = [] {
    auto* ranges = new std::vector<Cidr>();
    for (const char* text : kSpecial) ranges->push_back(*ParseCidr(text));
    return ranges;
  }();
  const bool unicast = IsV4(a) || (a[0] & 0xE0) == 0x20;  // 2000::/3 is all of IPv6 that is given out
  return unicast && std::none_of(special->begin(), special->end(),
                                 [&](const Cidr& range) { return Within(a, range.address, range.bits); });
}

absl::StatusOr<AllowList> AllowList::Parse(absl::string_view text) {
  AllowList list;
  for (absl::string_view part : absl::StrSplit(text, ',')) {
    part = absl::StripAsciiWhitespace(part);
    if (part.empty()) continue;
    if (const auto range = ParseCidr(part)) {
      list.ranges_.push_back({range->address, range->bits});
    } else if (part.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
               absl::string_view::npos) {
      list.hosts_.push_back(absl::AsciiStrToLower(part));
    } else {
      return absl::InvalidArgumentError(absl::StrCat("\"", part, "\" is neither a host nor an address nor a range"));
    }
  }
  return list;
}

bool AllowList::AllowsHost(absl::string_view host) const {
  return std::any_of(hosts_.begin(), hosts_.end(), [&](const std::string& h) { return h == host; });
}

bool AllowList::AllowsAddress(const Address& a) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& r) { return Within(a, r.address, r.bits); });
}

}  // namespace hoiam::gateway
