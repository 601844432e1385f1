// Cases in a unit of work: reading one, and saving one together with all that must stay in step with it.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/playbook.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::loop {

// Key of the row that names a customer's open case.
db::Values OpenCaseKey(const std::string& tenant, const std::string& customer_id, CaseKind kind);

// Wants a case and, in the next round, what saving it needs.
void WantCase(db::UnitOfWork& uow, const std::string& tenant, const std::string& case_id);

// Wants what giving a case to `owner` needs, or taking it; "" needs nothing. WantCase wants it for who has the case.
void WantOwner(db::UnitOfWork& uow, const std::string& tenant, const std::string& owner);
// Whether it was wanted and has come.
bool HoldsOwner(db::UnitOfWork& uow, const std::string& tenant, const std::string& owner);
// How many open cases `owner`, who was wanted, has.
int64_t OpenCasesOf(db::UnitOfWork& uow, const std::string& tenant, const std::string& owner);

// A case that was wanted; nullopt when the tenant has none of that id.
absl::StatusOr<std::optional<Case>> LoadCase(db::UnitOfWork& uow, const std::string& tenant,
                                             const std::string& case_id);

// Keeps the moment at which the clock (app/clock.h) looks at the case next in step with it. The case must have been
// wanted, unless it is new.
void KeepDue(db::UnitOfWork& uow, const std::string& tenant, const Case& c);

// The serialized event by which the case is told as it was at `now`, when it last changed.
std::string CaseChanged(const std::string& tenant, const Case& c, absl::Time now);

// Moves the deadlines and timers of the case as its changes ask for (KeepTimers; nobody else sets a deadline), writes
// it, keeps open_case, resolved_case, owner_load and its clock in step with it, and tells the readers of this service's
// log. `playbook` is the tenant's. For a new case the row of OpenCaseKey must have been wanted; for another owner than
// before, WantOwner.
void SaveCase(db::UnitOfWork& uow, const std::string& tenant, Case& c, const Playbook& playbook, absl::Time now);

}  // namespace hoiam::loop
