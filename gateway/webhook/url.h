// A webhook's address, as it is given: what of it may be stored at all.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/webhook/address.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

// The addresses of a name; empty when it has none, or nobody answers in time. May block.
using Resolver = std::function<std::vector<Address>(const std::string& host)>;
// The machine's own resolver, for at most `patience`.
Resolver SystemResolver(absl::Duration patience);

// Adds a violation of `field` unless `url` is one that a webhook may have. INVALID_URL: not https://host[:port][/…] in
// ASCII, with a user, with a fragment. WEBHOOK_URL_REFUSED: leads into a private network, says its name, or one of the
// addresses behind it. A name without an address is accepted: what counts is the address that is connected to later.
// http:// only where `allow` names the host or its address.
void CheckWebhookUrl(absl::string_view url, absl::string_view field, const AllowList& allow, const Resolver& resolve,
                     Violations& v);

// The host of an URL that has been checked: a name in lower case, or an address without brackets.
std::string HostOf(const std::string& url);

}  // namespace hoiam::gateway
