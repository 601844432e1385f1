// What is aimed at: a score of a metric, for everybody or one value of one dimension.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scoring_service/domain/dimension.h"

namespace hoiam::scoring {

struct TargetScore {
  std::string metric;
  std::optional<Dimension> dimension;  // unset: everybody
  std::string value;
  double score = 0;
};

// The target of the answers of a metric whose dimensions have these values; none when they are cut by more than one.
std::optional<double> TargetFor(const std::vector<TargetScore>& targets, const std::string& metric,
                                const std::vector<std::pair<Dimension, std::string>>& where);

}  // namespace hoiam::scoring
