// One tenant at ten times its limit, beside another: how far the other's p99 moves.
#include <atomic>
#include <mutex>
#include <thread>

#include "platform/base/clock.h"
#include "tests/bench/measures.h"
#include "tests/support/process.h"

namespace hoiam::bench {
namespace {

using hoiam::testing::Answer;
using hoiam::testing::HttpClient;

constexpr int kNeighbourLimit = 100;  // requests a second
constexpr int kNeighbourConnections = 8;
constexpr int kVictimPerSecond = 100;
constexpr int kVictimConnections = 4;  // so that one slow answer does not hold up the next

// Calls `call` at a fixed rate from now on, `n` times, or until `stop`; answers the seconds from each intended start.
std::vector<double> Paced(double per_second, int n, const std::atomic<bool>& stop, const std::function<void()>& call) {
  const Clock& clock = SystemClock();
  const absl::Time start = clock.Now();
  std::vector<double> seconds;
  for (int i = 0; i < n && !stop; ++i) {
    const absl::Time due = start + absl::Seconds(i / per_second);
    if (const absl::Duration wait = due - clock.Now(); wait > absl::ZeroDuration()) clock.Sleep(wait);
    call();
    seconds.push_back(absl::ToDoubleSeconds(clock.Now() - due));
  }
  return seconds;
}

class Neighbour {
 public:
  // Reads at `per_second` until it goes out of scope.
  Neighbour(const std::string& url, const std::string& key, double per_second) {
    for (int i = 0; per_second > 0 && i < kNeighbourConnections; ++i) {
      threads_.emplace_back([this, url, key, per_second] {
        HttpClient http(url, key);
        Paced(per_second / kNeighbourConnections, 1 << 30, stop_, [&] {
          const int code = http.Get("/v1/customers/somebody/history").code;
          (code == 200 ? let_in : code == 429 ? refused : failed)++;
        });
      });
    }
  }
  ~Neighbour() {
    stop_ = true;
    for (auto& t : threads_) t.join();
  }
  std::atomic<int> let_in{0}, refused{0}, failed{0};

 private:
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

}  // namespace

void MeasureTenants(const Settings& s, Ours& ours) {
  auto& suite = ours.suite();
  HttpClient operates(ours.url(), suite.OperatorKey());
  const std::string victim_key = suite.MakeTenant("victim"), noisy_key = suite.MakeTenant("noisy");
  const Answer limited =
      operates.Patch("/v1/tenants/noisy", absl::StrCat(R"({"limits":{"requestsPerSecond":)", kNeighbourLimit, "}}"));
  Verify(limited.code == 200, "tenants: the neighbour has its limit");
  const int calls = s.quick ? 400 : 1000;
  std::atomic<int> next{0}, bad{0};
  const std::atomic<bool> never{false};
  const auto p99 = [&](double neighbour_per_second, int* let_in, int* refused) {
    Neighbour neighbour(ours.url(), noisy_key, neighbour_per_second);
    std::vector<double> seconds;
    std::mutex mutex;
    std::vector<std::thread> callers;
    for (int c = 0; c < kVictimConnections; ++c) {
      callers.emplace_back([&] {
        HttpClient victim(ours.url(), victim_key);
        const auto own = Paced(1.0 * kVictimPerSecond / kVictimConnections, calls / kVictimConnections, never, [&] {
          const int id = ++next;
          const std::string at = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", SystemClock().Now(), absl::UTCTimeZone());
          bad +=
              victim
                  .Post("/v1/interactions", absl::StrCat(R"({"interactionId":"v)", id, R"(","customerId":"c)", id % 100,
                                                         R"(","type":"PURCHASE","occurredAt":")", at, "\"}"))
                  .code != 200;
        });
        std::lock_guard lock(mutex);
        seconds.insert(seconds.end(), own.begin(), own.end());
      });
    }
    for (auto& c : callers) c.join();
    bad += neighbour.failed;
    if (let_in) *let_in += neighbour.let_in, *refused += neighbour.refused;
    return 1e3 * Quantile(std::move(seconds), 0.99);
  };
  p99(0, nullptr, nullptr);  // warm
  int let_in = 0, refused = 0;
  SideBySide(
      s, absl::StrCat("tenants: another's p99, writes at ", kVictimPerSecond, "/s; neighbour at ten times its limit"),
      "ms", {Target::kAtMost, 1.20}, [&] { return p99(10.0 * kNeighbourLimit, &let_in, &refused); },
      [&] { return p99(0, nullptr, nullptr); });
  std::vector<double> within;
  for (int round = 0; round < s.rounds; ++round) within.push_back(p99(kNeighbourLimit, nullptr, nullptr));
  Alone("tenants: another's p99 beside a neighbour within its limit", "ms", {}, within);
  Verify(bad == 0, "tenants: every call of the other was answered, and the neighbour's only refused or answered");
  Verify(refused > let_in, absl::StrCat("tenants: the neighbour was let in ", let_in, " times and refused ", refused));
}

}  // namespace hoiam::bench
