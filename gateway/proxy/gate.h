// Whether a caller may make a call, decided in one place for REST and gRPC, before anything of the request is parsed:
// who it is, how much they do at once, and what their key may do.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/auth/authenticator.h"
#include "gateway/limit/limiter.h"
#include "gateway/route/route_table.h"

namespace hoiam::gateway {

struct Admitted {
  absl::Status status;  // why not: of the key, of the limits, of its scopes
  Caller caller;
  std::string limit_policy, limit_state;  // RateLimit-Policy and RateLimit; "" when there is no limit
  std::shared_ptr<void> place;            // held while the call is under way
};

class Gate {
 public:
  // Both must outlive it.
  Gate(Authenticator& authenticator, Limiter& limiter) : authenticator_(authenticator), limiter_(limiter) {}

  // `done` runs once, as Authenticator::Authenticate says. What a key's limits refuse costs no look at its scopes, and
  // what its scopes refuse counts against its limits.
  void Admit(const Route& route, absl::string_view authorization, absl::string_view address,
             std::function<void(Admitted)> done) const;

 private:
  Authenticator& authenticator_;
  Limiter& limiter_;
};

}  // namespace hoiam::gateway
