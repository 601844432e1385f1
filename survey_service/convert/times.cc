#include "survey_service/convert/times.h"

namespace hoiam::survey {
namespace {

constexpr int64_t kYear1 = -62135596800, kYear9999 = 253402300799;  // RFC 3339, as Timestamp has it
constexpr int64_t kMaxDurationSeconds = 315576000000;

}  // namespace

bool IsValid(const google::protobuf::Timestamp& t) {
  return t.seconds() >= kYear1 && t.seconds() <= kYear9999 && t.nanos() >= 0 && t.nanos() <= 999'999'999;
}

bool IsValid(const google::protobuf::Duration& d) {
  const bool signs = (d.seconds() >= 0 && d.nanos() >= 0) || (d.seconds() <= 0 && d.nanos() <= 0);
  return signs && d.seconds() >= -kMaxDurationSeconds && d.seconds() <= kMaxDurationSeconds &&
         d.nanos() > -1'000'000'000 && d.nanos() < 1'000'000'000;
}

absl::Time ToTime(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Microseconds(t.nanos() / 1000);
}

absl::Duration ToDuration(const google::protobuf::Duration& d) {
  return absl::Seconds(d.seconds()) + absl::Microseconds(d.nanos() / 1000);
}

void SetTime(absl::Time t, google::protobuf::Timestamp* out) {
  const int64_t micros = absl::ToUnixMicros(t);  // rounds down
  int64_t seconds = micros / 1'000'000, rest = micros % 1'000'000;
  if (rest < 0) --seconds, rest += 1'000'000;
  out->set_seconds(seconds);
  out->set_nanos(static_cast<int32_t>(rest * 1000));
}

void SetDuration(absl::Duration d, google::protobuf::Duration* out) {
  const int64_t micros = absl::ToInt64Microseconds(d);
  out->set_seconds(micros / 1'000'000);
  out->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

}  // namespace hoiam::survey
