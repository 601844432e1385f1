// POSTs to the outside, many at a time on one thread, by libcurl: no redirects, no proxy, no cookies, the answer's body
// thrown away, and no connection to an address that is not of the internet.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gateway/webhook/address.h"

namespace hoiam::gateway {

struct HttpPost {
  std::string url;
  std::vector<std::string> headers;  // "name: value"
  std::string body;
};

struct HttpResult {
  int status = 0;     // 0: no answer
  std::string error;  // for people; "" when it answered 2xx. Holds nothing that the receiver said
  absl::Time started;
  absl::Duration took;
  absl::Duration retry_after;  // what a refusal asks for; zero: nothing
};

class HttpSender {
 public:
  // `ca_file`: certificates to trust; "" for the system's.
  HttpSender(AllowList allow, std::string ca_file);
  // Drops what is under way: its `done` never runs.
  ~HttpSender();

  // `done` runs once, on the sender's thread, within kWebhookTimeout; it must not block. A name is resolved for each
  // new connection and each address that is tried is checked, so it does not matter what the name meant before.
  void Send(HttpPost post, std::function<void(HttpResult)> done);
  // Until nothing is under way, or `deadline`.
  void WaitIdle(absl::Time deadline);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoiam::gateway
