#include "platform/base/process_time.h"

namespace hoiam {

std::chrono::system_clock::time_point OnMachine(absl::Time of_process) { return absl::ToChronoTime(of_process); }

absl::Time OnProcess(std::chrono::system_clock::time_point of_machine) { return absl::FromChrono(of_machine); }

absl::Status MoveClockBy(const std::string&) {
  return absl::FailedPreconditionError(
      "the clock of this program cannot be moved; this is for tests, which have programs of their own");
}

}  // namespace hoiam
