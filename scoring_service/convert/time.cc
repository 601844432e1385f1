#include "scoring_service/convert/time.h"

namespace hoiam::scoring {

absl::Time ToTime(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Microseconds(t.nanos() / 1000);
}

google::protobuf::Timestamp FromTime(absl::Time t) {
  google::protobuf::Timestamp out;
  const int64_t seconds = absl::ToUnixSeconds(t);
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int>(absl::ToInt64Microseconds(t - absl::FromUnixSeconds(seconds)) * 1000));
  return out;
}

bool IsTime(const google::protobuf::Timestamp& t) {
  return t.seconds() >= -62135596800 && t.seconds() <= 253402300799 && t.nanos() >= 0 && t.nanos() <= 999'999'999;
}

}  // namespace hoiam::scoring
