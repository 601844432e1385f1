#include "platform/base/clock.h"

#include "absl/time/clock.h"

namespace hoiam {
namespace {

class RealClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
  void Sleep(absl::Duration d) const override { absl::SleepFor(d); }
};

}  // namespace

const Clock& SystemClock() {
  static const auto* clock = new RealClock;
  return *clock;
}

}  // namespace hoiam
