// An answer was stored, amended, claimed or voided.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::scoring {

void WantAnswer(db::UnitOfWork& uow, const std::string& tenant, const hoiam::survey::v1::Response& response);

// Counts it in the rollups, shows it in the history and in its interaction, and brings the sheet up to date. A no-op
// for a revision that is in already. `zone` is the reporting zone.
absl::Status CountAnswer(db::UnitOfWork& uow, const std::string& tenant, const hoiam::survey::v1::Response& response,
                         const absl::TimeZone& zone);

}  // namespace hoiam::scoring
