// Said it twice, in a unit of work (domain/fix.h says what that is). Called by the verbs that name a cause (:diagnose,
// :resolve) and by :resolve, in this order: the verb is applied, SaidTwiceNow, NoteFix, SaveCase.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/playbook.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::loop {

// What the two below need, for a case that WantCase was called for: its fixes, and the earlier case that one of them
// is. `lot`: what the call says was bought; empty: what the case says.
void WantFixes(db::UnitOfWork& uow, const std::string& tenant, const std::string& case_id,
               const std::string& root_cause, const std::string& lot);

// The cause of `c` (c.root_cause) has become known: when it was fixed before the customer said it, `c` says so, one
// priority more urgent, and the earlier case, which is saved here, has a failed fix. `within`:
// policy.said_twice_within. A case that says so already, or that nobody contradicts, stays as it is.
absl::Status SaidTwiceNow(db::UnitOfWork& uow, const std::string& tenant, Case& c, const Playbook& playbook,
                          absl::Time now);

// `c` is resolved: a fix of its cause for its customer, and, when the cause was removed, at its touchpoint, shop and
// lot.
absl::Status NoteFix(db::UnitOfWork& uow, const std::string& tenant, const Case& c, absl::Time now);

}  // namespace hoiam::loop
