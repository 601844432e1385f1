#include "scoring_service/domain/change_test.h"

#include <cmath>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {

TestSide SideOf(const Moments& m) { return {m.mean, std::sqrt(m.variance / m.n)}; }

std::optional<Change> TestChange(const TestSide& current, const TestSide& base) {
  const double error = std::hypot(current.standard_error, base.standard_error);
  if (!(error > 0)) return std::nullopt;
  const double difference = current.value - base.value, half = kZ95 * error, z = difference / error;
  return Change{difference, {difference - half, difference + half}, z, PValue(z)};
}

double PValue(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

}  // namespace hoiam::scoring
