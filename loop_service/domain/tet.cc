#include "loop_service/domain/tet.h"

#include <array>
#include <cstdint>

namespace hoiam::loop {
namespace {

struct LunarYear {
  int month, day;        // Tết
  int leap;              // the month that comes twice; 0: none
  uint16_t long_months;  // bit n: the month n, from 0, has 30 days; else 29
};

// Computed from the positions of the sun and the moon (new moons, the solstice of winter in the eleventh month, a leap
// month where the sun enters no sign) by the days of UTC+7.
constexpr std::array<LunarYear, kLastLunarYear - kFirstLunarYear + 1> kYears = {
    LunarYear{1, 25, 4, 0x192e},   // 2020
    LunarYear{2, 12, 0, 0x0556},   // 2021
    LunarYear{2, 1, 0, 0x0ab5},    // 2022
    LunarYear{1, 22, 2, 0x15b2},   // 2023
    LunarYear{2, 10, 0, 0x06d2},   // 2024
    LunarYear{1, 29, 6, 0x0ea5},   // 2025
    LunarYear{2, 17, 0, 0x0725},   // 2026
    LunarYear{2, 6, 0, 0x064b},    // 2027
    LunarYear{1, 26, 5, 0x0c97},   // 2028
    LunarYear{2, 13, 0, 0x04ab},   // 2029
    LunarYear{2, 2, 0, 0x055b},    // 2030
    LunarYear{1, 23, 3, 0x0ada},   // 2031
    LunarYear{2, 11, 0, 0x0b6a},   // 2032
    LunarYear{1, 31, 11, 0x1752},  // 2033
    LunarYear{2, 19, 0, 0x0b92},   // 2034
    LunarYear{2, 8, 0, 0x0b25},    // 2035
    LunarYear{1, 28, 6, 0x1a4b},   // 2036
    LunarYear{2, 15, 0, 0x0a4d},   // 2037
    LunarYear{2, 4, 0, 0x04ad},    // 2038
    LunarYear{1, 24, 5, 0x095b},   // 2039
    LunarYear{2, 12, 0, 0x05ad},   // 2040
    LunarYear{2, 1, 0, 0x0baa},    // 2041
    LunarYear{1, 22, 2, 0x1b52},   // 2042
    LunarYear{2, 10, 0, 0x0d92},   // 2043
    LunarYear{1, 30, 7, 0x1d25},   // 2044
    LunarYear{2, 17, 0, 0x0d25},   // 2045
    LunarYear{2, 6, 0, 0x0a55},    // 2046
    LunarYear{1, 26, 5, 0x14ad},   // 2047
    LunarYear{2, 14, 0, 0x04b6},   // 2048
    LunarYear{2, 2, 0, 0x06b5},    // 2049
    LunarYear{1, 23, 3, 0x0daa},   // 2050
    LunarYear{2, 11, 0, 0x0eca},   // 2051
    LunarYear{2, 1, 8, 0x0e92},    // 2052
    LunarYear{2, 18, 0, 0x0e93},   // 2053
    LunarYear{2, 8, 0, 0x0d26},    // 2054
    LunarYear{1, 28, 6, 0x0a56},   // 2055
    LunarYear{2, 15, 0, 0x0a5b},   // 2056
    LunarYear{2, 4, 0, 0x055a},    // 2057
    LunarYear{1, 24, 4, 0x0ad5},   // 2058
    LunarYear{2, 12, 0, 0x0b55},   // 2059
    LunarYear{2, 2, 0, 0x074a},    // 2060
};

const LunarYear* Find(int64_t year) {
  return year < kFirstLunarYear || year > kLastLunarYear ? nullptr : &kYears[year - kFirstLunarYear];
}

}  // namespace

std::optional<absl::CivilDay> TetDay(int year) {
  const LunarYear* found = Find(year);
  if (!found) return std::nullopt;
  return absl::CivilDay(year, found->month, found->day);
}

std::optional<LunarDate> LunarDateOf(absl::CivilDay day) {
  int year = static_cast<int>(day.year());
  if (const auto tet = TetDay(year); tet && day < *tet) --year;
  if (year == kLastLunarYear + 1) --year;  // before its Tết, which is not known
  const LunarYear* found = Find(year);
  if (!found) return std::nullopt;
  auto left = day - *TetDay(year);
  const int months = found->leap > 0 ? 13 : 12;
  for (int i = 0; i < months; ++i) {
    const int length = (found->long_months >> i & 1) ? 30 : 29;
    if (left < length) {
      const bool after_leap = found->leap > 0 && i >= found->leap;
      return LunarDate{year, i + 1 - after_leap, static_cast<int>(left) + 1, found->leap > 0 && i == found->leap};
    }
    left -= length;
  }
  return std::nullopt;
}

}  // namespace hoiam::loop
