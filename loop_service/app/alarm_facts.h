// What alarm rules ask that is not in the answer itself: looked up only when a rule of the tenant asks for it.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "loop_service/domain/alarm_rule.h"
#include "loop_service/domain/playbook.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::loop {

void WantFacts(db::UnitOfWork& uow, const std::string& tenant, const Answer& answer, const Playbook& playbook);

// As far as it has come: what is not read yet does not hold. `answer` must outlive what this answers.
Signal FactsOf(db::UnitOfWork& uow, const std::string& tenant, const Answer& answer, const Playbook& playbook);

}  // namespace hoiam::loop
