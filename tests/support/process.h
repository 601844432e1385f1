// Programs that a test starts, and directories it needs. Both end with the test program, however it ends.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::testing {

struct Program {
  std::vector<std::string> argv;           // argv[0] is a path, or a name looked up in PATH and the sbin folders
  std::map<std::string, std::string> env;  // added to ours, of which every HOIAM_* is left out
  std::string log;                         // file that stdout and stderr are appended to
};

// One running program. It is killed when this object goes, and with the test program.
class Process {
 public:
  Process() = default;
  // Ends the test program when there is no such program or the fork fails.
  explicit Process(const Program& program);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();

  pid_t pid() const { return pid_; }
  bool running();
  // Sends a signal; nothing when it has ended.
  void Signal(int signal);
  // kill -9, and waits until it is gone.
  void Kill();
  // The exit status (128 + signal for a death by signal), or nullopt when it still runs after `timeout`.
  std::optional<int> Wait(absl::Duration timeout);

 private:
  pid_t pid_ = -1;
  std::optional<int> status_;
};

// Runs a program to its end and answers its exit status and what it printed. Ends the test program after `timeout`.
struct Finished {
  int status = -1;
  std::string output;  // stdout and stderr, as they came
};
Finished RunToEnd(Program program, absl::Duration timeout = absl::Seconds(60));

// A fresh directory with a path short enough for sockets in it, removed when the test program ends, also by a crash.
std::string MakeTempDir();

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& content);

// Prints and ends the test program: for what cannot be arranged, as against what turns out wrong.
[[noreturn]] void Die(const std::string& why);

}  // namespace hoiam::testing
