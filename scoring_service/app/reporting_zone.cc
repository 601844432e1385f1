#include "scoring_service/app/reporting_zone.h"

#include "platform/base/status.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/reporting_zone.h"

namespace hoiam::scoring {

absl::Status CheckReportingZone(db::Pool& pool, const Clock& clock, const absl::TimeZone& zone) {
  const absl::Time until = clock.Now() + kDatabaseWait;
  const auto keep = [&]() -> absl::Status {
    HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool, until));
    return KeepReportingZone(db, zone.name());
  };
  for (;;) {
    const absl::Status status = keep();
    if (status.ok() || absl::IsFailedPrecondition(status) || clock.Now() >= until) return status;
    clock.Sleep(kDatabaseRetry);
  }
}

}  // namespace hoiam::scoring
