// A figure of answers that count by weights: its value, its 95 % interval, and what a test needs to know of it.
// NPS is the weights −1, 0, +1; a percentage is 0 and 1; a tenant's own metric has any others.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scoring_service/domain/metric.h"

namespace hoiam::scoring {

// A confidence interval of 95 % in the unit of the score.
struct ScoreInterval {
  double low = 0, high = 0;
};

// Wilson score interval, in percent (F5). Not rounded. nullopt when n is 0.
std::optional<ScoreInterval> WilsonInterval(int64_t count, int64_t n);

// Answers of one part of a scale, under one version of its metric.
struct WeightedCount {
  int weight = 0;  // thousandths, −1000 … 1000
  int64_t count = 0;
};
// Parts without answers are listed too: they say how far the scale reaches. Several may have one weight.
using WeightedCounts = std::vector<WeightedCount>;

// The mean and the variance of a single answer, and by how many answers the mean came about. In points: 100 × weight.
struct Moments {
  double mean = 0;
  double variance = 0;
  double n = 0;
};

// The numbers are those of hoiam.scoring.v1.IntervalMethod.
enum class IntervalMethod {
  kAdjustedWald = 1,
  kWilson = 2,
  kNormal = 3,
  kWeightedBound = 4,
  kPostStratified = 5,
  kKish = 6,
};

// A figure as it is shown. Neither is rounded but `value`, which has 3 decimals.
struct Figure {
  double value = 0;
  ScoreInterval interval{};
  IntervalMethod method = IntervalMethod::kAdjustedWald;
  Moments test;  // adjusted, for the change test (F4)
};

// 100·Σ weight·count / n, 3 decimals, halves away from zero; exact until the last division. nullopt when n is 0: no
// answers is no score.
std::optional<double> WeightedScore(const WeightedCounts& parts);

// Of the answers as they are (F1, F2): variance Σ w²p − (Σ wp)². nullopt when there are none.
std::optional<Moments> RawMoments(const WeightedCounts& parts);

// Of the answers and 3 imagined ones. Weights −1, 0, +1: ¾, 1½ and ¾ of them (Rocks 2016, F3). Any other weights: 3
// spread evenly over the different weights, because nothing says more of one than of another. An interval that is made
// without them has no width when everybody agrees. nullopt when there are no answers.
std::optional<Moments> AdjustedMoments(const WeightedCounts& parts);

// Weights 0 and 1: a proportion, with Wilson's interval (F5). Others: adjusted Wald (F3). Both within the scale. The
// interval is around the adjusted mean; from 2 answers on it holds the value of −1, 0, +1 and of proportions.
// nullopt when there are no answers.
std::optional<Figure> FigureOf(const WeightedCounts& parts);

// Mean of scores, with mean ± z·s/√n within the scale; s² is the sample's (n − 1). When all answers are the same, s is
// that of one more answer a step away, and a single answer says nothing of the spread: the interval is the scale.
// nullopt when there are no answers.
std::optional<Figure> MeanOf(const Counts& counts, int min, int max);

// Likewise of all scores of a scale: mean, sample variance (as MeanOf has it) and n.
std::optional<Moments> ScoreMoments(const Counts& counts);

}  // namespace hoiam::scoring
