// An answer's part in the funnel: how far the person got who was asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::survey {

// How far an answer has got. Ids of questions, each at most once; what was answered was shown.
struct Reached {
  std::vector<std::string> shown;
  std::vector<std::string> answered;
  bool finished = false;
};

// The policy: its zone says on which day somebody was asked.
void WantTally(db::UnitOfWork& uow, const std::string& tenant);

// Counts what an answer to `invitation` has changed: questions shown and answered, who began and who is done, on the
// day on which the person was asked. `before`: as counted with the answer's last revision; unset: it is its first. A
// question that a correction hides is taken back. Only answers to an invitation are in the funnel, and of those not the
// ones of an import with SCORES_ONLY: nobody watched them come. Needs WantTally.
absl::Status CountReached(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation,
                          const std::optional<Reached>& before, const Reached& after);

}  // namespace hoiam::survey
