// What an overview is asked for.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

struct OverviewQuery {
  ScoreQuery answers;             // period and group; no metric, no group_by
  std::optional<Interval> trend;  // unset: none
  int64_t loyal_purchases = 2;
  absl::Duration loyal_time = absl::Hours(24 * 365);
};

// Customers of one fit to the ideal profile.
struct FitCounts {
  int64_t customers = 0;
  int64_t heard_of = 0;  // first in the period
  int64_t cases = 0;     // opened for them in the period
};

}  // namespace hoiam::scoring
