#include "scoring_service/domain/tally.h"

namespace hoiam::scoring {

void Tally::Add(int score, const Revenue& represented) {
  ++counts[score];
  for (const auto& [currency, amount] : represented) revenue[currency][score] += amount;
}

void Tally::Merge(const Tally& other) {
  for (int i = 0; i < kScores; ++i) counts[i] += other.counts[i];
  for (const auto& [currency, amounts] : other.revenue) {
    AmountPerScore& mine = revenue[currency];
    for (int i = 0; i < kScores; ++i) mine[i] += amounts[i];
  }
}

Decimal AmountIn(const AmountPerScore& amounts, const Part& part) {
  Decimal sum;
  for (int i = part.low; i <= part.high; ++i) sum += amounts[i];
  return sum;
}

Decimal AmountOf(const AmountPerScore& amounts) {
  Decimal sum;
  for (const Decimal& a : amounts) sum += a;
  return sum;
}

}  // namespace hoiam::scoring
