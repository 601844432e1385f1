// Who calls: the key of a request, looked up in the database at most once a second, and never on the thread that asks.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/auth/scopes.h"
#include "platform/base/clock.h"
#include "platform/db/session.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::gateway {

struct Caller {
  std::string tenant;
  std::string principal;
  ScopeSet scopes = 0;
  bool test = false;
  bool publishable = false;
};

class Authenticator {
 public:
  // All must outlive it. Lookups run on `runtime`'s pool.
  Authenticator(db::Pool& pool, rpc::Runtime& runtime, const Clock& clock);
  ~Authenticator();

  // `authorization` is the header or metadata as it came. `done` runs once: at once when the key is remembered, else on
  // a thread of the pool. MISSING_KEY, INVALID_KEY, KEY_REVOKED, KEY_EXPIRED, or what the database said.
  //
  // A key found is believed for kKeyLife; refusals are never remembered. Uses are noted to the minute, as well as can
  // be.
  void Authenticate(absl::string_view authorization, std::function<void(absl::StatusOr<Caller>)> done);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace hoiam::gateway
