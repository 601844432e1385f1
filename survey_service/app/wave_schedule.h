// Relationship waves that come by themselves.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/app/deps.h"
#include "survey_service/app/due_kinds.h"

namespace hoiam::survey {

// In a decision that stores a survey.
void WantSchedule(db::UnitOfWork& uow, const std::string& tenant);
// INVALID_ARGUMENT CONFIRMATION_REQUIRED when waves of the schedule would mail more people at once than the policy lets
// through without somebody who says so, and the survey has no daily_limit: nobody is there to confirm them when they
// come. Needs WantSchedule.
absl::Status CheckSchedule(db::UnitOfWork& uow, const std::string& tenant, const v1::Survey& survey);
// Puts the beginning of the next wave of an active survey. What was put for a schedule that holds no more finds that
// out itself. Needs WantSchedule.
absl::Status PutSchedule(db::UnitOfWork& uow, const std::string& tenant, const v1::Survey& survey, absl::Time now);

// Begins the waves that are due: "{survey}-{day}", each once, with a seed of its own. One that cannot be drawn is left
// out and said in the log; the next one comes all the same.
class WaveScheduleWork final : public due::Handler {
 public:
  explicit WaveScheduleWork(const Deps& deps) : deps_(deps) {}  // must outlive it

  absl::Status Run(const std::vector<due::Work>& taken, absl::Time until) override;

 private:
  absl::Status Begin(const due::Work& work, absl::Time until);
  const Deps& deps_;
};

}  // namespace hoiam::survey
