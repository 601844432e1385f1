// Two periods, or two groups, held against each other (F4).
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// INVALID_ARGUMENT; SCOPE_NEEDED, CUT_NOT_KEPT.
absl::StatusOr<v1::ScoreComparison> CompareScores(const View& view, const v1::CompareScoresRequest& q, absl::Time now);

// NOT_FOUND IMPROVEMENT_NOT_FOUND; SCOPE_NEEDED, CUT_NOT_KEPT.
absl::StatusOr<v1::GetImprovementEffectResponse> ImprovementEffect(const View& view,
                                                                   const v1::GetImprovementEffectRequest& q,
                                                                   absl::Time now);

}  // namespace hoiam::scoring
