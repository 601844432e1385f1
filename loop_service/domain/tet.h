// The Vietnamese lunar calendar, and Tết, the first day of its year.
//
// It is reckoned on the clock of Hà Nội (UTC+7), the Chinese one on that of Beijing (UTC+8): in 2030 and 2053 Tết is
// one day before the Chinese new year.
#pragma once

#include <optional>

#include "absl/time/civil_time.h"

namespace hoiam::loop {

// The lunar years that are known, named by the year in which they begin.
inline constexpr int kFirstLunarYear = 2020;
inline constexpr int kLastLunarYear = 2060;

struct LunarDate {
  int year = 0;
  int month = 1;      // 1–12
  int day = 1;        // 1–30
  bool leap = false;  // in the leap month that follows the month of that number
  friend bool operator==(const LunarDate&, const LunarDate&) = default;
};

// nullopt outside of the years that are known.
std::optional<LunarDate> LunarDateOf(absl::CivilDay day);

// Tết Nguyên đán: the first day of the lunar year that begins in `year`; nullopt when that is not known.
std::optional<absl::CivilDay> TetDay(int year);

}  // namespace hoiam::loop
