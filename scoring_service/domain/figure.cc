#include "scoring_service/domain/figure.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {
namespace {

constexpr int kOne = 1000;  // weights are thousandths
constexpr double kPseudoAnswers = 3;

// Answers by weight; fractions once imagined ones are among them.
using ByWeight = std::map<int, double>;

ByWeight Collect(const WeightedCounts& parts) {
  ByWeight by_weight;
  for (const WeightedCount& p : parts) by_weight[p.weight] += static_cast<double>(p.count);
  return by_weight;
}

int64_t TotalOf(const WeightedCounts& parts) {
  int64_t n = 0;
  for (const WeightedCount& p : parts) n += p.count;
  return n;
}

bool IsProportion(const ByWeight& answers) {
  return std::all_of(answers.begin(), answers.end(), [](const auto& a) { return a.first == 0 || a.first == kOne; });
}

// Weights −1 and +1, and 0 or nothing between them.
bool IsNet(const ByWeight& answers) {
  return answers.begin()->first == -kOne && answers.rbegin()->first == kOne &&
         std::all_of(answers.begin(), answers.end(), [](const auto& a) { return a.first % kOne == 0; });
}

Moments MomentsOf(const ByWeight& answers) {
  double n = 0, sum = 0, squares = 0;
  for (const auto& [weight, count] : answers) {
    const double points = 100.0 * weight / kOne;
    n += count;
    sum += points * count;
    squares += points * points * count;
  }
  const double mean = sum / n;
  return {mean, std::max(0.0, squares / n - mean * mean), n};
}

ScoreInterval Within(double low, double high, double centre, double half) {
  return {std::max(low, centre - half), std::min(high, centre + half)};
}

// One success and one failure more on each side (Agresti and Caffo 2000), for the difference of proportions.
Moments ProportionMoments(ByWeight answers) {
  ++answers[0];
  ++answers[kOne];
  return MomentsOf(answers);
}

ScoreInterval Wilson(double p, double n) {
  const double z2 = kZ95 * kZ95, shrink = 1 + z2 / n;
  const double half = kZ95 / shrink * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return Within(0, 100, 100 * (p + z2 / (2 * n)) / shrink, 100 * half);
}

}  // namespace

std::optional<ScoreInterval> WilsonInterval(int64_t count, int64_t n) {
  if (n == 0) return std::nullopt;
  return Wilson(static_cast<double>(count) / static_cast<double>(n), static_cast<double>(n));
}

std::optional<double> WeightedScore(const WeightedCounts& parts) {
  const int64_t n = TotalOf(parts);
  if (n == 0) return std::nullopt;
  absl::int128 sum = 0;
  for (const WeightedCount& p : parts) sum += absl::int128(p.weight) * p.count;
  return Percent(sum, absl::int128(n) * kOne);
}

std::optional<Moments> RawMoments(const WeightedCounts& parts) {
  if (TotalOf(parts) == 0) return std::nullopt;
  return MomentsOf(Collect(parts));
}

std::optional<Moments> AdjustedMoments(const WeightedCounts& parts) {
  if (TotalOf(parts) == 0) return std::nullopt;
  ByWeight answers = Collect(parts);
  if (IsNet(answers)) {
    answers[-kOne] += kPseudoAnswers / 4;
    answers[0] += kPseudoAnswers / 2;
    answers[kOne] += kPseudoAnswers / 4;
  } else {
    const double each = kPseudoAnswers / static_cast<double>(answers.size());
    for (auto& [weight, count] : answers) count += each;
  }
  return MomentsOf(answers);
}

std::optional<Figure> FigureOf(const WeightedCounts& parts) {
  const auto value = WeightedScore(parts);
  if (!value) return std::nullopt;
  const ByWeight answers = Collect(parts);
  if (IsProportion(answers)) {
    const Moments raw = MomentsOf(answers);
    return Figure{*value, Wilson(raw.mean / 100, raw.n), IntervalMethod::kWilson, ProportionMoments(answers)};
  }
  const Moments adjusted = *AdjustedMoments(parts);
  const double low = 100.0 * answers.begin()->first / kOne, high = 100.0 * answers.rbegin()->first / kOne;
  const double half = kZ95 * std::sqrt(adjusted.variance / adjusted.n);
  return Figure{*value, Within(low, high, adjusted.mean, half), IntervalMethod::kAdjustedWald, adjusted};
}

std::optional<Moments> ScoreMoments(const Counts& counts) {
  const int64_t total = Total(counts);
  if (total == 0) return std::nullopt;
  const double n = static_cast<double>(total);
  double sum = 0, squares = 0;
  for (int s = 0; s < kScores; ++s) sum += static_cast<double>(counts[s]) * s;
  const double mean = sum / n;
  for (int s = 0; s < kScores; ++s) squares += static_cast<double>(counts[s]) * (s - mean) * (s - mean);
  const bool alike = std::count_if(counts.begin(), counts.end(), [](int64_t c) { return c > 0; }) == 1;
  return Moments{mean, alike ? 1 / (n + 1) : squares / (n - 1), n};
}

std::optional<Figure> MeanOf(const Counts& counts, int min, int max) {
  const auto m = ScoreMoments(counts);
  if (!m) return std::nullopt;
  const double half = m->n == 1 ? max - min : kZ95 * std::sqrt(m->variance / m->n);
  return Figure{Round3(m->mean), Within(min, max, m->mean, half), IntervalMethod::kNormal, *m};
}

}  // namespace hoiam::scoring
