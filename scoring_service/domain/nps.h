// The Net Promoter Score and its interval.
#pragma once

#include <cstdint>
#include <optional>

namespace hoiam::scoring {

// A confidence interval of 95 % in the unit of the score.
struct ScoreInterval {
  double low, high;
};

// 100·(promoters − detractors)/n in [-100, 100], 3 decimals (F1). nullopt when n is 0.
std::optional<double> NpsScore(int64_t promoters, int64_t detractors, int64_t n);

// Adjusted Wald at 95 %: ¾ promoter, 1½ passives and ¾ detractor are added (Rocks 2016, F3); clipped to ±100. Unlike
// the plain Wald interval it has a width when everybody agrees. Not rounded. nullopt when n is 0.
std::optional<ScoreInterval> NpsInterval(int64_t promoters, int64_t detractors, int64_t n);

}  // namespace hoiam::scoring
