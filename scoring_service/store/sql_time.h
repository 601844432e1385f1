// The first and the last moment that a DATETIME(6) can hold: open ends of ranges.
#pragma once

#include <algorithm>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace hoiam::scoring {

inline absl::Time FirstSqlTime() { return absl::FromCivil(absl::CivilSecond(1000, 1, 1), absl::UTCTimeZone()); }
inline absl::Time LastSqlTime() {
  return absl::FromCivil(absl::CivilSecond(10000, 1, 1), absl::UTCTimeZone()) - absl::Microseconds(1);
}
inline absl::Time ToSqlTime(absl::Time t) { return std::clamp(t, FirstSqlTime(), LastSqlTime()); }

}  // namespace hoiam::scoring
