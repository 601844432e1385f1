#include "tests/e2e/webhook_receiver.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/clock.h"
#include "tests/support/suite.h"

namespace hoiam::testing {
namespace {

constexpr char kListening[] = "listening on ";

}  // namespace

bool Eventually(const std::function<bool()>& true_now) {
  const absl::Time end = SystemClock().Now() + absl::Minutes(1);
  while (!true_now()) {
    if (SystemClock().Now() > end) return false;
    SystemClock().Sleep(absl::Milliseconds(10));
  }
  return true;
}

std::vector<std::string> Each(const std::vector<Json>& all, const std::string& path) {
  std::vector<std::string> out;
  for (const Json& j : all) out.push_back(j.String(path));
  return out;
}

WebhookReceiver::WebhookReceiver() : dir_(MakeTempDir()) {
  const std::string node = SourceDir() + "/tests/e2e/node";
  if (!std::filesystem::exists(node + "/node_modules/standardwebhooks"))
    Die("the packages of tests/e2e/node are not installed: run ./dev test, or npm ci there");
  Program p;
  p.argv = {"node", node + "/webhook_receiver.mjs"};
  p.log = dir_ + "/receiver.log";
  process_ = Process(p);
  std::string log;
  const bool started = Eventually([&] {
    log = std::filesystem::exists(p.log) ? ReadFile(p.log) : "";
    return log.find('\n') != std::string::npos;
  });
  if (!started || log.rfind(kListening, 0) != 0) Die("the receiver does not start: " + log);
  url_ = "http://127.0.0.1:" + log.substr(sizeof kListening - 1, log.find('\n') - sizeof kListening + 1);
}

void WebhookReceiver::Put(const std::string& path, const std::string& body) {
  const Answer answer = HttpClient(url_, "").Send("PUT", path, body, {});
  if (answer.code != 200) Die(absl::StrCat("the receiver refused ", path, ": ", answer.body));
}

void WebhookReceiver::Secrets(const std::string& path, const std::vector<std::string>& secrets) {
  Put("/~secrets", absl::StrCat("{", Quote(path), ":[\"", absl::StrJoin(secrets, "\",\""), "\"]}"));
}

std::vector<Json> WebhookReceiver::Received(const std::string& path) {
  std::vector<Json> out;
  for (const Json& j : HttpClient(url_, "").Get("/~received").json().Items())
    if (j.String("path") == path) out.push_back(j);
  return out;
}

std::vector<Json> WebhookReceiver::WaitFor(const std::string& path, size_t n) {
  std::vector<Json> out;
  EXPECT_TRUE(Eventually([&] { return (out = Received(path)).size() >= n; }))
      << out.size() << " of " << n << " came to " << path << ": " << absl::StrJoin(Each(out, "type"), " ");
  return out;
}

}  // namespace hoiam::testing
