// The one place where a failure becomes an HTTP answer.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "gateway/http/message.h"
#include "google/rpc/status.pb.h"

namespace hoiam::gateway {

// {"error":{"code":400,"status":"INVALID_ARGUMENT","message":…,"details":[…]}}, as Google renders it; Retry-After on
// 429 and 503, WWW-Authenticate on 401, Allow on 405.
HttpResponse RenderError(const google::rpc::Status& status);

// The HTTP code of a status: by its reason where they differ, else by its code.
int HttpCode(int grpc_code, absl::string_view reason);

}  // namespace hoiam::gateway
