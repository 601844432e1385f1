// A customer's lifecycle, as a part of a write.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/convert/customer.h"

namespace hoiam::survey {

// What asking needs, when `patch` (may be nullptr) sets a lifecycle.
void WantLifecycle(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                   const CustomerPatch* patch);

// As stored; UNSPECIFIED for an unknown customer. Needs WantCustomer.
absl::StatusOr<v1::Lifecycle::Code> StoredLifecycle(db::UnitOfWork& uow, const std::string& tenant,
                                                    const std::string& customer_id);

// Lets surveys ask about the change, when it is one: to another lifecycle than was said before. Said for the first
// time, it is news to us, not a change of the customer. Needs WantLifecycle.
absl::StatusOr<Dispatches> AskAboutLifecycle(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                             v1::Lifecycle::Code before, const v1::Customer& customer, absl::Time now);

}  // namespace hoiam::survey
