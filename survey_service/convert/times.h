// Times and durations of the wire. Everything is kept to the microsecond: that is what the tables hold.
#pragma once

#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace hoiam::survey {

// False for a message that is no time or duration at all (nanos out of range, signs that differ, beyond the calendar).
bool IsValid(const google::protobuf::Timestamp& t);
bool IsValid(const google::protobuf::Duration& d);

// Of a valid one, cut to the microsecond.
absl::Time ToTime(const google::protobuf::Timestamp& t);
absl::Duration ToDuration(const google::protobuf::Duration& d);

void SetTime(absl::Time t, google::protobuf::Timestamp* out);
void SetDuration(absl::Duration d, google::protobuf::Duration* out);

}  // namespace hoiam::survey
