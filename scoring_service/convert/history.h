// GetHistory between the wire and the store.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/domain/history.h"

namespace hoiam::scoring {

// Every bad field is told at once.
absl::StatusOr<HistoryQuery> ToHistoryQuery(const std::string& tenant,
                                            const hoiam::scoring::v1::GetHistoryRequest& request);
// The token of the page after one that ended here.
std::string HistoryToken(const std::string& tenant, const HistoryQuery& query, const HistoryKey& end);

}  // namespace hoiam::scoring
