#include "gateway/inbound/values.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "platform/base/decimal.h"
#include "platform/json/well_known.h"

namespace hoiam::gateway {
namespace {

constexpr size_t kDate = 10;  // "2026-11-21"

// "+0700" with its colon.
std::string WithColon(absl::string_view offset) {
  if (offset.size() != 5 || absl::StrContains(offset, ':')) return std::string(offset);
  return absl::StrCat(offset.substr(0, 3), ":", offset.substr(3));
}

absl::string_view TakeDigits(absl::string_view& in) {
  size_t n = 0;
  while (n < in.size() && absl::ascii_isdigit(static_cast<unsigned char>(in[n]))) ++n;
  const absl::string_view digits = in.substr(0, n);
  in.remove_prefix(n);
  return digits;
}

}  // namespace

std::optional<google::protobuf::Timestamp> ReadTime(absl::string_view text, const absl::TimeZone* zone) {
  if (text.size() <= kDate || (text[kDate] != 'T' && text[kDate] != ' ')) return std::nullopt;
  absl::string_view clock = text.substr(kDate + 1);
  const size_t at = clock.find_first_of("Z+-");
  const bool has_zone = at != absl::string_view::npos;
  const std::string offset = has_zone ? WithColon(clock.substr(at)) : "Z";
  if (has_zone) clock = clock.substr(0, at);
  google::protobuf::Timestamp t;
  if (!json::ParseTimestamp(absl::StrCat(text.substr(0, kDate), "T", clock, offset), t)) return std::nullopt;
  if (has_zone) return t;
  if (!zone) return std::nullopt;
  const absl::CivilSecond there = absl::ToCivilSecond(absl::FromUnixSeconds(t.seconds()), absl::UTCTimeZone());
  t.set_seconds(absl::ToUnixSeconds(zone->At(there).pre));
  return t;
}

std::optional<std::string> PlainNumber(absl::string_view text) {
  const bool negative = absl::StartsWith(text, "-");
  if (negative) text.remove_prefix(1);
  const absl::string_view whole = TakeDigits(text);
  absl::string_view fraction;
  if (absl::StartsWith(text, ".")) {
    text.remove_prefix(1);
    fraction = TakeDigits(text);
    if (fraction.empty()) return std::nullopt;
  }
  int exponent = 0;
  if (!text.empty()) {
    const bool is_exponent = text[0] == 'e' || text[0] == 'E';
    text.remove_prefix(1);
    if (absl::StartsWith(text, "+") && !absl::StartsWith(text, "+-")) text.remove_prefix(1);
    constexpr int kFurthest = 40;  // beyond this only 0 fits, and nobody writes it so
    if (!is_exponent || text.size() > 8 || !absl::SimpleAtoi(text, &exponent) || std::abs(exponent) > kFurthest)
      return std::nullopt;
  }
  if (whole.empty()) return std::nullopt;
  std::string digits = absl::StrCat(whole, fraction);
  int64_t point = static_cast<int64_t>(whole.size()) + exponent;
  if (digits.size() > 4096) return std::nullopt;
  if (point <= 0) {
    digits.insert(0, static_cast<size_t>(1 - point), '0');
    point = 1;
  }
  if (point > static_cast<int64_t>(digits.size())) digits.append(static_cast<size_t>(point) - digits.size(), '0');
  std::string before = digits.substr(0, point), after = digits.substr(point);
  before.erase(0, std::min(before.find_first_not_of('0'), before.size() - 1));
  after.erase(after.find_last_not_of('0') + 1);
  const auto amount = Decimal::ParseAmount(absl::StrCat(negative ? "-" : "", before, after.empty() ? "" : ".", after));
  if (!amount) return std::nullopt;
  return amount->ToString();
}

}  // namespace hoiam::gateway
