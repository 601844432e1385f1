#include "gateway/webhook/url.h"

#include <curl/curl.h>
#include <netdb.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gateway/limits.h"

namespace hoiam::gateway {
namespace {

struct Parts {
  std::string scheme, host;  // host without brackets and final dot, in lower case
};

// curl itself takes it apart, as it does when the request is sent: what is checked is what is used. Numbers in any
// spelling (decimal, octal, hexadecimal, short) come back as a plain address.
std::optional<Parts> Parse(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> u(curl_url(), &curl_url_cleanup);
  if (!u || curl_url_set(u.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) return std::nullopt;
  const auto part = [&](CURLUPart what) -> std::string {
    char* text = nullptr;
    if (curl_url_get(u.get(), what, &text, 0) != CURLUE_OK || !text) return "";
    std::string out = text;
    curl_free(text);
    return out;
  };
  if (!part(CURLUPART_ZONEID).empty() || part(CURLUPART_PORT) == "0") return std::nullopt;
  Parts p{part(CURLUPART_SCHEME), absl::AsciiStrToLower(part(CURLUPART_HOST))};
  if (p.host.size() > 2 && p.host.front() == '[') p.host = p.host.substr(1, p.host.size() - 2);
  if (absl::EndsWith(p.host, ".")) p.host.pop_back();
  return p;
}

bool IsName(absl::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  for (absl::string_view label : absl::StrSplit(host, '.')) {
    if (label.empty() || label.size() > 63) return false;
    for (char c : label)
      if (!absl::ascii_isalnum(c) && c != '-' && c != '_') return false;
  }
  return true;
}

// A name that ends in a number is a mistyped address, and some resolver takes it for one.
bool EndsInNumber(absl::string_view host) {
  absl::string_view last = host.substr(host.rfind('.') == absl::string_view::npos ? 0 : host.rfind('.') + 1);
  const bool hex = absl::ConsumePrefix(&last, "0x");
  return hex ? std::all_of(last.begin(), last.end(), [](char c) { return absl::ascii_isxdigit(c); })
             : std::all_of(last.begin(), last.end(), [](char c) { return absl::ascii_isdigit(c); });
}

bool IsLocalName(absl::string_view host) {
  for (absl::string_view zone : {"localhost", "local", "internal", "localdomain", "home.arpa"})
    if (host == zone || absl::EndsWith(host, absl::StrCat(".", zone))) return true;
  return false;
}

}  // namespace

void CheckWebhookUrl(absl::string_view url, absl::string_view field, const AllowList& allow, const Resolver& resolve,
                     Violations& v) {
  const auto invalid = [&](absl::string_view why) { v.Add(field, "INVALID_URL", why); };
  const auto refused = [&](absl::string_view why) { v.Add(field, "WEBHOOK_URL_REFUSED", why); };
  if (url.empty()) return v.Add(field, "REQUIRED", "is required");
  if (url.size() > kMaxWebhookUrl) return invalid(absl::StrCat("may have ", kMaxWebhookUrl, " bytes"));
  for (char c : url)
    if (!absl::ascii_isgraph(c) || c == '\\')
      return invalid("must be ASCII without spaces; write other letters of a host as xn--…, of a path as %XX");
  if (absl::StrContains(url, "#")) return invalid("must have no fragment");
  // At its beginning and in full: curl also takes "https:/host", and then what follows here would look at another host.
  const bool whole = absl::StartsWithIgnoreCase(url, "https://") || absl::StartsWithIgnoreCase(url, "http://");
  const absl::string_view scheme_less = url.substr(std::min(url.size(), url.find("://") + 3));
  const absl::string_view authority = scheme_less.substr(0, scheme_less.find_first_of("/?"));
  if (absl::StrContains(authority, "@")) return invalid("must hold no user or password");
  if (absl::StrContains(authority, "%")) return invalid("must have a host without %");
  const auto parts = whole && !authority.empty() ? Parse(std::string(url)) : std::nullopt;
  if (!parts || (parts->scheme != "https" && parts->scheme != "http"))
    return invalid("must be like https://example.com/hooks, with a port of 1 to 65535 if any");

  const std::string& host = parts->host;
  const auto literal = ParseAddress(host);
  if (!literal && (!IsName(host) || EndsInNumber(host))) return invalid("must have the name of a host, or its address");
  const bool allowed = allow.AllowsHost(host) || (literal && allow.AllowsAddress(*literal));
  if (allowed) return;
  if (parts->scheme == "http") return refused("must be https");
  if (literal && !IsPublic(*literal)) return refused("is an address that is not of the internet");
  if (literal) return;
  if (IsLocalName(host)) return refused("is a name that is not of the internet");
  for (const Address& a : resolve(host))
    if (!IsPublic(a) && !allow.AllowsAddress(a))
      return refused("is a name behind which is an address that is not of the internet");
}

std::string HostOf(const std::string& url) {
  const auto parts = Parse(url);
  return parts ? parts->host : "";
}

Resolver SystemResolver(absl::Duration patience) {
  return [patience](const std::string& host) -> std::vector<Address> {
    // getaddrinfo cannot be told when to end: it ends on its own thread, whether or not anybody still waits.
    auto promise = std::make_shared<std::promise<std::vector<Address>>>();
    std::future<std::vector<Address>> found = promise->get_future();
    std::thread([promise, host] {
      addrinfo hints{}, *list = nullptr;
      hints.ai_socktype = SOCK_STREAM;
      std::vector<Address> addresses;
      if (getaddrinfo(host.c_str(), nullptr, &hints, &list) == 0) {
        for (const addrinfo* a = list; a; a = a->ai_next)
          if (const auto address = AddressOf(*a->ai_addr)) addresses.push_back(*address);
        freeaddrinfo(list);
      }
      promise->set_value(std::move(addresses));
    }).detach();
    if (found.wait_for(absl::ToChronoMilliseconds(patience)) != std::future_status::ready) return {};
    return found.get();
  };
}

}  // namespace hoiam::gateway
