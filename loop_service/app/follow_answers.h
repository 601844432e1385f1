// The alarm: what an answer does to cases. Which answers ring, and what each comes to, is decided by
// domain/alarm_rule.h and domain/answer.h.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/event/v1/event.pb.h"
#include "loop_service/app/playbook_cache.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::loop {

// `event` holds a response.
void WantAnswer(const hoiam::event::v1::Event& event, PlaybookCache& playbooks, db::UnitOfWork& uow);
absl::Status ApplyAnswer(const hoiam::event::v1::Event& event, PlaybookCache& playbooks, db::UnitOfWork& uow,
                         absl::Time now);

}  // namespace hoiam::loop
