// Values given as text, as in paths and query strings, into a field of a message.
#pragma once

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "platform/base/status.h"
#include "platform/json/fields.h"

namespace hoiam::json {

// Sets a scalar, enum, time, duration or mask, or adds it to a repeated one. Otherwise a violation of `path`:
// WRONG_TYPE, OUT_OF_RANGE, INVALID_ENUM, INVALID_TIME, INVALID_DURATION, INVALID_FIELD_MASK, INVALID_UTF8.
void SetFromText(const FieldInfo& field, absl::string_view text, absl::string_view path,
                 google::protobuf::Message& message, Violations& violations);

// Whether a field can be given as text: not a map, Struct, Value, Any or message.
bool FitsText(const FieldInfo& field);

// "must be one of FULL, RECORD_ONLY": the names of an enum without UNSPECIFIED.
std::string EnumNames(const google::protobuf::EnumDescriptor* type);

}  // namespace hoiam::json
