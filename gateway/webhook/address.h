// Where a webhook may go: not into our own network, however the address is written. Values in, values out.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hoiam::gateway {

// An IP address: IPv6, or IPv4 as ::ffff:a.b.c.d.
using Address = std::array<uint8_t, 16>;

// "192.0.2.1" or "2001:db8::1", in its plain form and no other; nullopt for anything else.
std::optional<Address> ParseAddress(absl::string_view text);
// nullopt for what is neither IPv4 nor IPv6.
std::optional<Address> AddressOf(const sockaddr& address);

// Whether it is an ordinary address of the internet: global unicast, in none of the special ranges of IANA (private,
// loopback, link-local, shared, documentation, benchmarks, multicast, reserved, translation and tunnels to any of
// these).
bool IsPublic(const Address& address);

// What may be reached although it is not public: HOIAM_WEBHOOK_ALLOW.
class AllowList {
 public:
  AllowList() = default;
  // Hosts, addresses and CIDR ranges by commas: "receiver.internal,10.1.0.0/16,::1". INVALID_ARGUMENT says what is
  // wrong.
  static absl::StatusOr<AllowList> Parse(absl::string_view text);

  bool AllowsHost(absl::string_view host) const;  // a name, in lower case
  bool AllowsAddress(const Address& address) const;

 private:
  struct Range {
    Address address;
    int bits;
  };
  std::vector<std::string> hosts_;
  std::vector<Range> ranges_;
};

}  // namespace hoiam::gateway
