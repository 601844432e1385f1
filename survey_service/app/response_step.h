// An answer's part in a write.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::survey {

// The scores a customer has given; "" wants nothing: an anonymous answer stands alone.
void WantStanding(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);

// Dimensions of an answer are what they were when it was stored; touchpoint and channel that it says itself stay.
void Freeze(const v1::Interaction* interaction, const v1::Customer* customer, v1::Response& response);

// Stores the answer as its next revision (its first when it has none), keeps the customer's standing and tells the
// others, with the latest score that the same customer gave strictly before and the one that an amendment replaces.
// Needs WantStanding, and the row of an answer that is amended. Answers the response as stored.
absl::StatusOr<v1::Response> PutResponse(db::UnitOfWork& uow, const std::string& tenant, v1::Response response,
                                         const std::string& fingerprint, absl::Time now);

}  // namespace hoiam::survey
