// Measure 5: from a detractor's acknowledged answer to its case, and from an acknowledged answer to its webhook.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "absl/strings/numbers.h"
#include "platform/base/clock.h"
#include "tests/bench/measures.h"

namespace hoiam::bench {
namespace {

using testing::Die;

// Answers every request 200 at once and notes when each answer of a customer (its responseId) came.
class Receiver {
 public:
  Receiver() : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof a;
    if (bind(fd_, reinterpret_cast<sockaddr*>(&a), size) != 0 || listen(fd_, 64) != 0 ||
        getsockname(fd_, reinterpret_cast<sockaddr*>(&a), &size) != 0)
      Die("the receiver cannot listen");
    port_ = ntohs(a.sin_port);
    threads_.emplace_back([this] {
      for (int c; (c = accept(fd_, nullptr, nullptr)) >= 0;) {
        std::lock_guard lock(mu_);
        connections_.push_back(c);
        threads_.emplace_back([this, c] { Serve(c); });
      }
    });
  }
  ~Receiver() {
    shutdown(fd_, SHUT_RDWR);
    threads_.front().join();
    for (int c : connections_) shutdown(c, SHUT_RDWR);
    for (size_t i = 1; i < threads_.size(); ++i) threads_[i].join();
    for (int c : connections_) close(c);
    close(fd_);
  }
  int port() const { return port_; }
  absl::Time WaitFor(const std::string& response_id) {
    std::unique_lock lock(mu_);
    if (!came_.wait_for(lock, std::chrono::minutes(1), [&] { return at_.contains(response_id); }))
      Die("a webhook did not come");
    return at_[response_id];
  }

 private:
  void Serve(int c) {
    std::string in;
    char buffer[16384];
    for (ssize_t n; (n = read(c, buffer, sizeof buffer)) > 0;) {
      in.append(buffer, n);
      for (size_t head; (head = in.find("\r\n\r\n")) != std::string::npos;) {
        const size_t length = in.find("Content-Length: ");
        size_t size = 0;
        if (length > head || !absl::SimpleAtoi(in.substr(length + 16, in.find('\r', length) - length - 16), &size))
          Die("a webhook without a length");
        if (in.size() < head + 4 + size) break;
        const absl::Time now = SystemClock().Now();
        constexpr char kAnswer[] = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        if (send(c, kAnswer, sizeof kAnswer - 1, MSG_NOSIGNAL) < 0) return;
        const testing::Json event(in.substr(head + 4, size));
        in.erase(0, head + 4 + size);
        std::lock_guard lock(mu_);
        at_.emplace(event.String("data/response/responseId"), now);
        came_.notify_all();
      }
    }
  }

  const int fd_;
  int port_ = 0;
  std::mutex mu_;
  std::condition_variable came_;
  std::map<std::string, absl::Time> at_;
  std::vector<int> connections_;
  std::vector<std::thread> threads_;  // the first one accepts
};

// One answer after the other through REST, each of another customer; milliseconds from its acknowledgement to its
// webhook.
std::vector<double> WebhookDelays(Ours& ours, Receiver& receiver, const std::string& round, int n) {
  testing::HttpClient http(ours.url(), ours.key());
  std::vector<double> times;
  for (int i = 0; i < n; ++i) {
    const std::string id = absl::StrCat("hook-", round, "-", i);
    const testing::Answer answer =
        http.Post("/v1/responses",
                  absl::StrCat(R"({"responseId":")", id, R"(","customerId":")", id, R"(","metric":"NPS","score":9})"));
    const absl::Time acknowledged = SystemClock().Now();
    if (answer.code != 200) Die("an answer was refused: " + answer.body);
    times.push_back(1e3 * absl::ToDoubleSeconds(receiver.WaitFor(id) - acknowledged));
  }
  return times;
}

void MeasureWebhook(const Settings& s, Ours& ours) {
  Receiver receiver;
  testing::HttpClient http(ours.url(), ours.key());
  const testing::Answer made =
      http.Post("/v1/webhooks", absl::StrCat(R"({"webhookId":"bench","url":"http://127.0.0.1:)", receiver.port(),
                                             R"(/","eventTypes":["response.submitted"]})"));
  if (made.code != 200) Die("the webhook was refused: " + made.body);
  const int n = s.quick ? 50 : 300;
  WebhookDelays(ours, receiver, "warm", 20);
  const auto idle = WebhookDelays(ours, receiver, "idle", n);
  Alone("5 acknowledged → webhook, p50, idle", "ms", {Target::kNone, 0}, {Quantile(idle, 0.5)});

  const double full = ours.Unary("alarm", s.quick ? 3000 : 10000, 128);
  ours.CatchUp("alarm");
  std::atomic<bool> done{false};
  std::vector<double> loaded;
  std::thread measured([&] {
    loaded = WebhookDelays(ours, receiver, "loaded", n);
    done = true;
  });
  while (!done) ours.OpenLoop("alarm", 0.3 * full, absl::Seconds(1));
  measured.join();
  Alone("5 acknowledged → webhook, p50, 30 % load", "ms", {Target::kAtMost, 10}, {Quantile(loaded, 0.5)});
  Alone("5 acknowledged → webhook, p99, 30 % load", "ms", {Target::kNone, 0}, {Quantile(loaded, 0.99)});
}

}  // namespace

void MeasureAlarm(const Settings& s, Ours& ours, Raw& raw) {
  const int n = s.quick ? 50 : 200;
  std::vector<double> all;
  ours.CaseDelay("alarm");
  SideBySide(
      s, "5 answer acknowledged → case seen, p50", "ms", {Target::kAtMost, 8},
      [&] {
        std::vector<double> times;
        for (int i = 0; i < n; ++i) times.push_back(1e3 * ours.CaseDelay("alarm"));
        all.insert(all.end(), times.begin(), times.end());
        return Quantile(times, 0.5);
      },
      [&] { return 1e3 * Quantile(raw.CommitTimes(n), 0.5); });
  Alone("5 answer acknowledged → case seen, p99", "ms", {Target::kAtMost, 25}, {Quantile(all, 0.99)});
  MeasureWebhook(s, ours);
  Verify(ours.NothingLost("alarm"),
         absl::StrCat("5: all ", ours.acknowledged("alarm"), " answers are stored and counted once"));
}

}  // namespace hoiam::bench
