// Protobuf messages as proto3 JSON, the way our API answers: lowerCamelCase, every field except unset messages, unset
// optionals and unset members of a oneof; empty lists and maps too; maps sorted by key; enums by name; 64-bit integers
// as strings; times, durations, masks, Struct, Value and Any in their own forms.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace hoiam::json {

// Appends `message` to `out`.
void Append(const google::protobuf::Message& message, std::string& out);

inline std::string ToJson(const google::protobuf::Message& message) {
  std::string out;
  Append(message, out);
  return out;
}

// Appends a string with its quotes. `s` must be UTF-8.
void AppendString(absl::string_view s, std::string& out);

}  // namespace hoiam::json
