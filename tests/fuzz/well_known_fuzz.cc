// Times, durations and field masks as text: what is taken is written in one form, which is taken again as the same.
#include "absl/strings/match.h"
#include "google/protobuf/util/time_util.h"
#include "platform/json/well_known.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;  // NOLINT
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  google::protobuf::Timestamp time, time_again;
  if (json::ParseTimestamp(text, time)) {
    FUZZ_CHECK(time.nanos() >= 0 && time.nanos() < 1'000'000'000);
    const std::string written = json::FormatTimestamp(time);
    FUZZ_CHECK(json::ParseTimestamp(written, time_again));
    FUZZ_CHECK(time_again.seconds() == time.seconds() && time_again.nanos() == time.nanos());
    // protobuf's own writer agrees.
    FUZZ_CHECK(google::protobuf::util::TimeUtil::ToString(time) == written);
  }
  google::protobuf::Duration wait, wait_again;
  if (json::ParseDuration(text, wait)) {
    FUZZ_CHECK(wait.seconds() == 0 || wait.nanos() == 0 || (wait.seconds() < 0) == (wait.nanos() < 0));
    FUZZ_CHECK(std::abs(wait.nanos()) < 1'000'000'000);
    const std::string written = json::FormatDuration(wait);
    FUZZ_CHECK(json::ParseDuration(written, wait_again));
    FUZZ_CHECK(wait_again.seconds() == wait.seconds() && wait_again.nanos() == wait.nanos());
    FUZZ_CHECK(google::protobuf::util::TimeUtil::ToString(wait) == written);
  }
  google::protobuf::FieldMask mask, mask_again;
  if (json::ParseFieldMask(text, mask)) {
    FUZZ_CHECK(!mask.paths().empty());
    for (const std::string& path : mask.paths()) {
      FUZZ_CHECK(!path.empty() && path.front() != '.' && path.back() != '.' && path.find("..") == std::string::npos);
      FUZZ_CHECK(path.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.*") == std::string::npos);
    }
    const std::string written = json::FormatFieldMask(mask);
    FUZZ_CHECK(written == text && json::ParseFieldMask(written, mask_again));
    FUZZ_CHECK(mask_again.SerializeAsString() == mask.SerializeAsString());
  }
  return 0;
}
