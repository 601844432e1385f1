// The customer's part in a write.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/convert/customer.h"

namespace hoiam::survey {

// All of these need it.
void WantCustomer(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);

// The customer as stored; an unknown one is new: revision 0, not stored yet.
absl::StatusOr<v1::Customer> FindCustomer(db::UnitOfWork& uow, const std::string& tenant,
                                          const std::string& customer_id, absl::Time now);

// Stores the customer, whose phone is as it was, as a new revision and tells the others. Whatever is stored has its fit
// by the ideal customer profile as it is now. `just_unsubscribed`: by this
// very change.
absl::Status PutCustomer(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer, bool just_unsubscribed,
                         absl::Time now);

// The customer after `patch` (nullptr: as it is). An unknown one is made; one that does not change is left alone. Tells
// the others when it was made or changed.
absl::StatusOr<v1::Customer> UpsertCustomer(db::UnitOfWork& uow, const std::string& tenant,
                                            const std::string& customer_id, const CustomerPatch* patch, absl::Time now);

// The customer of an answer, made when unknown, with the fit by the profile as it is now: told to the others when it is
// another one than was stored.
absl::StatusOr<v1::Customer> CustomerWhoAnswers(db::UnitOfWork& uow, const std::string& tenant,
                                                const std::string& customer_id, absl::Time now);

}  // namespace hoiam::survey
