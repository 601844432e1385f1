// Messages of our API as JSON. As a request: only the fields that are set, because a field that is present is a field
// to change.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace hoiam::cli {

std::string ToJson(const google::protobuf::Message& message);

// Reads an answer. Fields that this release does not know are passed over: the server may be newer.
absl::Status FromJson(absl::string_view text, google::protobuf::Message& message);

// The failure in `{"error": …}`, with reason and violations; `http_status` says what it is when the body does not.
absl::Status ErrorOf(int http_status, absl::string_view body);

// The same JSON indented, to be read by people.
std::string Pretty(absl::string_view json);

}  // namespace hoiam::cli
