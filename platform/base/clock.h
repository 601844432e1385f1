// Time comes in through the constructor. absl::Now() appears in clock.cc and nowhere else.
#pragma once

#include "absl/time/time.h"

namespace hoiam {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
  // Blocks the calling thread.
  virtual void Sleep(absl::Duration d) const = 0;
};

// The machine's clock; lives for ever.
const Clock& SystemClock();

}  // namespace hoiam
