// Days of the Vietnamese lunar calendar on which Vietnam rests.
//
// The calendar is reckoned on the clock of Hà Nội (UTC+7), the Chinese one on that of Beijing (UTC+8): in 2030 and 2053
// Tết is one day before the Chinese new year.
#pragma once

#include <optional>

#include "absl/time/civil_time.h"

namespace hoiam::loop {

inline constexpr int kFirstTetYear = 2020;
inline constexpr int kLastTetYear = 2060;

// Tết Nguyên đán: the first day of the lunar year that begins in `year`. nullopt before kFirstTetYear and after
// kLastTetYear.
std::optional<absl::CivilDay> TetDay(int year);

// Giỗ Tổ Hùng Vương: the tenth day of the third lunar month, of the month itself and not of a leap month after it.
std::optional<absl::CivilDay> HungKingsDay(int year);

}  // namespace hoiam::loop
