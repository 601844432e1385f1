#include "tests/support/suite.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "platform/base/clock.h"
#include "platform/base/crypto.h"
#include "platform/base/process_time.h"
#include "tests/support/database.h"

namespace hoiam::testing {
namespace {

// A port that is free now. Somebody else may take it before we do; then the program says so and the test fails.
int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    Die("no free port");
  close(fd);
  return ntohs(address.sin_port);
}

std::string Tail(const std::string& text, size_t bytes) {
  return text.size() <= bytes ? text : "…" + text.substr(text.size() - bytes);
}

}  // namespace

std::string BinDir() {
  if (const char* dir = std::getenv("HOIAM_BIN_DIR")) return dir;
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

std::string SourceDir() {
  const char* dir = std::getenv("HOIAM_SOURCE_DIR");
  if (!dir) Die("HOIAM_SOURCE_DIR is not set: run this test by ctest");
  return dir;
}

void SuiteClock::Advance(absl::Duration d) {
  if (d < absl::ZeroDuration() || d != absl::Trunc(d, absl::Seconds(1))) Die("a clock moves forward, by whole seconds");
  ahead_ += d;
  WriteFile(file_, absl::StrCat(absl::ToInt64Seconds(ahead_), "\n"));
}

void Suite::Advance(absl::Duration d) {
  clock_.Advance(d);
  const absl::Time moved = clock_.Now(), end = SystemClock().Now() + absl::Seconds(60);
  for (auto& [name, entry] : processes_) {
    if (!entry.process.running()) continue;
    for (Answer seen;; SystemClock().Sleep(absl::Milliseconds(10))) {
      seen = GetOverSocket(Socket(name + ".ops"), "/readyz?verbose");
      if (seen.code == 200 && seen.json().Time("checkTime") >= moved) break;
      if (SystemClock().Now() > end) Die(name + " does not become ready after the clock was moved: " + seen.body);
    }
  }
}

Suite::Suite(Env env, Time time)
    : dir_(MakeTempDir()),
      db_url_(DatabaseUrl()),
      bin_(BinDir() + (time == Time::kMovable ? "/movable" : "")),
      clock_(dir_ + "/clock"),
      env_(std::move(env)) {
  if (time == Time::kMovable) env_[kTestClockSetting] = dir_ + "/clock";
  const int http = FreePort(), grpc = FreePort();
  url_ = absl::StrCat("http://127.0.0.1:", http);
  grpc_address_ = absl::StrCat("127.0.0.1:", grpc);
  WriteFile(dir_ + "/link_key", Hex(RandomBytes(32)) + "\n");
  WriteFile(dir_ + "/webhook_key", Hex(RandomBytes(32)) + "\n");
  key_ = MakeTenant("demo");
  StartReplica("survey", "survey_service");
  StartReplica("scoring", "scoring_service");
  StartReplica("loop", "loop_service");
  StartReplica("gateway", "gateway",
               {{"HOIAM_HTTP_PORT", absl::StrCat(http)}, {"HOIAM_GRPC_PORT", absl::StrCat(grpc)}});
  WaitAllReady();
}

Suite::~Suite() {
  if (!::testing::Test::HasFailure()) return;
  for (const auto& [name, entry] : processes_)
    std::fprintf(stderr, "--- end of the log of %s\n%s\n", name.c_str(), Tail(Log(name), 3000).c_str());
}

std::shared_ptr<grpc::Channel> Suite::Channel() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(16 << 20);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(grpc_address_, grpc::InsecureChannelCredentials(), arguments);
}

void Suite::Authorize(grpc::ClientContext& context, const std::string& key) {
  context.AddMetadata("authorization", "Bearer " + key);
}

std::string Suite::MakeTenant(const std::string& tenant) {
  const std::string file = dir_ + "/key." + tenant;
  return Migrate({"--bootstrap-tenant", tenant, "--key-file", file}, file);
}

std::string Suite::OperatorKey() {
  const std::string file = dir_ + "/operator_key";
  std::filesystem::remove(file);
  return Migrate({"--operator-key-file", file}, file);
}

std::string Suite::Migrate(std::vector<std::string> args, const std::string& file) {
  Program migrate;
  migrate.argv = std::move(args);
  migrate.argv.insert(migrate.argv.begin(), bin_ + "/hoiam-migrate");
  migrate.env = {{"HOIAM_DB_URL", db_url_}, {"HOIAM_PARTITIONS", "1"}};
  const Finished done = RunToEnd(migrate);
  if (done.status != 0) Die("hoiam-migrate failed:\n" + done.output);
  return std::string(absl::StripAsciiWhitespace(ReadFile(file)));
}

Program Suite::ProgramOf(const std::string& name, const std::string& program, const Env& env) {
  Program p;
  p.argv = {bin_ + "/" + program};
  p.log = dir_ + "/" + name + ".log";
  p.env = {{"HOIAM_LISTEN", "unix:" + Socket(name)},
           {"HOIAM_OPS_LISTEN", "unix:" + Socket(name + ".ops")},
           {"HOIAM_DB_URL", db_url_},
           {"HOIAM_PARTITIONS", "1"},
           {"HOIAM_STATE_DIR", dir_},
           {"HOIAM_LINK_KEY_FILE", dir_ + "/link_key"},
           {"HOIAM_WEBHOOK_KEY_FILE", dir_ + "/webhook_key"},
           {"HOIAM_REPORTING_ZONE", "Asia/Ho_Chi_Minh"},
           {"HOIAM_PUBLIC_URL", url_}};
  for (const char* peer : {"survey", "scoring", "loop", "gateway"})
    p.env[absl::StrCat("HOIAM_", absl::AsciiStrToUpper(peer), "_ADDR")] = "unix:" + Socket(peer);
  for (const auto& [key, value] : env_) p.env[key] = value;
  for (const auto& [key, value] : env) p.env[key] = value;
  if (program == "gateway")
    p.env.insert({{"HOIAM_HTTP_PORT", absl::StrCat(FreePort())}, {"HOIAM_GRPC_PORT", absl::StrCat(FreePort())}});
  return p;
}

void Suite::StartReplica(const std::string& name, const std::string& program, Env env) {
  Entry& entry = processes_[name];
  entry.program = ProgramOf(name, program, env);
  entry.process = Process(entry.program);
}

std::string Suite::Url(const std::string& name) const {
  return "http://127.0.0.1:" + processes_.at(name).program.env.at("HOIAM_HTTP_PORT");
}

void Suite::Restart(const std::string& name) {
  Entry& entry = processes_.at(name);
  entry.process = Process(entry.program);
}

void Suite::WaitReady(const std::string& name, absl::Duration timeout) {
  const absl::Time end = SystemClock().Now() + timeout;
  Answer answer;
  while ((answer = GetOverSocket(Socket(name + ".ops"), "/readyz?verbose")).code != 200) {
    const bool ended = !process(name).running();
    if (ended || SystemClock().Now() > end)
      Die(name + (ended ? " ended" : " does not become ready: " + answer.body) + "\n" + Tail(Log(name), 5000));
    SystemClock().Sleep(absl::Milliseconds(10));
  }
}

void Suite::WaitAllReady() {
  for (const auto& [name, entry] : processes_) WaitReady(name);
}

std::string Suite::Log(const std::string& name) const { return ReadFile(processes_.at(name).program.log); }

Program Suite::CliProgram(std::vector<std::string> args) const {
  Program p;
  p.argv = std::move(args);
  p.argv.insert(p.argv.begin(), bin_ + "/hoiam");
  p.env = {{"HOIAM_URL", url_}, {"HOIAM_API_KEY", key_}, {"HOIAM_STATE_DIR", dir_}, {"LC_ALL", "C.UTF-8"}};
  if (const auto clock = env_.find(kTestClockSetting); clock != env_.end()) p.env.insert(*clock);
  return p;
}

Finished Suite::Cli(std::vector<std::string> args, absl::Duration timeout) const {
  return RunToEnd(CliProgram(std::move(args)), timeout);
}

}  // namespace hoiam::testing
