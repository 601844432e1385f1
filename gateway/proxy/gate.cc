#include "gateway/proxy/gate.h"

#include <utility>

#include "gateway/proxy/call.h"

namespace hoiam::gateway {

void Gate::Admit(const Route& route, absl::string_view authorization, absl::string_view address,
                 std::function<void(Admitted)> done) const {
  authenticator_.Authenticate(authorization, address,
                              [this, &route, done = std::move(done)](absl::StatusOr<Caller> caller) {
                                Admitted out;
                                if (!caller.ok()) {
                                  out.status = caller.status();
                                  return done(std::move(out));
                                }
                                Limiter::Admission admission = limiter_.Admit(*caller);
                                out.status = admission.status.ok() ? CheckScope(*caller, route) : admission.status;
                                out.caller = *std::move(caller);
                                out.limit_policy = std::move(admission.policy);
                                out.limit_state = std::move(admission.state);
                                out.place = std::move(admission.place);
                                done(std::move(out));
                              });
}

}  // namespace hoiam::gateway
