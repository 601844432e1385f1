// Improvements: what was changed, from when on.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// Newest first. INVALID_ARGUMENT reason INVALID_PAGE_TOKEN or PAGE_SIZE_OUT_OF_RANGE.
absl::StatusOr<v1::ListImprovementsResponse> ListImprovements(const View& view, const v1::ListImprovementsRequest& q);
// NOT_FOUND IMPROVEMENT_NOT_FOUND.
absl::StatusOr<v1::Improvement> FindImprovement(const View& view, const std::string& id);

}  // namespace hoiam::scoring
