// The language of what is printed: Vietnamese or English, and how each writes numbers and times.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::cli {

enum class Lang { kVi, kEn };

// Of HOIAM_LANG, else of LANG: "vi", "vi_VN.UTF-8" are Vietnamese; everything else is English.
Lang LangOf(absl::string_view hoiam_lang, absl::string_view lang);

// The zone that times are shown in: the IANA zone `name`; Viet Nam's when it is empty or not known.
absl::TimeZone ZoneOf(const std::string& name);

// Chooses between two texts.
class Say {
 public:
  Say(Lang lang, absl::TimeZone zone) : lang_(lang), zone_(zone) {}
  absl::TimeZone zone() const { return zone_; }
  std::string operator()(absl::string_view vi, absl::string_view en) const {
    return std::string(lang_ == Lang::kVi ? vi : en);
  }
  // 1.234,5 in Vietnamese, 1,234.5 in English.
  std::string Number(double value, int decimals) const;
  std::string Count(int64_t n) const { return Number(static_cast<double>(n), 0); }
  // A decimal string as the API gives it, with its currency: "1.250.000 ₫", "1,250.5 EUR".
  std::string Money(absl::string_view amount, absl::string_view currency) const;
  // 21/11/2026 or 2026-11-21.
  std::string Date(absl::Time t) const;
  // The same with hours and minutes.
  std::string Time(absl::Time t) const;

 private:
  Lang lang_;
  absl::TimeZone zone_;
};

}  // namespace hoiam::cli
