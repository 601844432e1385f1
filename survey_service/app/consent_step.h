// What a customer says about being asked, as a part of a write.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::survey {

// What was said before, the customer, and what is open or due to them.
void WantConsents(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);

// Stores a statement that is new, and what it comes to for the customer, who is made when unknown. A refusal bites at
// once: open invitations that it concerns are withdrawn, and nothing of theirs is due any more. Answers the customer.
// Needs WantConsents.
absl::StatusOr<v1::Customer> StateConsent(db::UnitOfWork& uow, const std::string& tenant, v1::Consent consent,
                                          const std::string& fingerprint, absl::Time now);

}  // namespace hoiam::survey
