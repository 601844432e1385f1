// How much one caller may do, and how many may wait, through the real programs.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "absl/strings/numbers.h"
#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

constexpr int kIdle = 10'000;
constexpr int64_t kMaxResidentKb = 200 << 10;

// "VmRSS:   123 kB" of a process.
int64_t Status(int pid, const std::string& name) {
  std::ifstream in(absl::StrCat("/proc/", pid, "/status"));
  for (std::string line; std::getline(in, line);)
    if (line.rfind(name + ":", 0) == 0) return std::stoll(line.substr(name.size() + 1));
  return -1;
}

int Connect(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  to.sin_port = htons(static_cast<uint16_t>(port));
  if (fd >= 0 && connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

// One request on a kept connection; true when it was answered.
bool Ask(int fd) {
  static const std::string kAsk = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
  if (send(fd, kAsk.data(), kAsk.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(kAsk.size())) return false;
  std::string got;
  char buffer[512];
  while (got.find("\r\n\r\nok\n") == std::string::npos) {
    const ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    got.append(buffer, n);
  }
  return got.rfind("HTTP/1.1 200", 0) == 0;
}

TEST(LimitsTest, TenThousandIdleClientsFitIntoTwoHundredMegabytes) {
  // The suite begins with the 1,024 files that many systems give, and must help itself; then this side takes its own.
  rlimit files{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &files), 0);
  ASSERT_GE(files.rlim_max, static_cast<rlim_t>(kIdle + 500))
      << "raise the hard limit of open files (ulimit -Hn): this test proves nothing with fewer connections";
  const rlimit few{1024, files.rlim_max}, all{files.rlim_max, files.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  Suite suite;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &all), 0);

  const int pid = suite.process("gateway").pid();
  int port = 0;
  ASSERT_TRUE(absl::SimpleAtoi(suite.url().substr(suite.url().rfind(':') + 1), &port));
  suite.Http().Get("/v1/surveys");
  const int64_t before = Status(pid, "VmRSS");
  std::vector<int> idle;
  for (int i = 0; i < kIdle; ++i) {
    const int fd = Connect(port);
    ASSERT_GE(fd, 0) << i;
    idle.push_back(fd);
    ASSERT_TRUE(Ask(fd)) << i;
  }
  const int64_t after = Status(pid, "VmRSS");
  RecordProperty("resident_kb_before", before);
  RecordProperty("resident_kb_after", after);
  std::printf("gateway: %ld kB resident before, %ld kB with %d idle connections: %.1f kB each\n", before, after, kIdle,
              static_cast<double>(after - before) / kIdle);
  EXPECT_LE(after, kMaxResidentKb);
  EXPECT_EQ(suite.Http().Get("/v1/surveys").code, 200) << "and others are served";
  for (int i = 0; i < kIdle; i += 97) EXPECT_TRUE(Ask(idle[i])) << i << " is not forgotten";
  for (const int fd : idle) close(fd);
}

TEST(LimitsTest, ATenantBeyondItsLimitIsRefusedInTimeAndItsNeighbourIsNot) {
  Suite suite;
  HttpClient operates(suite.url(), suite.OperatorKey());
  const std::string noisy = suite.MakeTenant("noisy"), quiet = suite.MakeTenant("quiet");
  ASSERT_EQ(operates.Patch("/v1/tenants/noisy", R"({"limits":{"requestsPerSecond":1}})").code, 200);
  HttpClient loud(suite.url(), noisy), calm(suite.url(), quiet);
  const absl::Time end = SystemClock().Now() + absl::Seconds(60);
  Answer refused;
  while ((refused = loud.Get("/v1/surveys")).code == 200 && SystemClock().Now() < end) {
  }
  EXPECT_THAT(refused, HasCode(429));
  EXPECT_EQ(refused.reason(), "RATE_LIMITED");
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  EXPECT_EQ(refused.headers.at("ratelimit-policy"), R"("key";q=2000;w=2, "tenant";q=2;w=2)");
  const Answer beside = calm.Get("/v1/surveys");
  EXPECT_THAT(beside, HasCode(200));
  EXPECT_EQ(beside.headers.at("ratelimit-policy"), R"("key";q=2000;w=2, "tenant";q=4000;w=2)")
      << "the installation's own limits are on unless somebody turns them off";
  while ((refused = loud.Get("/v1/surveys")).code != 200 && SystemClock().Now() < end) {
  }
  EXPECT_THAT(refused, HasCode(200)) << "and later let in again";
}

}  // namespace
}  // namespace hoiam::testing
