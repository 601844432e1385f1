// Path, query and body into the request message of a route, with every mistake of all three named at once.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gateway/route/route_table.h"
#include "google/protobuf/message.h"

namespace hoiam::gateway {

// `variables` as RouteTable::Find gives them, `query` raw and without '?', `body` used up; empty means {}.
//
// INVALID_ARGUMENT with all violations: those of platform/json/reader.h and text_value.h, and
//   ID_MISMATCH        the body's id is not the path's
//   UNKNOWN_FIELD      a query parameter that the method does not take (also one that belongs in the path or the body)
//   UNEXPECTED_BODY    a body where none is taken
//
// A PATCH without updateMask is given one: the fields present in the body, maps as "<name>.*" (merge by key), without
// the id.
absl::Status BindRequest(const Route& route, const std::vector<std::string>& variables, absl::string_view query,
                         std::string body, google::protobuf::Message& request);

}  // namespace hoiam::gateway
