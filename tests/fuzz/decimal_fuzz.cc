// Amounts: exactly the texts of the grammar are taken, and none of them changes its value on the way through.
#include "absl/strings/ascii.h"
#include "platform/base/decimal.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam {
namespace {

// "-?digits(.digits)?", ≤ 18 digits in all, ≤ 6 after the point; written without the parser's help.
bool IsAmount(absl::string_view s) {
  if (!s.empty() && s[0] == '-') s.remove_prefix(1);
  int digits = 0, after = -1;
  for (char c : s) {
    if (c == '.' && after < 0 && digits > 0) {
      after = 0;
    } else if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      ++digits;
      if (after >= 0) ++after;
    } else {
      return false;
    }
  }
  return digits > 0 && digits <= 18 && after != 0 && after <= 6;
}

}  // namespace
}  // namespace hoiam

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using hoiam::Decimal;
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto amount = Decimal::ParseAmount(text);
  FUZZ_CHECK(amount.has_value() == hoiam::IsAmount(text));
  if (!amount) {
    if (const auto stored = Decimal::ParseStored(text)) FUZZ_CHECK(Decimal::ParseStored(stored->ToStored()) == stored);
    return 0;
  }
  FUZZ_CHECK(Decimal::ParseStored(text) == amount);
  FUZZ_CHECK(Decimal::ParseStored(amount->ToStored()) == amount);
  const std::string canonical = amount->ToString();
  const auto again = Decimal::ParseAmount(canonical);
  FUZZ_CHECK(again && *again == *amount && again->ToString() == canonical);
  FUZZ_CHECK(canonical != "-0" && canonical.size() <= text.size());
  FUZZ_CHECK((*amount - *amount).is_zero() && -(-*amount) == *amount);
  FUZZ_CHECK((*amount + *amount) - *amount == *amount);
  return 0;
}
