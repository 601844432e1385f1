// What goes out to receivers, through real sockets: which answers count, and which addresses are never connected to.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "gateway/webhook/http_sender.h"

namespace hoiam::gateway {
namespace {

// Listens on 127.0.0.1, reads one request of each connection, and answers with what it was given: as it is, and closes.
// An empty answer is none: the connection stays open.
class Receiver {
 public:
  explicit Receiver(std::string answer) : answer_(std::move(answer)) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof a;
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&a), sizeof a), 0);
    EXPECT_EQ(listen(fd_, 16), 0);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&a), &size);
    port_ = ntohs(a.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~Receiver() {
    stopping_ = true;
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
    for (int fd : open_) close(fd);
  }
  std::string Url(const std::string& host, const std::string& scheme = "http") const {
    return absl::StrCat(scheme, "://", host, ":", port_, "/hook?x=1");
  }
  int connections() const { return connections_; }
  std::string request() {
    std::lock_guard lock(mu_);
    return request_;
  }

 private:
  void Serve() {
    while (!stopping_) {
      const int fd = accept(fd_, nullptr, nullptr);
      if (fd < 0) return;
      ++connections_;
      std::string got;
      char buffer[4096];
      // To the end of the body, which these tests send as "{}".
      while (!absl::EndsWith(got, "{}")) {
        const ssize_t n = read(fd, buffer, sizeof buffer);
        if (n <= 0) break;
        got.append(buffer, n);
      }
      {
        std::lock_guard lock(mu_);
        request_ = got;
      }
      if (answer_.empty()) {
        open_.push_back(fd);
        continue;
      }
      for (size_t at = 0; at < answer_.size();) {
        const ssize_t n = send(fd, answer_.data() + at, answer_.size() - at, MSG_NOSIGNAL);
        if (n <= 0) break;
        at += n;
      }
      close(fd);
    }
  }
  const std::string answer_;
  int fd_, port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  std::mutex mu_;
  std::string request_;
  std::vector<int> open_;
  std::thread thread_;
};

std::string Answer(const std::string& status, const std::string& headers = "", const std::string& body = "") {
  return absl::StrCat("HTTP/1.1 ", status, "\r\nconnection: close\r\n", headers, "content-length: ", body.size(),
                      "\r\n\r\n", body);
}

AllowList Loopback() { return *AllowList::Parse("127.0.0.0/8"); }

HttpResult Post(HttpSender& sender, const std::string& url) {
  std::mutex mu;
  std::condition_variable cv;
  std::optional<HttpResult> result;
  sender.Send({url, {"content-type: application/json", "webhook-id: 1"}, "{}"}, [&](HttpResult r) {
    std::lock_guard lock(mu);
    result = std::move(r);
    cv.notify_all();
  });
  std::unique_lock lock(mu);
  EXPECT_TRUE(cv.wait_for(lock, std::chrono::minutes(2), [&] { return result.has_value(); }));
  return result.value_or(HttpResult{});
}

TEST(WebhookHttpTest, ARequestIsAPlainPostAndATwoHundredIsASuccess) {
  Receiver receiver(Answer("204 No Content"));
  HttpSender sender(Loopback(), "");
  const HttpResult r = Post(sender, receiver.Url("127.0.0.1"));
  EXPECT_EQ(r.status, 204);
  EXPECT_EQ(r.error, "");
  const std::string request = receiver.request();
  EXPECT_TRUE(absl::StartsWith(request, "POST /hook?x=1 HTTP/1.1\r\n")) << request;
  EXPECT_TRUE(absl::StrContains(request, "webhook-id: 1\r\n"));
  EXPECT_TRUE(absl::StrContains(request, "User-Agent: Hoiam/"));
  for (const char* unwanted : {"Expect", "Cookie", "Authorization", "Accept-Encoding"})
    EXPECT_FALSE(absl::StrContains(request, unwanted)) << request;
}

TEST(WebhookHttpTest, AnAddressOfOurOwnNetworkIsNeverConnectedToWhateverItsName) {
  Receiver receiver(Answer("200 OK"));
  HttpSender sender({}, "");
  // The name "localhost" stands for one that meant something else when the webhook was made.
  for (const char* host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "127.0.0.1."}) {
    const HttpResult r = Post(sender, receiver.Url(host));
    EXPECT_EQ(r.status, 0) << host;
    EXPECT_NE(r.error, "") << host;
  }
  EXPECT_EQ(Post(sender, receiver.Url("localhost")).error, "address refused: not of the internet");
  EXPECT_EQ(receiver.connections(), 0);
}

TEST(WebhookHttpTest, WhatIsAllowedIsAllowedByNameOrByAddress) {
  Receiver receiver(Answer("200 OK"));
  HttpSender by_name(*AllowList::Parse("localhost"), "");
  EXPECT_EQ(Post(by_name, receiver.Url("localhost")).status, 200);
  EXPECT_EQ(Post(by_name, receiver.Url("LOCALHOST")).status, 200);
  EXPECT_EQ(Post(by_name, receiver.Url("127.0.0.1")).status, 0) << "the name is allowed, not what is behind it";
  HttpSender by_address(Loopback(), "");
  EXPECT_EQ(Post(by_address, receiver.Url("localhost")).status, 200);
}

TEST(WebhookHttpTest, ARedirectIsNotFollowed) {
  Receiver elsewhere(Answer("200 OK"));
  HttpSender sender(Loopback(), "");
  for (const char* status :
       {"301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"}) {
    Receiver receiver(Answer(status, absl::StrCat("location: ", elsewhere.Url("127.0.0.1"), "\r\n")));
    const HttpResult r = Post(sender, receiver.Url("127.0.0.1"));
    EXPECT_EQ(absl::StrCat(r.status), std::string(status, 3));
    EXPECT_TRUE(absl::StrContains(r.error, "redirects are not followed")) << r.error;
  }
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(WebhookHttpTest, NothingThatAReceiverSaysIsKept) {
  HttpSender sender(Loopback(), "");
  Receiver talkative(Answer("500 secret-of-theirs", "x-secret: 1\r\n", "secret-of-theirs"));
  EXPECT_EQ(Post(sender, talkative.Url("127.0.0.1")).error, "answered 500");
  Receiver busy(Answer("429 Too Many Requests", "retry-after: 120\r\n"));
  EXPECT_EQ(Post(sender, busy.Url("127.0.0.1")).retry_after, absl::Seconds(120));
  Receiver endless(
      absl::StrCat("HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n", std::string(2 * kMaxWebhookAnswer, 'x')));
  EXPECT_EQ(Post(sender, endless.Url("127.0.0.1")).error, "") << "its answer is thrown away, not waited for";
  Receiver long_head(absl::StrCat("HTTP/1.1 200 OK\r\nx: ", std::string(90'000, 'x'), "\r\n\r\n"));
  EXPECT_LE(Post(sender, long_head.Url("127.0.0.1")).took, kWebhookTimeout);
}

TEST(WebhookHttpTest, FailuresAreSaidForPeople) {
  HttpSender sender(Loopback(), "");
  std::string closed;
  {
    Receiver gone(Answer("200 OK"));
    closed = gone.Url("127.0.0.1");
  }
  EXPECT_EQ(Post(sender, closed).error, "cannot connect");
  Receiver other("220 mail.example.com ESMTP\r\n");
  EXPECT_EQ(Post(sender, other.Url("127.0.0.1")).status, 0);
  EXPECT_NE(Post(sender, other.Url("127.0.0.1")).error, "");
  EXPECT_EQ(Post(sender, "http://no-such-name.invalid/").error, "the name of the host is not known");
}

TEST(WebhookHttpTest, OneThatNeverAnswersHoldsNobodyElseUpAndIsLetGoAfterFifteenSeconds) {
  Receiver silent(""), quick(Answer("200 OK"));
  HttpSender sender(Loopback(), "");
  std::mutex mu;
  std::condition_variable cv;
  std::vector<HttpResult> late;
  for (int i = 0; i < 20; ++i)
    sender.Send({silent.Url("127.0.0.1"), {}, "{}"}, [&](HttpResult r) {
      std::lock_guard lock(mu);
      late.push_back(std::move(r));
      cv.notify_all();
    });
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Post(sender, quick.Url("127.0.0.1")).status, 200);
  {
    std::lock_guard lock(mu);
    EXPECT_TRUE(late.empty()) << "they are still waiting";
  }
  std::unique_lock lock(mu);
  ASSERT_TRUE(cv.wait_for(lock, std::chrono::minutes(2), [&] { return late.size() == 20; }));
  for (const HttpResult& r : late) {
    EXPECT_EQ(r.error, "timed out");
    EXPECT_GE(r.took, kWebhookTimeout - absl::Milliseconds(100));
  }
}

}  // namespace
}  // namespace hoiam::gateway
