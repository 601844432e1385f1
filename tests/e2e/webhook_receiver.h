// A receiver of webhooks in another language: node with the reference library of Standard Webhooks (tests/e2e/node).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/support/http.h"
#include "tests/support/process.h"

namespace hoiam::testing {

class WebhookReceiver {
 public:
  WebhookReceiver();

  std::string Url(const std::string& path) const { return url_ + path; }
  // JSON of tests/e2e/node/webhook_receiver.mjs.
  void Rules(const std::string& rules) { Put("/~rules", rules); }
  void Secrets(const std::string& path, const std::vector<std::string>& secrets);
  // What has come to the path, in order: {path, id, type, customerId, verified, headers, body, at, status}.
  std::vector<Json> Received(const std::string& path);
  // Waits until it is at least so much; a failure of the test when it does not come.
  std::vector<Json> WaitFor(const std::string& path, size_t n);

 private:
  void Put(const std::string& path, const std::string& body);
  std::string dir_, url_;
  Process process_;
};

// Until `true_now`, or a minute: a machine under load is slow, not wrong.
bool Eventually(const std::function<bool()>& true_now);

// "type", "id", … of each.
std::vector<std::string> Each(const std::vector<Json>& all, const std::string& path);

}  // namespace hoiam::testing
