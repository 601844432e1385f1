#include "scoring_service/app/generations.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/db/tenant_db.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/generations.h"

namespace hoiam::scoring {

absl::StatusOr<Generation> ShownGeneration(db::Pool& pool, const Clock& clock, const absl::TimeZone& zone) {
  const absl::Time until = clock.Now() + kDatabaseWait;
  const auto read = [&]() -> absl::StatusOr<GenerationRow> {
    HOIAM_ASSIGN_OR_RETURN(const db::SystemDb db, db::SystemDb::Open(pool, until));
    return ReadShownGeneration(db, zone.name(), kLayout, clock.Now());
  };
  for (;;) {
    const auto shown = read();
    if (!shown.ok()) {
      if (clock.Now() >= until) return shown.status();
      clock.Sleep(kDatabaseRetry);
      continue;
    }
    if (shown->zone != zone.name())
      return absl::FailedPreconditionError(absl::StrCat("HOIAM_REPORTING_ZONE is ", zone.name(),
                                                        ", but the days of the stored figures are of ", shown->zone));
    return Generation{shown->number, zone};
  }
}

}  // namespace hoiam::scoring
