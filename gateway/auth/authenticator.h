// Who calls: the key of a request, looked up in the database at most once a second, and never on the thread that asks.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/auth/scopes.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::gateway {

struct Caller {
  std::string tenant;  // of a key of the test mode "demo~test"
  std::string principal;
  ScopeSet scopes = 0;
  bool test = false;
  bool publishable = false;
  std::string role;   // RoleOf
  std::string teams;  // it is bound to, by commas
  std::string key;    // KeyHash of the key's text
  // The tenant's own limits.
  std::optional<int64_t> requests_per_second, concurrent_requests;
};

class Authenticator {
 public:
  // All must outlive it. Lookups run on `runtime`'s pool.
  Authenticator(db::Pool& pool, rpc::Runtime& runtime, const Clock& clock);
  ~Authenticator();

  // `authorization` is the header or metadata as it came; `address` is the client's, without its port. `done` runs
  // once: at once when the key is remembered, else on a thread of the pool. MISSING_KEY, INVALID_KEY, KEY_REVOKED,
  // KEY_EXPIRED, TENANT_SUSPENDED, or what the database said.
  //
  // What the database said of a key is believed for kKeyLife, be it good or bad. TOO_MANY_FAILED_KEYS: so many unknown
  // keys came from this address lately that the database is not asked about another one; a key that was good before is
  // not held up by that. Uses are noted to the minute, as well as can be.
  void Authenticate(absl::string_view authorization, absl::string_view address,
                    std::function<void(absl::StatusOr<Caller>)> done);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace hoiam::gateway
