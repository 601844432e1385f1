#include "cli/term/lang.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace hoiam::cli {
namespace {

// "1234567" → "1.234.567".
std::string Grouped(absl::string_view digits, char separator) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out.push_back(separator);
    out.push_back(digits[i]);
  }
  return out;
}

}  // namespace

Lang LangOf(absl::string_view hoiam_lang, absl::string_view lang) {
  const absl::string_view chosen = hoiam_lang.empty() ? lang : hoiam_lang;
  const bool vi = chosen == "vi" || absl::StartsWith(chosen, "vi_") || absl::StartsWith(chosen, "vi-");
  return vi ? Lang::kVi : Lang::kEn;
}

absl::TimeZone ZoneOf(const std::string& name) {
  absl::TimeZone zone;
  if (!name.empty() && absl::LoadTimeZone(name, &zone)) return zone;
  return absl::FixedTimeZone(7 * 3600);
}

std::string Say::Number(double value, int decimals) const {
  const std::string plain = absl::StrFormat("%.*f", decimals, value);
  const bool negative = plain[0] == '-' && plain.find_first_of("123456789") != std::string::npos;
  const absl::string_view digits = absl::StripPrefix(plain, "-");
  const auto point = digits.find('.');
  const bool vi = lang_ == Lang::kVi;
  std::string out = absl::StrCat(negative ? "-" : "", Grouped(digits.substr(0, point), vi ? '.' : ','));
  if (point != absl::string_view::npos) absl::StrAppend(&out, vi ? "," : ".", digits.substr(point + 1));
  return out;
}

std::string Say::Money(absl::string_view amount, absl::string_view currency) const {
  const bool negative = absl::ConsumePrefix(&amount, "-");
  const auto point = amount.find('.');
  const bool vi = lang_ == Lang::kVi;
  std::string out = absl::StrCat(negative ? "-" : "", Grouped(amount.substr(0, point), vi ? '.' : ','));
  if (point != absl::string_view::npos) absl::StrAppend(&out, vi ? "," : ".", amount.substr(point + 1));
  absl::StrAppend(&out, " ", currency == "VND" ? "₫" : currency);
  return out;
}

std::string Say::Date(absl::Time t) const {
  return absl::FormatTime(lang_ == Lang::kVi ? "%d/%m/%Y" : "%Y-%m-%d", t, zone_);
}

std::string Say::Time(absl::Time t) const {
  return absl::FormatTime(lang_ == Lang::kVi ? "%d/%m/%Y %H:%M" : "%Y-%m-%d %H:%M", t, zone_);
}

}  // namespace hoiam::cli
