// What every fuzz target needs. A target is a function of bytes that ends the process when something that must hold
// does not: not only "it does not crash", but "what is accepted can be written and read again, and what must be refused
// is refused".
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "platform/base/status.h"

// Called by libFuzzer, and by replay_main.cc with the files of the corpus.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

// Ends the process with the place and the condition that does not hold; also in builds without assertions.
#define FUZZ_CHECK(condition)                                                             \
  do {                                                                                    \
    if (!(condition)) {                                                                   \
      std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                       \
    }                                                                                     \
  } while (false)

namespace hoiam::fuzz {

// The bytes of one input, taken from the front.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  // One byte; 0 when nothing is left.
  uint8_t Byte() {
    if (rest_.empty()) return 0;
    const auto b = static_cast<uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    return b;
  }
  // Up to the next line break, which is taken too.
  absl::string_view Line() {
    const absl::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    return line;
  }
  absl::string_view rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

// A refusal that a caller may see: it has a reason in UPPER_SNAKE, so has each violation, and all of its text can be
// sent (UTF-8). Never INTERNAL.
void CheckRefusal(const absl::Status& status);
inline void CheckRefusal(const Violations& violations) { CheckRefusal(violations.ToStatus()); }

}  // namespace hoiam::fuzz
