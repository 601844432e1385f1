#include "scoring_service/domain/nps.h"

#include <algorithm>
#include <cmath>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {

std::optional<double> NpsScore(int64_t promoters, int64_t detractors, int64_t n) {
  if (n == 0) return std::nullopt;
  return Percent(promoters - detractors, n);
}

std::optional<ScoreInterval> NpsInterval(int64_t promoters, int64_t detractors, int64_t n) {
  if (n == 0) return std::nullopt;
  const double m = static_cast<double>(n) + 3;
  const double p = (static_cast<double>(promoters) + 0.75) / m, d = (static_cast<double>(detractors) + 0.75) / m;
  const double centre = p - d, half = kZ95 * std::sqrt((p + d - centre * centre) / m);
  return ScoreInterval{std::max(-100.0, 100 * (centre - half)), std::min(100.0, 100 * (centre + half))};
}

}  // namespace hoiam::scoring
