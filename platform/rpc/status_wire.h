// The one place where a failure becomes a wire form, and back. Never shows the inside: INTERNAL and UNKNOWN say
// "internal error" and the request id.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace hoiam::rpc {

// google.rpc.Status with ErrorInfo (domain "hoiam") and, for bad input, BadRequest.
google::rpc::Status ToProto(const absl::Status& status, const std::string& request_id = "");
// The same in grpc-status-details-bin.
grpc::Status ToGrpc(const absl::Status& status, const std::string& request_id = "");
// Back, with reason, metadata and violations.
absl::Status FromProto(const google::rpc::Status& status);
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace hoiam::rpc
