#include "scoring_service/domain/weighting.h"

#include <algorithm>
#include <cmath>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {
namespace {

struct Bounds {
  double low = 100, high = -100;
  void Widen(const WeightedCounts& parts) {
    for (const WeightedCount& p : parts) {
      low = std::min(low, p.weight / 10.0);
      high = std::max(high, p.weight / 10.0);
    }
  }
  ScoreInterval Around(double value, double half) const {
    return {std::max(low, value - half), std::min(high, value + half)};
  }
};

}  // namespace

std::optional<PostStratified> PostStratify(const std::vector<Stratum>& strata) {
  double population = 0;
  for (const Stratum& s : strata)
    if (RawMoments(s.answers)) population += static_cast<double>(s.population);
  if (population == 0) return std::nullopt;

  PostStratified out;
  Bounds bounds;
  double value = 0, variance = 0, squares = 0;
  for (const Stratum& s : strata) {
    const auto moments = RawMoments(s.answers);
    const double people = static_cast<double>(s.population), w = moments ? people / population : 0;
    out.weights.push_back(w);
    bounds.Widen(s.answers);
    if (!moments) continue;
    const double v = moments->variance > 0 ? moments->variance : AdjustedMoments(s.answers)->variance;
    const double unasked = moments->n > people ? 1 : 1 - moments->n / people;
    value += w * moments->mean;
    variance += w * w * v / moments->n * unasked;
    squares += w * w / moments->n;
  }
  out.figure = {Round3(value), bounds.Around(value, kZ95 * std::sqrt(variance)), 1 / squares};
  return out;
}

std::optional<WeightedFigure> WeighByMoney(const std::vector<WeightedAnswer>& answers, const WeightedCounts& scale) {
  double money = 0, squares = 0, sum = 0;
  for (const WeightedAnswer& a : answers) {
    money += a.money;
    squares += a.money * a.money;
    sum += a.money * a.weight / 10.0;
  }
  if (!(money > 0)) return std::nullopt;
  const double value = sum / money, n = money * money / squares;
  double variance = 0;
  for (const WeightedAnswer& a : answers)
    variance += a.money / money * (a.weight / 10.0 - value) * (a.weight / 10.0 - value);
  const bool alike = std::all_of(answers.begin(), answers.end(),
                                 [&](const WeightedAnswer& a) { return a.weight == answers.front().weight; });
  if (alike) {
    WeightedCounts same = scale;
    for (WeightedCount& p : same) p.count = 0;
    same.push_back({answers.front().weight, std::max<int64_t>(1, std::llround(n))});
    variance = AdjustedMoments(same)->variance;
  }
  Bounds bounds;
  bounds.Widen(scale);
  return WeightedFigure{Round3(value), bounds.Around(value, kZ95 * std::sqrt(variance / n)), n};
}

}  // namespace hoiam::scoring
