// An answer as counted.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {

struct Answer {
  std::string customer_id;  // "" when anonymous
  std::string response_id;
  int64_t revision = 0;
  std::optional<Metric> metric;  // unset: feedback in words only
  std::optional<int> score;      // unset: skipped; in no figure
  bool solicited = true;
  bool voided = false;
  bool full_effects = false;  // false: imported history; it blocks nothing
  absl::Time responded_at;
  std::string interaction_id;  // "" when about none
  DimensionValues dimensions;
  Revenue revenue;  // what it represents

  // Whether it is in the figures.
  bool counted() const { return metric && score && !voided; }
};

}  // namespace hoiam::scoring
