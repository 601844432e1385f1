// How well a customer fits the ideal customer profile, as a part of a write.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::survey {

// SetFit needs it.
void WantIcpProfile(db::UnitOfWork& uow, const std::string& tenant);

// Gives the customer the fit by the profile as it is now; none when there is no profile.
absl::Status SetFit(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer);

}  // namespace hoiam::survey
