// Percentages and rounding, done once.
#pragma once

#include "absl/numeric/int128.h"

namespace hoiam::scoring {

// Two-sided 95 % of the normal distribution.
inline constexpr double kZ95 = 1.959963984540054;

// 100·part/whole with 3 decimals, halves away from zero; exact until the last division. 0 when `whole` is 0.
// |part| must stay below 10^32.
double Percent(absl::int128 part, absl::int128 whole);
// 3 decimals, halves away from zero.
double Round3(double v);

}  // namespace hoiam::scoring
