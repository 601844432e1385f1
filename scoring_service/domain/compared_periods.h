// The periods that are held against each other. Where one begins with a day of the zone it is made of whole days,
// because those are counted already; a day that is not over yet is then a whole one, with the answers that it has so
// far.
#pragma once

#include "absl/time/time.h"
#include "scoring_service/domain/periods.h"

namespace hoiam::scoring {

// From `start` to now, or to the end of today. Empty when it lies in the future.
Period UpToNow(absl::Time start, absl::Time now, const absl::TimeZone& zone);

// As long, and just before: as many days where both ends are starts of days, whatever clocks did in between.
Period PeriodBefore(const Period& period, const absl::TimeZone& zone);

struct BeforeAfter {
  Period before, after;
};
// `days` before `start`, and after it as far as they have come yet.
BeforeAfter PeriodsAround(absl::Time start, int days, absl::Time now, const absl::TimeZone& zone);

}  // namespace hoiam::scoring
