// One call on its way from a caller to the service that answers it, however it came: REST or gRPC.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/auth/authenticator.h"
#include "gateway/route/route_table.h"
#include "google/rpc/status.pb.h"

namespace hoiam::gateway {

struct Call {
  const Route* route = nullptr;
  Caller caller;
  std::string request_id;
  std::string traceparent;
  std::string idempotency_key;                   // "" when there is none
  absl::Time deadline = absl::InfiniteFuture();  // the caller's own
  grpc::ByteBuffer request;
  std::shared_ptr<void> place;  // among those under way
};

struct Answer {
  google::rpc::Status status;  // code 0 is success; otherwise safe to show
  grpc::ByteBuffer reply;
  std::map<std::string, std::string> trailers;  // hoiam-*: consistency token, replayed
};

// MISSING_SCOPE, or of a publishable key NOT_PUBLISHABLE, unless the caller may call the route.
absl::Status CheckScope(const Caller& caller, const Route& route);
// As it came, checked; "" is none. INVALID_IDEMPOTENCY_KEY.
absl::StatusOr<std::string> CheckIdempotencyKey(absl::string_view value);
// The caller's own id of the request when it is sane ([A-Za-z0-9._-]{1,64}), else a new one.
std::string RequestId(absl::string_view given, absl::Time now);
// The caller's own trace when it is well-formed (W3C, version 00), else a new one.
std::string Traceparent(absl::string_view given);

}  // namespace hoiam::gateway
