#include "scoring_service/domain/top_box.h"

#include <algorithm>
#include <cmath>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {

std::optional<double> TopBoxPercent(int64_t top, int64_t n) {
  if (n == 0) return std::nullopt;
  return Percent(top, n);
}

std::optional<ScoreInterval> WilsonInterval(int64_t top, int64_t n) {
  if (n == 0) return std::nullopt;
  const double m = static_cast<double>(n), p = static_cast<double>(top) / m, z2 = kZ95 * kZ95;
  const double centre = (p + z2 / (2 * m)) / (1 + z2 / m);
  const double half = kZ95 / (1 + z2 / m) * std::sqrt(p * (1 - p) / m + z2 / (4 * m * m));
  return ScoreInterval{std::max(0.0, 100 * (centre - half)), std::min(100.0, 100 * (centre + half))};
}

}  // namespace hoiam::scoring
