#include "tests/support/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "platform/base/clock.h"

extern char** environ;

namespace hoiam::testing {
namespace {

// PR_SET_PDEATHSIG follows the thread that forked, so one thread that lives as long as the program does every fork.
class Forker {
 public:
  static Forker& Get() {
    static Forker& forker = *new Forker;
    return forker;
  }

  pid_t Fork(const Program& program) {
    std::lock_guard<std::mutex> one(one_at_a_time_);
    std::unique_lock<std::mutex> lock(mutex_);
    program_ = &program;
    pid_ = 0;
    changed_.notify_all();
    changed_.wait(lock, [&] { return pid_ != 0; });
    if (pid_ < 0) Die("cannot fork");
    return pid_;
  }

 private:
  Forker() { std::thread(&Forker::Run, this).detach(); }

  void Run() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return program_ != nullptr; });
      pid_ = Spawn(*program_);
      program_ = nullptr;
      changed_.notify_all();
    }
  }

  static pid_t Spawn(const Program& program) {
    std::vector<std::string> env;
    for (char** e = environ; *e; ++e) {
      if (std::strncmp(*e, "HOIAM_", 6) != 0 && !program.env.count(std::string(*e, std::strcspn(*e, "="))))
        env.push_back(*e);
    }
    for (const auto& [name, value] : program.env) env.push_back(name + "=" + value);
    std::vector<char*> argv, envp;
    for (const std::string& a : program.argv) argv.push_back(const_cast<char*>(a.c_str()));
    for (const std::string& e : env) envp.push_back(const_cast<char*>(e.c_str()));
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    const char* log = program.log.empty() ? "/dev/null" : program.log.c_str();
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid != 0) return pid;
    // Between fork and exec only calls that are safe in a program with threads.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    const int in = open("/dev/null", O_RDONLY);
    const int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(in, 0);
    dup2(out, 1);
    dup2(out, 2);
    for (int fd = 3; fd < 1024; ++fd) close(fd);
    execve(argv[0], argv.data(), envp.data());
    _exit(127);
  }

  std::mutex one_at_a_time_, mutex_;
  std::condition_variable changed_;
  const Program* program_ = nullptr;
  pid_t pid_ = 0;
};

std::string FindInPath(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    if (access(name.c_str(), X_OK) != 0) Die("no program " + name + ": is it built?");
    return name;
  }
  const char* path = std::getenv("PATH");
  std::stringstream dirs(std::string(path ? path : "") + ":/usr/local/sbin:/usr/sbin:/sbin");
  for (std::string dir; std::getline(dirs, dir, ':');) {
    const std::string file = dir + "/" + name;
    if (access(file.c_str(), X_OK) == 0) return file;
  }
  Die("no program " + name + " in PATH");
}

}  // namespace

void Die(const std::string& why) {
  std::fprintf(stderr, "FATAL: %s\n", why.c_str());
  std::abort();
}

Process::Process(const Program& program) {
  Program found = program;
  found.argv[0] = FindInPath(program.argv[0]);
  pid_ = Forker::Get().Fork(found);
}

Process::Process(Process&& other) noexcept { *this = std::move(other); }

Process& Process::operator=(Process&& other) noexcept {
  if (this == &other) return *this;
  Kill();
  pid_ = std::exchange(other.pid_, -1);
  status_ = std::exchange(other.status_, std::nullopt);
  return *this;
}

Process::~Process() { Kill(); }

bool Process::running() { return pid_ > 0 && !Wait(absl::ZeroDuration()); }

void Process::Signal(int signal) {
  if (running()) kill(pid_, signal);
}

void Process::Kill() {
  Signal(SIGKILL);
  if (pid_ > 0) Wait(absl::InfiniteDuration());
}

std::optional<int> Process::Wait(absl::Duration timeout) {
  const absl::Time end = SystemClock().Now() + timeout;
  while (pid_ > 0 && !status_) {
    int raw = 0;
    const pid_t done = waitpid(pid_, &raw, timeout == absl::InfiniteDuration() ? 0 : WNOHANG);
    if (done == pid_) {
      status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    } else if (done < 0 && errno != EINTR) {
      status_ = 255;
    } else if (SystemClock().Now() >= end) {
      return std::nullopt;
    } else {
      SystemClock().Sleep(absl::Milliseconds(2));
    }
  }
  return status_;
}

Finished RunToEnd(Program program, absl::Duration timeout) {
  const bool own_log = program.log.empty();
  if (own_log) program.log = MakeTempDir() + "/log";
  Process process(program);
  const auto status = process.Wait(timeout);
  Finished finished{status.value_or(-1), ReadFile(program.log)};
  if (!status) Die(program.argv[0] + " did not end in time:\n" + finished.output);
  return finished;
}

std::string MakeTempDir() {
  std::string base = std::filesystem::temp_directory_path();
  if (base.size() > 60) base = "/tmp";
  std::string dir = base + "/hoiam-XXXXXX";
  if (!mkdtemp(dir.data())) Die("cannot make a directory in " + base);
  // A shell that waits for the end of its input, which is the end of this program, and then cleans up.
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Die("cannot make a pipe");
  const pid_t pid = fork();
  if (pid == 0) {
    setsid();
    dup2(ends[0], 0);
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    for (int fd = 3; fd < 1024; ++fd) close(fd);
    execl("/bin/sh", "sh", "-c", "trap '' INT TERM HUP; while read -r x; do :; done; sleep 0.2; rm -rf -- \"$0\"",
          dir.c_str(), nullptr);
    _exit(127);
  }
  if (pid < 0) Die("cannot fork");
  close(ends[0]);
  return dir;
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteFile(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out) Die("cannot write " + path);
}

}  // namespace hoiam::testing
