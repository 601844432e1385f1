#include "scoring_service/domain/numbers.h"

#include <cmath>

namespace hoiam::scoring {

double Percent(absl::int128 part, absl::int128 whole) {
  if (whole == 0) return 0;
  if (whole < 0) part = -part, whole = -whole;
  const absl::int128 scaled = (part < 0 ? -part : part) * 100'000;
  const absl::int128 thousandths = scaled / whole + (scaled % whole >= whole - scaled % whole ? 1 : 0);
  const double value = static_cast<double>(thousandths) / 1000;
  return part < 0 && thousandths != 0 ? -value : value;
}

double Round3(double v) {
  const double r = std::round(v * 1000) / 1000;
  return r == 0 ? 0 : r;  // never -0
}

}  // namespace hoiam::scoring
