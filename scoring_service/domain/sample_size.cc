#include "scoring_service/domain/sample_size.h"

#include <algorithm>
#include <cmath>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {
namespace {

// A whole number that division left a little above itself is that number.
double RoundUp(double v) { return std::max(1.0, std::ceil(v - 1e-9)); }

}  // namespace

SampleSize SampleSizeOf(const SampleSizeQuery& query) {
  const double margin = query.margin / 100;
  SampleSize size;
  size.unlimited = kZ95 * kZ95 * query.variance / (margin * margin);
  size.limited = size.unlimited;
  if (query.population) size.limited /= 1 + (size.unlimited - 1) / static_cast<double>(*query.population);
  size.responses = RoundUp(size.limited);
  size.invitations = RoundUp(size.responses / query.response_rate);
  return size;
}

}  // namespace hoiam::scoring
