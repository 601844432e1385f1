// The satisfaction sheet between the wire and the domain.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

absl::Status CheckRequest(const hoiam::scoring::v1::GetSatisfactionRequest& request);
absl::Status CheckRequest(const hoiam::scoring::v1::BatchGetSatisfactionRequest& request);

// As of `now`; dates in the headline are of `zone`. `items`: the serialized hoiam.survey.v1.Usage of each of the
// customer's items, in any order. INTERNAL for one that is none.
absl::StatusOr<hoiam::scoring::v1::Satisfaction> FromSheet(const std::string& customer_id, const Sheet& sheet,
                                                           const std::vector<std::string>& items, absl::Time now,
                                                           const absl::TimeZone& zone);

}  // namespace hoiam::scoring
