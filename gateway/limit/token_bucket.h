// How fast one caller may go: values in, values out, in whole numbers.
#pragma once

#include <cstdint>

#include "absl/time/time.h"

namespace hoiam::gateway {

// A bucket of `burst` tokens, to which `rate` a second are added. Full at first. Exact: what it holds is counted in
// billionths of a token, so that nothing is lost between two looks however close they are.
class TokenBucket {
 public:
  struct Look {
    bool taken = false;
    int64_t left = 0;            // whole tokens, afterwards
    absl::Duration retry_after;  // not taken: when there will be one again
    absl::Duration full_after;   // when the whole burst is there again
  };

  // Takes one token when there is one. `rate` and `burst` may change from call to call; both at least 1, and
  // rate × burst ≤ 10^13.
  Look Take(int64_t rate, int64_t burst, absl::Time now);
  // Gives one back.
  void Return(int64_t burst);
  // Whether it holds its whole burst by now: then it is as good as a new one.
  bool FullAt(int64_t rate, int64_t burst, absl::Time now) const;

 private:
  int64_t HeldAt(int64_t rate, int64_t burst, int64_t now) const;

  int64_t held_ = -1;  // billionths; -1: full
  int64_t at_ = 0;     // nanoseconds
};

}  // namespace hoiam::gateway
