// What counts as a promoter, the Net Promoter Score and its interval.
#pragma once

#include <cstdint>
#include <optional>

#include "scoring_service/domain/metric.h"

namespace hoiam::scoring {

inline constexpr MetricDef kNps = {"NPS",
                                   0,
                                   10,
                                   {{{"detractors", Band::kDetractor, 0, 6},
                                     {"passives", Band::kPassive, 7, 8},
                                     {"promoters", Band::kPromoter, 9, 10}}}};

// 100·(promoters − detractors)/n in [-100, 100], 3 decimals (F1). nullopt when n is 0.
std::optional<double> NpsScore(int64_t promoters, int64_t detractors, int64_t n);

// Adjusted Wald at 95 %: ¾ promoter, 1½ passives and ¾ detractor are added (Rocks 2016, F3); clipped to ±100. Unlike
// the plain Wald interval it has a width when everybody agrees. Not rounded. nullopt when n is 0.
std::optional<ScoreInterval> NpsInterval(int64_t promoters, int64_t detractors, int64_t n);

}  // namespace hoiam::scoring
