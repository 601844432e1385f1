// A clock that stands still until it is told to move.
#pragma once

#include <atomic>

#include "absl/time/time.h"
#include "platform/base/clock.h"

namespace hoiam::testing {

class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now = absl::FromUnixSeconds(1'793'000'000)) : micros_(absl::ToUnixMicros(now)) {}
  absl::Time Now() const override { return absl::FromUnixMicros(micros_.load()); }
  void Sleep(absl::Duration d) const override { micros_ += absl::ToInt64Microseconds(d); }
  void Advance(absl::Duration d) { micros_ += absl::ToInt64Microseconds(d); }

 private:
  mutable std::atomic<int64_t> micros_;
};

}  // namespace hoiam::testing
