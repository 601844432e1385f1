// Is it a change, or chance? (F4)
#pragma once

#include <optional>

#include "scoring_service/domain/figure.h"

namespace hoiam::scoring {

// One side of a comparison: a value, in points, and its standard error.
struct TestSide {
  double value = 0;
  double standard_error = 0;
};

// Σ of n answers like one of `m`: its mean, and √(variance/n).
//
// A figure brings adjusted moments (`Figure::test`), so that sides on which everybody agrees still leave room for
// chance: weighted shares have those of F3, with n + 3. A proportion has 1 success and 1 failure more on each side, 4
// imagined answers in all, which is the interval of Agresti and Caffo (2000) for a difference of proportions: it keeps
// its 95 % where the plain one falls to 70 % and less. Wilson's interval is for one proportion and has no such sum.
TestSide SideOf(const Moments& m);

struct Change {
  double difference = 0;     // of the values that were tested
  ScoreInterval interval{};  // 95 %, around it
  double z = 0;
  double p_value = 1;  // two-sided
};

// current − base. nullopt when neither side leaves any room for chance: there is nothing to test then.
std::optional<Change> TestChange(const TestSide& current, const TestSide& base);

// Two-sided p-value of a standard normal variable.
double PValue(double z);

}  // namespace hoiam::scoring
