// Checks that several settings share. Each adds a violation of `field` when the value is not right.
#pragma once

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/base/status.h"

namespace hoiam::loop {

absl::Time ToTime(const google::protobuf::Timestamp& t);
absl::Duration ToDuration(const google::protobuf::Duration& d);
google::protobuf::Duration FromDuration(absl::Duration d);

// `displayName`: a name in vi or en. Reason REQUIRED, and those of CheckLine.
void CheckNames(const hoiam::survey::v1::LocalizedText& name, Violations& v);
// Empty, or an address that a mail can go to. Reason INVALID_EMAIL.
void CheckEmail(absl::string_view email, absl::string_view field, Violations& v);
// An enum's number that this release does not know. Reason UNKNOWN_VALUE.
void UnknownValue(absl::string_view field, Violations& v);
// Reason TOO_MANY.
void CheckCount(int n, int most, absl::string_view field, Violations& v);
// Reason OUT_OF_RANGE, metadata min and max.
void CheckNumber(int64_t n, int64_t min, int64_t max, absl::string_view field, Violations& v);
// Reason DURATION_OUT_OF_RANGE.
void CheckDuration(const google::protobuf::Duration& d, absl::Duration min, absl::Duration max, absl::string_view field,
                   Violations& v);

}  // namespace hoiam::loop
