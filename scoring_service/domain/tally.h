// A histogram of answers with the revenue behind each score. Exact, and mergeable in any order.
#pragma once

#include <array>
#include <map>
#include <string>

#include "platform/base/decimal.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {

using AmountPerScore = std::array<Decimal, kScores>;

struct Tally {
  Counts counts{};
  std::map<std::string, AmountPerScore> revenue;  // by currency

  // Counts one answer.
  void Add(int score, const Revenue& represented);
  void Merge(const Tally& other);
};

// Money in one part of the scale, and in all of it.
Decimal AmountIn(const AmountPerScore& amounts, const Part& part);
Decimal AmountOf(const AmountPerScore& amounts);

}  // namespace hoiam::scoring
