// The customer's part in a write.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/convert/customer.h"

namespace hoiam::survey {

void WantCustomer(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);

// The customer after `patch` (nullptr: as it is). An unknown one is made; one that does not change is left alone. Tells
// the others when it was made or changed. Needs WantCustomer.
absl::StatusOr<v1::Customer> UpsertCustomer(db::UnitOfWork& uow, const std::string& tenant,
                                            const std::string& customer_id, const CustomerPatch* patch, absl::Time now);

// Stores, as a new revision, that the customer asks not to be surveyed, and tells the others. Needs
// WantCustomer.
void PutUnsubscribed(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer, absl::Time now);

}  // namespace hoiam::survey
