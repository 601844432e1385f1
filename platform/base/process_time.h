// Between the time of this process (SystemClock) and the machine's, by which gRPC and condition variables wait. The two
// are one, except in the programs of tests that move their clock (tests/support/movable_clock.cc is linked before
// this).
#pragma once

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace hoiam {

std::chrono::system_clock::time_point OnMachine(absl::Time of_process);
absl::Time OnProcess(std::chrono::system_clock::time_point of_machine);

// The setting of that file; a program that ships refuses to start with it.
inline constexpr char kTestClockSetting[] = "HOIAM_TEST_CLOCK_FILE";
// Moves the clock of this process by what the file says, now and whenever it changes; an error says why it cannot.
absl::Status MoveClockBy(const std::string& file);

}  // namespace hoiam
