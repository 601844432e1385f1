#include "loop_service/domain/purchase.h"

#include "absl/time/civil_time.h"
#include "loop_service/limits.h"

namespace hoiam::loop {

int64_t MonthOf(absl::Time t) {
  const absl::CivilMonth month = absl::ToCivilMonth(t, absl::UTCTimeZone());
  return month.year() * 12 + month.month() - 1;
}

bool CountsAsSpent(absl::Time t, absl::Time at) { return t <= at && t > at - kSpentWithin; }

std::vector<int64_t> MonthsBefore(absl::Time at) {
  std::vector<int64_t> months;
  for (int64_t m = MonthOf(at - kSpentWithin); m <= MonthOf(at); ++m) months.push_back(m);
  return months;
}

}  // namespace hoiam::loop
