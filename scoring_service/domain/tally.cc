#include "scoring_service/domain/tally.h"

#include <algorithm>

namespace hoiam::scoring {

void Tally::Add(int value, const Represented& represented, int sign) {
  counts[value] += sign;
  for (const auto& [currency, amounts] : represented) money[currency][value] += sign > 0 ? amounts : -amounts;
}

void Tally::Merge(const Tally& other) {
  for (int i = 0; i < kScores; ++i) counts[i] += other.counts[i];
  for (const auto& [currency, amounts] : other.money) {
    MoneyPerScore& mine = money[currency];
    for (int i = 0; i < kScores; ++i) mine[i] += amounts[i];
  }
}

bool Tally::empty() const {
  if (std::any_of(counts.begin(), counts.end(), [](int64_t n) { return n != 0; })) return false;
  return std::all_of(money.begin(), money.end(), [](const auto& m) {
    return std::all_of(m.second.begin(), m.second.end(), [](const Money& one) { return one.is_zero(); });
  });
}

Money MoneyIn(const MoneyPerScore& money, const Part& part) {
  Money sum;
  for (int i = part.low; i <= part.high; ++i) sum += money[i];
  return sum;
}

Money MoneyOf(const MoneyPerScore& money) {
  Money sum;
  for (const Money& m : money) sum += m;
  return sum;
}

}  // namespace hoiam::scoring
