// HTTP as the rest of the gateway sees it: without Beast, which takes long to compile.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace hoiam::gateway {

struct HttpRequest {
  std::string method;  // "GET"; HEAD comes as GET, and its body is left out on the way back
  std::string target;  // raw: "/v1/customers/a%2Fb?x=1"
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string address;  // the client's, without its port

  absl::string_view path() const { return absl::string_view(target).substr(0, target.find('?')); }
  absl::string_view query() const {
    const size_t mark = target.find('?');
    return mark == std::string::npos ? absl::string_view() : absl::string_view(target).substr(mark + 1);
  }
  // The first of that name, in any case; "" when there is none.
  absl::string_view Header(absl::string_view name) const {
    for (const auto& [n, value] : headers)
      if (absl::EqualsIgnoreCase(n, name)) return value;
    return "";
  }
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

using HttpReply = std::function<void(HttpResponse)>;

// What a server asks, from its own threads: none of these may block.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // How much of a body to read, once the headers are there.
  virtual size_t BodyLimit(const HttpRequest& head) = 0;
  // Answers a request; `reply` runs exactly once, on any thread.
  virtual void Handle(HttpRequest request, HttpReply reply) = 0;
  // Answers one that could not be read: too large, or not HTTP. `head` has what was read of it.
  virtual HttpResponse Refuse(const HttpRequest& head, const absl::Status& why) = 0;
};

}  // namespace hoiam::gateway
