// CSAT and CES: the share of answers in the top boxes, and its interval.
#pragma once

#include <cstdint>
#include <optional>

#include "scoring_service/domain/metric.h"

namespace hoiam::scoring {

// Top boxes 4–5 of 5 (F7).
inline constexpr MetricDef kCsat = {"CSAT",
                                    1,
                                    5,
                                    {{{"dissatisfied", Band::kDissatisfied, 1, 2},
                                      {"neutral", Band::kNeutral, 3, 3},
                                      {"satisfied", Band::kSatisfied, 4, 5}}}};

// Top boxes 5–7 of 7 (F8).
inline constexpr MetricDef kCes = {
    "CES",
    1,
    7,
    {{{"difficult", Band::kDifficult, 1, 3}, {"moderate", Band::kModerate, 4, 4}, {"easy", Band::kEasy, 5, 7}}}};

// 100·top/n in [0, 100], 3 decimals. nullopt when n is 0.
std::optional<double> TopBoxPercent(int64_t top, int64_t n);

// Wilson score interval at 95 %, in percent (F5). Not rounded. nullopt when n is 0.
std::optional<ScoreInterval> WilsonInterval(int64_t top, int64_t n);

}  // namespace hoiam::scoring
