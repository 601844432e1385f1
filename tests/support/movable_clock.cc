// The clock of programs that a test starts: ahead of the machine's by the whole seconds that a file holds as text.
// Linked before platform/base/clock.cc and process_time.cc, whose every function it has, it takes their place; what
// ships has none of it.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "platform/base/clock.h"
#include "platform/base/process_time.h"

namespace hoiam {
namespace {

std::atomic<int> file_of_offset{-1};
std::atomic<int64_t> offset{0};

// The file is looked at each time, so all who read it agree at once; who writes it empties it first, and time that has
// come does not go back.
absl::Duration Offset() {
  const int fd = file_of_offset.load();
  if (fd < 0) return absl::ZeroDuration();
  char text[32];
  const ssize_t size = pread(fd, text, sizeof text, 0);
  int64_t seconds = 0, reached = offset.load();
  if (size > 0 && absl::SimpleAtoi(absl::StripAsciiWhitespace({text, static_cast<size_t>(size)}), &seconds)) {
    while (reached < seconds && !offset.compare_exchange_weak(reached, seconds)) {
    }
  }
  return absl::Seconds(offset.load());
}

class MovableClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now() + Offset(); }
  void Sleep(absl::Duration d) const override { absl::SleepFor(d); }
};

}  // namespace

const Clock& SystemClock() {
  static const auto* clock = new MovableClock;
  return *clock;
}

std::chrono::system_clock::time_point OnMachine(absl::Time of_process) {
  return absl::ToChronoTime(of_process - Offset());
}

absl::Time OnProcess(std::chrono::system_clock::time_point of_machine) {
  return absl::FromChrono(of_machine) + Offset();
}

absl::Status MoveClockBy(const std::string& file) {
  const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::NotFoundError(absl::StrCat(file, " cannot be read"));
  file_of_offset = fd;
  return absl::OkStatus();
}

}  // namespace hoiam
