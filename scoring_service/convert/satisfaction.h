// The satisfaction sheet between the wire and the domain.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

absl::Status CheckRequest(const hoiam::scoring::v1::GetSatisfactionRequest& request);
absl::Status CheckRequest(const hoiam::scoring::v1::BatchGetSatisfactionRequest& request);

// As of `now`; dates in the headline are of `zone`.
hoiam::scoring::v1::Satisfaction FromSheet(const std::string& customer_id, const Sheet& sheet, absl::Time now,
                                           const absl::TimeZone& zone);

}  // namespace hoiam::scoring
