#include "platform/db/value.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace hoiam::db {
namespace {

void PutOrdered(std::string& out, int64_t v) {
  const uint64_t u = static_cast<uint64_t>(v) ^ (uint64_t{1} << 63);
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(u >> shift));
}

}  // namespace

void AppendKey(std::string& key, absl::string_view bytes) {
  for (;;) {
    const size_t zero = bytes.find('\0');
    key.append(bytes.data(), std::min(zero, bytes.size()));
    if (zero == absl::string_view::npos) break;
    key.append("\0\xFF", 2);
    bytes.remove_prefix(zero + 1);
  }
  key.append(2, '\0');
}

void AppendKey(std::string& key, int64_t number) { PutOrdered(key, number); }

std::string EncodeKey(const Value* values, size_t n) {
  std::string out;
  out.reserve(16 * n);
  for (size_t i = 0; i < n; ++i) {
    const Value& v = values[i];
    if (const auto* s = std::get_if<std::string>(&v))
      AppendKey(out, *s);
    else if (const auto* k = std::get_if<int64_t>(&v))
      AppendKey(out, *k);
    else if (const auto* t = std::get_if<absl::Time>(&v))
      AppendKey(out, absl::ToUnixMicros(*t));
  }
  return out;
}

std::string FormatTime(absl::Time t) {
  const absl::CivilSecond cs = absl::ToCivilSecond(t, absl::UTCTimeZone());
  const int64_t micros = absl::ToInt64Microseconds(t - absl::FromCivil(cs, absl::UTCTimeZone()));
  return absl::StrFormat("%04d-%02d-%02d %02d:%02d:%02d.%06d", cs.year(), cs.month(), cs.day(), cs.hour(), cs.minute(),
                         cs.second(), micros);
}

std::optional<absl::Time> ParseTime(absl::string_view s) {
  const auto number = [&](size_t at, size_t n) {
    int v = 0;
    for (size_t i = at; i < at + n; ++i) v = v * 10 + (s[i] - '0');
    return v;
  };
  if (s.size() < 19) return std::nullopt;
  const absl::CivilSecond cs(number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2), number(17, 2));
  int64_t micros = 0;
  if (s.size() > 20) {
    int64_t scale = 100000;
    for (size_t i = 20; i < s.size() && scale > 0; ++i, scale /= 10) micros += (s[i] - '0') * scale;
  }
  return absl::FromCivil(cs, absl::UTCTimeZone()) + absl::Microseconds(micros);
}

}  // namespace hoiam::db
