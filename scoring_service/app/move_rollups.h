// Keeps rollups equal to a GROUP BY over the answers: what an answer counted for goes, what it counts for now comes.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "platform/db/unit_of_work.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// `before` and `after`: the answer as it was counted and as it is now; nullptr where it is not there. Writes nothing
// when nothing that counts has changed.
void MoveRollups(db::UnitOfWork& uow, const std::string& tenant, const Answer* before, const Answer* after,
                 const Generation& g);

}  // namespace hoiam::scoring
