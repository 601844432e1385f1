// Times of messages, truncated to the microsecond as they are stored.
#pragma once

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace hoiam::scoring {

absl::Time ToTime(const google::protobuf::Timestamp& t);
google::protobuf::Timestamp FromTime(absl::Time t);
// Years 1–9999, nanoseconds 0–999,999,999.
bool IsTime(const google::protobuf::Timestamp& t);

}  // namespace hoiam::scoring
