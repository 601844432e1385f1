#include "platform/base/decimal.h"

#include <iterator>

#include "absl/strings/ascii.h"

namespace hoiam {
namespace {

std::optional<absl::int128> Parse(absl::string_view text, size_t max_digits) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const absl::string_view whole = text.substr(0, point);
  const absl::string_view fraction = point == absl::string_view::npos ? "" : text.substr(point + 1);
  if (whole.empty() || (point != absl::string_view::npos && fraction.empty()) || fraction.size() > 6 ||
      whole.size() + fraction.size() > max_digits || whole.size() > 32)  // DECIMAL(38,6): what 128 bits hold
    return std::nullopt;
  absl::int128 micros = 0;
  for (absl::string_view part : {whole, fraction}) {
    for (char c : part) {
      if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
      micros = micros * 10 + (c - '0');
    }
  }
  for (size_t i = fraction.size(); i < 6; ++i) micros *= 10;
  return negative ? -micros : micros;
}

}  // namespace

std::optional<Decimal> Decimal::ParseAmount(absl::string_view text) {
  const auto m = Parse(text, 18);
  return m ? std::optional(Decimal(*m)) : std::nullopt;
}

std::optional<Decimal> Decimal::ParseStored(absl::string_view text) {
  const auto m = Parse(text, 38);
  return m ? std::optional(Decimal(*m)) : std::nullopt;
}

std::string Decimal::ToStored() const {
  char text[48];  // from its end on: 39 digits, a point, a sign
  char* at = std::end(text);
  const auto put = [&at](auto number) {
    int places = 0;
    do {
      *--at = static_cast<char>('0' + static_cast<int>(number % 10));
      number /= 10;
      if (++places == 6) *--at = '.';
    } while (number != 0 || places < 7);
  };
  // Divisions of 128 bits are slow, and few amounts need them.
  const absl::uint128 whole = absl::uint128(micros_ < 0 ? -micros_ : micros_);
  if (const uint64_t small = absl::Uint128Low64(whole); small == whole)
    put(small);
  else
    put(whole);
  if (micros_ < 0) *--at = '-';
  return std::string(at, std::end(text));
}

std::string Decimal::ToString() const {
  std::string s = ToStored();
  while (s.back() == '0') s.pop_back();
  if (s.back() == '.') s.pop_back();
  return s;
}

}  // namespace hoiam
