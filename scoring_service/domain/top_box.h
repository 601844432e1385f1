// CSAT and CES: the share of answers in the top boxes, and its interval.
#pragma once

#include <cstdint>
#include <optional>

#include "scoring_service/domain/nps.h"

namespace hoiam::scoring {

// 100·top/n in [0, 100], 3 decimals. nullopt when n is 0.
std::optional<double> TopBoxPercent(int64_t top, int64_t n);

// Wilson score interval at 95 %, in percent (F5). Not rounded. nullopt when n is 0.
std::optional<ScoreInterval> WilsonInterval(int64_t top, int64_t n);

}  // namespace hoiam::scoring
