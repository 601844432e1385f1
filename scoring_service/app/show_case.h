// A case was opened, moved or enriched.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "hoiam/loop/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

void WantCase(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const hoiam::loop::v1::Case& c);

// Shows it in the history and notes how it stands. A no-op for a version that is in already, and for the case of an
// anonymous answer: it is in nobody's history.
absl::Status ShowCase(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                      const hoiam::loop::v1::Case& c);

}  // namespace hoiam::scoring
