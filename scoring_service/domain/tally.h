// A histogram of answers with the money behind each value. Exact, and mergeable in any order.
#pragma once

#include <array>
#include <map>
#include <string>

#include "platform/base/decimal.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {

using MoneyPerScore = std::array<Money, kScores>;

struct Tally {
  Counts counts{};
  std::map<std::string, MoneyPerScore> money;  // by currency

  // Counts one answer, or takes it back (sign −1).
  void Add(int value, const Represented& represented, int sign = 1);
  void Merge(const Tally& other);
  // Nothing in it, neither answers nor money.
  bool empty() const;
};

// Money in one part of the scale, and in all of it.
Money MoneyIn(const MoneyPerScore& money, const Part& part);
Money MoneyOf(const MoneyPerScore& money);

}  // namespace hoiam::scoring
