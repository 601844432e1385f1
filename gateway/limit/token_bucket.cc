#include "gateway/limit/token_bucket.h"

#include <algorithm>

namespace hoiam::gateway {
namespace {

constexpr int64_t kToken = 1'000'000'000;  // billionths; also the nanoseconds of a second

// Until `missing` billionths are there: at `rate` tokens a second, `rate` billionths a nanosecond.
absl::Duration TimeFor(int64_t missing, int64_t rate) {
  return absl::Nanoseconds(missing <= 0 ? 0 : (missing + rate - 1) / rate);
}

}  // namespace

int64_t TokenBucket::HeldAt(int64_t rate, int64_t burst, int64_t now) const {
  const int64_t full = burst * kToken;
  if (held_ < 0 || held_ >= full) return full;
  const int64_t elapsed = std::max<int64_t>(0, now - at_);  // a clock that went back goes on from there
  if (elapsed >= (full - held_) / rate + 1) return full;
  return std::min(full, held_ + elapsed * rate);
}

TokenBucket::Look TokenBucket::Take(int64_t rate, int64_t burst, absl::Time now) {
  const int64_t ns = absl::ToUnixNanos(now);
  held_ = HeldAt(rate, burst, ns);
  at_ = ns;
  Look look;
  look.taken = held_ >= kToken;
  if (look.taken) held_ -= kToken;
  look.left = held_ / kToken;
  look.retry_after = look.taken ? absl::ZeroDuration() : TimeFor(kToken - held_, rate);
  look.full_after = TimeFor(burst * kToken - held_, rate);
  return look;
}

void TokenBucket::Return(int64_t burst) {
  if (held_ >= 0) held_ = std::min(held_ + kToken, burst * kToken);
}

bool TokenBucket::FullAt(int64_t rate, int64_t burst, absl::Time now) const {
  return HeldAt(rate, burst, absl::ToUnixNanos(now)) >= burst * kToken;
}

}  // namespace hoiam::gateway
