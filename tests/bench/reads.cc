// Measures 3 and 4: scores and history, while what is stored grows a hundredfold, or a thousandfold.
#include <atomic>
#include <thread>

#include "platform/base/clock.h"
#include "tests/bench/measures.h"
#include "tests/bench/stored.h"

namespace hoiam::bench {
namespace {

std::string TenantOf(int64_t size) { return absl::StrCat("size-", size); }

void SetTime(absl::Time t, google::protobuf::Timestamp* out) {
  out->set_seconds(absl::ToUnixSeconds(t));
  out->set_nanos(static_cast<int>(absl::ToUnixMicros(t) % 1000000 * 1000));
}

scoring::GetScoresRequest NinetyDays(absl::Time today) {
  scoring::GetScoresRequest q;
  q.set_metric("NPS");
  q.set_interval(scoring::Interval::DAY);
  SetTime(today - absl::Hours(24 * 90), q.mutable_start_time());
  SetTime(today, q.mutable_end_time());
  return q;
}

// Seconds of each of `n` calls.
template <class Call>
std::vector<double> Times(int n, Call call) {
  std::vector<double> times;
  for (int i = 0; i < n; ++i) {
    const absl::Time start = SystemClock().Now();
    call(i);
    times.push_back(absl::ToDoubleSeconds(SystemClock().Now() - start));
  }
  return times;
}

// Calls a second by `threads` callers.
template <class MakeCall>
double Throughput(int n, int threads, MakeCall make_call) {
  std::atomic<int> next{0};
  std::vector<std::thread> callers;
  const absl::Time start = SystemClock().Now();
  for (int t = 0; t < threads; ++t)
    callers.emplace_back([&] {
      auto call = make_call();
      for (int i; (i = next++) < n;) call(i);
    });
  for (auto& c : callers) c.join();
  return n / absl::ToDoubleSeconds(SystemClock().Now() - start);
}

bool BitEqual(const scoring::GetScoresResponse& ours, const std::vector<Raw::DayScore>& raw) {
  std::vector<Raw::DayScore> rows;
  for (const auto& row : ours.rows()) {
    const absl::Time day = absl::FromUnixSeconds(row.start_time().seconds()) + absl::Hours(7);
    for (int score = 0; score <= 10; ++score) {
      const auto it = row.distribution().find(score);
      if (it != row.distribution().end() && it->second > 0)
        rows.push_back({absl::FormatTime("%Y-%m-%d", day, absl::UTCTimeZone()), score, it->second});
    }
  }
  return rows == raw;
}

void MeasureScores(const Settings& s, Ours& ours, Raw& raw, const std::vector<int64_t>& sizes, absl::Time today) {
  const auto request = NinetyDays(today);
  const absl::Time start = today - absl::Hours(24 * 90);
  const int n = s.quick ? 50 : 300;
  const auto session = raw.ScoringSession();
  for (const int64_t size : sizes) {
    const std::string tenant = TenantOf(size);
    Verify(BitEqual(ours.Scores(tenant, request), raw.GroupByDay(*session, tenant, start, today)),
           absl::StrCat("3: scores of ", size, " answers equal GROUP BY, bit for bit"));
    std::vector<double> all;
    const double wanted = size >= 10'000'000 ? 2000 : size >= 1'000'000 ? 300 : 0;
    // How many times faster than GROUP BY: the ratio of rates.
    SideBySide(
        s, absl::StrCat("3 scores, 90 days daily, ", size, " answers"), "1/s",
        {wanted > 0 ? Target::kAtLeast : Target::kNone, wanted},
        [&] {
          const auto times = Times(n, [&](int) { ours.Scores(tenant, request); });
          all.insert(all.end(), times.begin(), times.end());
          return 1 / Quantile(times, 0.5);
        },
        [&] {
          return 1 / Quantile(
                         Times(size >= 1'000'000 ? 3 : 9, [&](int) { raw.GroupByDay(*session, tenant, start, today); }),
                         0.5);
        });
    Alone(absl::StrCat("3 scores p99, ", size, " answers"), "ms", {Target::kAtMost, 2}, {1e3 * Quantile(all, 0.99)});
  }
  if (sizes.size() < 2) return;
  const std::string small = TenantOf(sizes.front()), large = TenantOf(sizes.back());
  SideBySide(
      s, absl::StrCat("3 time with ", sizes.back(), " answers against ", sizes.front()), "ms", {Target::kAtMost, 1.3},
      [&] { return 1e3 * Quantile(Times(n, [&](int) { ours.Scores(large, request); }), 0.5); },
      [&] { return 1e3 * Quantile(Times(n, [&](int) { ours.Scores(small, request); }), 0.5); });
}

void MeasureHistory(const Settings& s, Ours& ours, Raw& raw, const std::vector<int64_t>& sizes) {
  const int n = s.quick ? 200 : 1500;
  const auto session = raw.ScoringSession();
  for (const int64_t size : sizes) {
    const std::string tenant = TenantOf(size);
    const auto customer = [people = size / kPerCustomer](int i) {
      return absl::StrCat("c", i * int64_t{7919} % people);
    };
    const auto page = [&](const std::string& who) {
      scoring::GetHistoryRequest q;
      q.set_customer_id(who);
      q.set_page_size(50);
      return ours.History(tenant, q);
    };
    const auto read = [&](int i) { page(customer(i)); };
    const auto raw_read = [&](int i) { raw.Timeline(*session, tenant, customer(i), 50); };
    Verify(page(customer(1)).entries_size() == raw.Timeline(*session, tenant, customer(1), 50),
           "4: both read as many entries");
    Times(n / 4, read);  // warm
    const std::string bytes = page(customer(1)).SerializeAsString();
    const auto received = [&](int) { scoring::GetHistoryResponse().ParseFromString(bytes); };
    // With one raw SELECT these two are what a page costs at least, however it is served.
    Alone(absl::StrCat("4 there and back alone, ", size), "ms", {},
          {1e3 * Quantile(Times(n, [&](int) { ours.Refused(); }), 0.5)});
    Alone(absl::StrCat("4 a caller reading 50 entries, ", size), "ms", {}, {1e3 * Quantile(Times(n, received), 0.5)});
    Times(n / 4, raw_read);
    SideBySide(
        s, absl::StrCat("4 history p50, 50 newest of ", size), "ms", {Target::kAtMost, 2.0},
        [&] { return 1e3 * Quantile(Times(n, read), 0.5); }, [&] { return 1e3 * Quantile(Times(n, raw_read), 0.5); });
    SideBySide(
        s, absl::StrCat("4 history p99, 50 newest of ", size), "ms", {Target::kAtMost, 2.5},
        [&] { return 1e3 * Quantile(Times(n, read), 0.99); }, [&] { return 1e3 * Quantile(Times(n, raw_read), 0.99); });
    SideBySide(
        s, absl::StrCat("4 history, 8 callers, ", size), "1/s", {Target::kAtLeast, 0.60},
        [&] { return Throughput(n * 2, 8, [&] { return read; }); },
        [&] {
          return Throughput(n * 2, 8, [&] {
            return [&, own = std::shared_ptr<db::Session>(raw.ScoringSession())](int i) {
              raw.Timeline(*own, tenant, customer(i), 50);
            };
          });
        });
    // Page 100 against page 1 of one long history.
    scoring::GetHistoryRequest first, hundredth;
    first.set_customer_id(kHeavy);
    first.set_page_size(50);
    hundredth = first;
    for (int p = 1; p < 100; ++p) hundredth.set_page_token(ours.History(tenant, hundredth).next_page_token());
    Verify(ours.History(tenant, hundredth).entries_size() == 50, "4: page 100 has 50 entries");
    SideBySide(
        s, absl::StrCat("4 page 100 against page 1, ", size), "ms", {Target::kAtMost, 1.2},
        [&] { return 1e3 * Quantile(Times(n / 4, [&](int) { ours.History(tenant, hundredth); }), 0.5); },
        [&] { return 1e3 * Quantile(Times(n / 4, [&](int) { ours.History(tenant, first); }), 0.5); });
  }
}

}  // namespace

void MeasureReads(const Settings& s, Ours& ours, Raw& raw, bool scores, bool history) {
  // Midnight in Asia/Ho_Chi_Minh, the reporting zone of the suite.
  const absl::Time now = SystemClock().Now();
  const absl::Time today = absl::FromUnixSeconds((absl::ToUnixSeconds(now) + 7 * 3600) / 86400 * 86400 - 7 * 3600);
  std::vector<int64_t> sizes;
  for (int64_t size = 10'000; size <= s.max_rows; size *= 10) sizes.push_back(size);
  for (const int64_t size : sizes) {
    std::printf("storing %lld answers", static_cast<long long>(size));
    std::fflush(stdout);
    const absl::Time began = SystemClock().Now();
    StoreAnswers(ours.db_url(), TenantOf(size), size, today);
    std::printf(": %.0f s\n", absl::ToDoubleSeconds(SystemClock().Now() - began));
  }
  if (scores) MeasureScores(s, ours, raw, sizes, today);
  if (history) MeasureHistory(s, ours, raw, sizes);
}

}  // namespace hoiam::bench
