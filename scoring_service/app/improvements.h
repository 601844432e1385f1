// Improvements: what was changed, from when on.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/rpc/write.h"
#include "scoring_service/app/fresh_reads.h"

namespace hoiam::scoring {

// Newest first. INVALID_ARGUMENT reason INVALID_PAGE_TOKEN or PAGE_SIZE_OUT_OF_RANGE.
absl::StatusOr<v1::ListImprovementsResponse> ListImprovements(const View& view, const v1::ListImprovementsRequest& q);
// NOT_FOUND IMPROVEMENT_NOT_FOUND.
absl::StatusOr<v1::Improvement> FindImprovement(const View& view, const std::string& id);

// NOT_FOUND IMPROVEMENT_NOT_FOUND unless allow_missing; RESOURCE_EXHAUSTED TOO_MANY_SETTINGS.
void UpdateImprovement(const FreshReads& reads, rpc::Writer& writer, const rpc::CallContext& ctx,
                       const v1::UpdateImprovementRequest& q, rpc::Reply<v1::Improvement> reply);

}  // namespace hoiam::scoring
