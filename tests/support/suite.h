// The whole of Hoiam as it runs on one machine: the four real programs on a private database, with Unix sockets between
// them and two ports of their own. Everything is gone when the object is.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "tests/support/http.h"
#include "tests/support/process.h"

namespace hoiam::testing {

// What time it is for the programs of a suite whose clock moves: the machine's, and what was added.
class SuiteClock : public Clock {
 public:
  explicit SuiteClock(std::string file) : file_(std::move(file)) { Advance(absl::ZeroDuration()); }
  absl::Time Now() const override { return SystemClock().Now() + ahead_; }
  void Sleep(absl::Duration d) const override { SystemClock().Sleep(d); }

 private:
  friend class Suite;
  void Advance(absl::Duration d);

  std::string file_;
  absl::Duration ahead_;
};

class Suite {
 public:
  enum class Time { kReal, kMovable };
  using Env = std::map<std::string, std::string>;

  // Makes the tables, the tenant "demo" and its key, starts the four programs and waits until they are ready. `env` is
  // added to the settings of each of them. kMovable: programs that follow clock(); they are what ships but for that.
  explicit Suite(Env env = {}, Time time = Time::kReal);
  ~Suite();

  const std::string& url() const { return url_; }
  const std::string& grpc_address() const { return grpc_address_; }
  const std::string& key() const { return key_; }  // admin of tenant "demo"
  const std::string& dir() const { return dir_; }
  const std::string& db_url() const { return db_url_; }

  const Clock& clock() const { return clock_; }
  // Lets time pass, forward, by whole seconds, for all programs at once, and waits until they are ready with it. What
  // waits by the machine's clock goes on waiting: threads that look once a second take up to a second to see it.
  void Advance(absl::Duration d);

  HttpClient Http() const { return HttpClient(url_, key_); }
  // A channel to the public gRPC port, and a context that holds the key.
  std::shared_ptr<grpc::Channel> Channel() const;
  static void Authorize(grpc::ClientContext& context, const std::string& key);

  // Makes another tenant; answers the key of its admin.
  std::string MakeTenant(const std::string& tenant);
  // The key of who makes and suspends tenants; a new one with every call.
  std::string OperatorKey();

  // Processes by name. The four are called survey, scoring, loop and gateway.
  Process& process(const std::string& name) { return processes_.at(name).process; }
  // A further process: a replica of `program` that listens under its own name; `env` comes over the usual settings. A
  // gateway gets ports of its own; Url(name) is where it listens.
  void StartReplica(const std::string& name, const std::string& program, Env env = {});
  std::string Url(const std::string& name) const;
  std::string Socket(const std::string& name) const { return dir_ + "/" + name + ".sock"; }
  // kill -9, and start again with the same settings.
  void Kill(const std::string& name) { process(name).Kill(); }
  void Restart(const std::string& name);
  // Ends the test program when it takes longer, with the ends of the logs.
  void WaitReady(const std::string& name, absl::Duration timeout = absl::Seconds(30));
  void WaitAllReady();
  std::string Log(const std::string& name) const;

  // Runs the command line, `hoiam ARGS…`, with this suite's address and key.
  Finished Cli(std::vector<std::string> args, absl::Duration timeout = absl::Seconds(60)) const;
  Program CliProgram(std::vector<std::string> args) const;

 private:
  struct Entry {
    Program program;
    Process process;
  };
  std::string Migrate(std::vector<std::string> args, const std::string& key_file);
  Program ProgramOf(const std::string& name, const std::string& program, const Env& env);

  std::string dir_, db_url_, url_, grpc_address_, key_, bin_;
  SuiteClock clock_;
  Env env_;
  std::map<std::string, Entry> processes_;
};

// The folder of the built programs: HOIAM_BIN_DIR, else where this program lies.
std::string BinDir();
// The root of the sources: HOIAM_SOURCE_DIR. Ends the test program when it is not set.
std::string SourceDir();

}  // namespace hoiam::testing
