// Phone numbers, as people, programs and spreadsheets write them, made one.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

class PhoneNumbers {
 public:
  // `region`: ISO 3166-1 alpha-2, of numbers without a country code; IsRegion holds for it.
  explicit PhoneNumbers(absl::string_view region) : region_(region) {}

  // A region whose numbers are known.
  static bool IsRegion(absl::string_view region);

  // How a number is looked up: a valid one in E.164 ("+84912345678"), whether it was written with 0, 84, +84 or 0084 in
  // front, with nothing there (a spreadsheet ate the 0), with spaces, dots or brackets; anything else as it is, without
  // its spaces.
  std::string Normal(absl::string_view text) const;

 private:
  const std::string region_;
};

}  // namespace hoiam::survey
