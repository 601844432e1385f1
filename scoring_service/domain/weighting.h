// Scores as the whole customer base would give them, and as money would (F11).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scoring_service/domain/figure.h"

namespace hoiam::scoring {

// A part of the population, and what those of it said who answered.
struct Stratum {
  WeightedCounts answers;
  int64_t population = 0;  // ≥ 1
};

// A score whose answers do not all count the same.
struct WeightedFigure {
  double value = 0;  // 3 decimals
  ScoreInterval interval{};
  double effective_n = 0;  // (Σw)²/Σw² (Kish)
};

struct PostStratified {
  WeightedFigure figure;
  std::vector<double> weights;  // by stratum; 0 for those without answers, the others make 1
};

// Σ W·score over the strata with answers, W their part of these strata's population; within ± z·√Σ W²·v/n·(1 − n/N).
// v is the variance of an answer; in a stratum where everybody agrees it is the adjusted one (F3), since agreement of a
// few does not mean that all would agree. A stratum with more answers than people has people who answered twice: that
// it was asked completely is not known, and nothing is taken off. nullopt when no stratum has answers.
std::optional<PostStratified> PostStratify(const std::vector<Stratum>& strata);

// One answer and the money that it stands for.
struct WeightedAnswer {
  int weight = 0;    // of its part, in thousandths
  double money = 0;  // > 0
};

// Σ r·x/Σ r, within ± z·√(v/n_eff); v is the weighted variance, or when all say the same the adjusted one of n_eff such
// answers. `scale` has all parts, for how far the interval can reach. nullopt when there are no answers.
std::optional<WeightedFigure> WeighByMoney(const std::vector<WeightedAnswer>& answers, const WeightedCounts& scale);

}  // namespace hoiam::scoring
