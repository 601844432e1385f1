#include "tests/fuzz/fuzz.h"

#include "platform/base/text.h"

namespace hoiam::fuzz {
namespace {

void CheckReason(absl::string_view reason) {
  Violations v;
  CheckUpperSnake(reason, "reason", v);
  FUZZ_CHECK(v.empty());
}

}  // namespace

void CheckRefusal(const absl::Status& status) {
  FUZZ_CHECK(!status.ok());
  FUZZ_CHECK(!absl::IsInternal(status) && !absl::IsUnknown(status));
  FUZZ_CHECK(IsUtf8(status.message()));
  const auto detail = DetailOf(status);
  FUZZ_CHECK(detail.has_value());
  CheckReason(detail->reason);
  for (const auto& [key, value] : detail->metadata) FUZZ_CHECK(IsUtf8(key) && IsUtf8(value));
  for (const Violation& v : detail->violations) {
    CheckReason(v.reason);
    FUZZ_CHECK(!v.field.empty() && IsUtf8(v.field));
    FUZZ_CHECK(!v.description.empty() && IsUtf8(v.description));
    for (const auto& [key, value] : v.metadata) FUZZ_CHECK(IsUtf8(key) && IsUtf8(value));
  }
}

}  // namespace hoiam::fuzz
