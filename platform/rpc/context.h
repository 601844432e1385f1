// What every handler knows about its caller. Filled from the gateway's metadata, never from the caller's own.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::rpc {

struct CallContext {
  std::string method;     // "/hoiam.survey.v1.ResponseService/CreateResponse"
  std::string tenant;     // never empty in a public call
  std::string principal;  // who: recorded as actor
  std::string request_id;
  std::string traceparent;         // W3C
  std::string idempotency_key;     // "" when the caller sent none
  std::string scopes;              // what the caller's key may do: names by commas
  std::string role;                // of the caller's key: "CX_LEAD"; "" when it has none
  std::vector<std::string> teams;  // the caller is bound to these and those below them; empty: to none
  bool test_mode = false;          // `tenant` is then the tenant's test mode, a tenant of its own ("demo~test")
  bool publishable = false;        // the key lies open in a page: anybody may hold it
  absl::Time deadline;
};

}  // namespace hoiam::rpc
