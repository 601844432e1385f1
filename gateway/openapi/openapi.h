// The OpenAPI 3.0.3 document of the public API, from the descriptors that make its routes and the comments of the
// .proto files. A new RPC is in it because its .proto is linked in.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/openapi/comments.h"
#include "gateway/route/route_table.h"

namespace hoiam::gateway::openapi {

// `version` becomes info.version. FAILED_PRECONDITION names what the routes or the examples do not agree on: two
// operations or schemas of one name, a message sent in two shapes, an example that its request would refuse.
absl::StatusOr<std::string> OpenApiOf(const RouteTable& routes, const Comments& comments, absl::string_view version);

}  // namespace hoiam::gateway::openapi
