// Text forms of times, durations and field masks in proto3 JSON.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace hoiam::json {

// RFC 3339 in UTC with 0, 3, 6 or 9 digits: "2026-11-21T10:00:00.125Z".
std::string FormatTimestamp(const google::protobuf::Timestamp& t);
// RFC 3339 with any offset, years 0001–9999; at most 9 digits. False when it is not one.
bool ParseTimestamp(absl::string_view text, google::protobuf::Timestamp& t);

// "259200s", "1.500s".
std::string FormatDuration(const google::protobuf::Duration& d);
// The same, |d| ≤ 10,000 years.
bool ParseDuration(absl::string_view text, google::protobuf::Duration& d);

// "displayName,customer.email".
std::string FormatFieldMask(const google::protobuf::FieldMask& mask);
// Commas and lowerCamelCase to snake_case paths; "*" stays. False when empty, or a path is not made of names and dots.
bool ParseFieldMask(absl::string_view text, google::protobuf::FieldMask& mask);

}  // namespace hoiam::json
