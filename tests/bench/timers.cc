// A million open timers in loop_service: how fast what is due is found among them, and what they cost in memory.
#include <fstream>

#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/db/tenant_db.h"
#include "platform/due/reader.h"
#include "tests/bench/measures.h"

namespace hoiam::bench {
namespace {

constexpr char kTenant[] = "timers";
constexpr int64_t kCaseKind = 1;  // loop_service/app/due_kinds.h
constexpr int kAtOnce = 100;      // as its clock takes them
constexpr int kLooks = 500;

double Megabytes(int pid) {
  std::ifstream in(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(in, line);)
    if (line.rfind("VmRSS:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  return -1;
}

// Timers `from` to `to` of cases that are not there, spread over the 30 days after `start`.
void Fill(db::Session& session, int64_t from, int64_t to, absl::Time start, absl::Duration span) {
  constexpr int64_t kChunk = 100'000;
  const std::string digit =
      "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL "
      "SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) AS ";
  const std::string insert = absl::StrCat(
      "INSERT INTO due_work SELECT ?, CONCAT('KH', LPAD(n, 7, '0')), ?, UNHEX(MD5(n)), "
      "TIMESTAMPADD(MICROSECOND, CRC32(n) * ?, ?), '', 0 "
      "FROM (SELECT ? + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM ",
      digit, "a, ", digit, "b, ", digit, "c, ", digit, "e, ", digit, "f) AS numbers WHERE n < ?");
  const int64_t per_unit = absl::ToInt64Microseconds(span) >> 32;  // CRC32 spreads evenly below 2^32
  for (; from < to; from += kChunk) {
    const auto done = session.Run(insert, {std::string(kTenant), kCaseKind, per_unit, start, from, to});
    if (!done.ok()) Verify(false, absl::StrCat("timers: rows are written: ", done.status().message()));
  }
}

}  // namespace

void MeasureTimers(const Settings& s, Ours& ours) {
  const int64_t timers = s.quick ? 10'000 : 1'000'000;
  const auto url = db::ParseUrl(ours.db_url());
  Verify(url.ok(), "database url");
  auto connected = db::Connect(*url, url->prefix + "_loop");
  Verify(connected.ok(), "connect");
  const std::shared_ptr<db::Session> session = *std::move(connected);
  const auto count = [&](const std::string& where) {
    int64_t n = -1;
    (void)session->Query("SELECT COUNT(*) FROM due_work WHERE tenant_id = ? AND " + where, {std::string(kTenant)},
                         [&](const db::Row& r) { n = r.Int(0); });
    return n;
  };
  const int pid = ours.suite().process("loop").pid();
  const double before = Megabytes(pid);
  const absl::Time start = SystemClock().Now() + absl::Hours(24);
  Fill(*session, 0, timers, start, absl::Hours(30 * 24));
  Verify(count("kind = 1") == timers, "as many timers as wanted");

  const db::SystemDb db(session);
  int wrong = 0;
  const auto looks = [&](absl::Time now, size_t found) {
    std::vector<double> ms;
    for (int i = 0; i < kLooks; ++i) {
      const absl::Time began = SystemClock().Now();
      const auto due = due::FindDueWork(db, kCaseKind, now, kAtOnce);
      ms.push_back(absl::ToDoubleMilliseconds(SystemClock().Now() - began));
      wrong += !due.ok() || due->size() != found;
    }
    return Quantile(std::move(ms), 0.99);
  };
  std::vector<double> none, some;
  for (int round = 0; round < s.rounds; ++round) {
    none.push_back(looks(start - absl::Hours(1), 0));
    some.push_back(looks(start + absl::Hours(15 * 24), kAtOnce));
  }
  Verify(wrong == 0, "timers: every look found what was due");
  const std::string name = absl::StrCat("timers: of ", timers, " open ones, p99 of a look");
  Alone(name + ", nothing due", "ms", {Target::kAtMost, 5}, none);
  Alone(name + ", half of them due", "ms", {Target::kAtMost, 5}, some);

  // The service itself, beside all that wait: its clock finishes those whose cases are not there.
  const int64_t due = timers / 100;
  Fill(*session, timers, timers + due, SystemClock().Now() - absl::Hours(1), absl::Minutes(50));
  const absl::Time began = SystemClock().Now();
  while (count("due_at < UTC_TIMESTAMP()") > 0 && SystemClock().Now() < began + absl::Minutes(5))
    SystemClock().Sleep(absl::Milliseconds(20));
  const double seconds = absl::ToDoubleSeconds(SystemClock().Now() - began);
  Verify(count("kind = 1") == timers, "what was due is done, and nothing else");
  Alone(absl::StrCat("timers: ", due, " due at once beside them, taken and finished"), "1/s", {},
        {static_cast<double>(due) / seconds});
  Alone("timers: growth of loop_service", "MB", {Target::kAtMost, 16}, {Megabytes(pid) - before});
}

}  // namespace hoiam::bench
