// Checks of single fields that several requests have. Each adds a violation when the value is not right.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/map.h"
#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "platform/base/status.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

using Properties = google::protobuf::Map<std::string, google::protobuf::Value>;

// 2000-01-01 … now + 1 h. Reason TIME_OUT_OF_RANGE.
void CheckTime(const google::protobuf::Timestamp& t, absl::string_view field, absl::Time now, Violations& v);
// String, finite number or boolean values; ≤ 64 keys, ≤ 8 KiB in all. Reason PROPERTY_TYPE, NOT_FINITE,
// TOO_MANY_PROPERTIES, PROPERTIES_TOO_LARGE.
void CheckProperties(const Properties& properties, absl::string_view field, Violations& v);
// The shape of a BCP 47 tag; empty is fine. Reason INVALID_LANGUAGE.
void CheckLanguage(absl::string_view value, absl::string_view field, Violations& v);
// Why something is voided: required, ≤ 512 bytes.
void CheckReason(absl::string_view value, absl::string_view field, Violations& v);
// A number of an enum that this release does not know. Reason UNKNOWN_VALUE.
void UnknownEnum(absl::string_view field, Violations& v);
// Reason DURATION_OUT_OF_RANGE.
void CheckDuration(const google::protobuf::Duration& d, absl::string_view field, absl::Duration min, absl::Duration max,
                   Violations& v);
// Reason OUT_OF_RANGE, metadata min and max.
void CheckRange(int64_t value, int64_t min, int64_t max, absl::string_view field, Violations& v);
// Problems of a list, as violations of `field`.
void AddProblems(const std::vector<Problem>& problems, absl::string_view field, Violations& v);

// SHA-256 of the message with its maps sorted: the same for REST and gRPC, today and tomorrow.
std::string Fingerprint(const google::protobuf::Message& message);
std::string Fingerprint(const google::protobuf::Message& first, const google::protobuf::Message& second);
// Whether two messages of one type hold the same.
bool SameContent(const google::protobuf::Message& a, const google::protobuf::Message& b);

}  // namespace hoiam::survey
