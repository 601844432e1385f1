// hoiam_bench: measures the real processes against what the database alone does, in one run. See usage below.
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>

#include "absl/strings/numbers.h"
#include "tests/bench/measures.h"
#include "tests/support/process.h"

namespace hoiam::bench {
namespace {

constexpr char kUsage[] = R"(hoiam_bench [MEASURE…] [--quick] [--rounds N] [--max-rows N]

  MEASURE      1a 1b 1c 2 3 4 5 consumer mail sample tenants timers inbox; none: all of them; "gateway" is 2
                 1a  durable batch ingest           1b  durable unary ingest, 128 in flight
                 1c  latency of acknowledgement     2   REST through the gateway against gRPC
                 3   score query while answers grow 4   customer history
                 5   from a detractor's answer to its case
                 consumer how fast scoring_service catches up with answers that wait
                 mail     mails to a local SMTP server
                 sample   10,000 people drawn out of 1,000,000
                 tenants  one tenant at ten times its limit, and another's p99
                 timers   what is due found among 1,000,000 open timers
                 inbox    lists of a team's, a region's and other cases out of 1,000,000
  --quick      3 rounds, few rows: shows that it runs; its figures prove nothing
  --rounds N   rounds of baseline, ours, baseline (default 7)
  --max-rows N largest size of 3 and 4 (default 1000000; 10000000 takes 10 GB of disk and half an hour)

Each line: ours, baseline, their ratio with a 95 % interval of its median, the target, met or not, and how far two runs of
the baseline in one round lie apart (A/A). Data are verified at the end of every measure; a run whose data are wrong fails.
)";

std::string FirstLine(const std::string& command) {
  const testing::Finished done = testing::RunToEnd({{"sh", "-c", command}, {}, ""});
  return done.output.substr(0, done.output.find('\n'));
}

void PrintMachine(const Settings& s, Raw& raw) {
  utsname os{};
  uname(&os);
  std::string version, durable;
  const auto session = raw.Session();
  (void)session->Query("SELECT @@version, @@innodb_flush_log_at_trx_commit, @@innodb_buffer_pool_size DIV 1048576", {},
                       [&](const db::Row& row) {
                         version = row.Bytes(0);
                         durable = absl::StrCat("innodb_flush_log_at_trx_commit=", row.Int(1), ", buffer pool ",
                                                row.Int(2), " MB");
                       });
  std::printf("machine   %s, %u cores, %ld MB, %s %s\n",
              FirstLine("sed -n 's/^model name.*: //p' /proc/cpuinfo").c_str(), std::thread::hardware_concurrency(),
              sysconf(_SC_PHYS_PAGES) / 256, os.sysname, os.release);
  std::printf("commit    %s\n",
              FirstLine("git -C \"" HOIAM_SOURCE "\" describe --always --dirty 2>/dev/null || echo unknown").c_str());
  std::printf("versions  %s, gRPC %s, compiler %s\n", version.c_str(), grpc::Version().c_str(), __VERSION__);
  std::printf("settings  %s on both sides; 1 partition; %d rounds%s\n\n", durable.c_str(), s.rounds,
              s.quick ? " (quick: not to be believed)" : "");
  std::fflush(stdout);
}

int Main(int argc, char** argv) {
  Settings s;
  std::set<std::string> names;
  const std::set<std::string> known = {"1a",       "1b",   "1c",     "2",       "3",      "4",    "5",
                                       "consumer", "mail", "sample", "tenants", "timers", "inbox"};
  bool wrong = false, rounds_given = false, rows_given = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--quick")
      s.quick = true;
    else if (word == "--rounds" && i + 1 < argc)
      wrong = !absl::SimpleAtoi(argv[++i], &s.rounds) || s.rounds < 1 || wrong, rounds_given = true;
    else if (word == "--max-rows" && i + 1 < argc)
      wrong = !absl::SimpleAtoi(argv[++i], &s.max_rows) || s.max_rows < 10000 || wrong, rows_given = true;
    else if (word == "gateway")
      names.insert("2");
    else if (known.count(word))
      names.insert(word);
    else
      wrong = true;
  }
  if (wrong) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  if (s.quick && !rounds_given) s.rounds = 3;
  if (s.quick && !rows_given) s.max_rows = 10'000;
  const auto wanted = [&](const std::string& name) { return names.empty() || names.count(name); };
  setenv("HOIAM_TEST_DB_BUFFER_MB", s.max_rows > 1'000'000 ? "6144" : "1024", 0);  // what is read fits into memory

  Ours ours;
  Raw raw(ours.db_url());
  PrintMachine(s, raw);
  if (wanted("1a")) MeasureBatch(s, ours, raw);
  if (wanted("1b")) MeasureUnary(s, ours, raw);
  if (wanted("1c")) MeasureLatency(s, ours, raw);
  if (wanted("2")) MeasureGateway(s, ours);
  if (wanted("tenants")) MeasureTenants(s, ours);
  if (wanted("5")) MeasureAlarm(s, ours, raw);
  if (wanted("consumer")) MeasureConsumer(s, ours);
  if (wanted("mail")) MeasureMail(s);
  if (wanted("sample")) MeasureSample(s, ours);
  if (wanted("timers")) MeasureTimers(s, ours);
  if (wanted("inbox")) MeasureInbox(s, ours);
  if (wanted("3") || wanted("4")) MeasureReads(s, ours, raw, wanted("3"), wanted("4"));
  PrintTable();
  return 0;
}

}  // namespace
}  // namespace hoiam::bench

int main(int argc, char** argv) { return hoiam::bench::Main(argc, argv); }
