// How much a caller may do at once: requests a second per key and per tenant, and requests under way per tenant. In the
// memory of one replica: with n replicas a tenant can have n times as much.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/auth/authenticator.h"
#include "gateway/limit/token_bucket.h"
#include "platform/base/clock.h"

namespace hoiam::gateway {

// The installation's own limits; 0 is none. A tenant's own take the place of the tenant's two.
struct RateLimits {
  int key_per_second = 0;
  int tenant_per_second = 0;
  int tenant_concurrent = 0;
};

class Limiter {
 public:
  // `clock` must outlive it; what was admitted may outlive it.
  Limiter(RateLimits limits, const Clock& clock);

  struct Admission {
    absl::Status status;        // RATE_LIMITED or TOO_MANY_IN_FLIGHT when it is refused
    std::string policy, state;  // RateLimit-Policy and RateLimit; "" when there is no limit
    // Held while the request is under way; gives its place back when the last copy is gone.
    std::shared_ptr<void> place;
  };
  // Counts one request of a caller who has been authenticated. A refused request takes nothing from the tenant.
  Admission Admit(const Caller& caller);

 private:
  struct Table;
  const std::shared_ptr<Table> table_;
  const Clock& clock_;
};

}  // namespace hoiam::gateway
