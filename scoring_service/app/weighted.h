// Scores as the customer base and as money would give them (F11), and how many answers a margin of error takes (F6).
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// INVALID_ARGUMENT; SCOPE_NEEDED, CUT_NOT_KEPT. Money is weighed answer by answer, so there is no `by_revenue` when
// there are more answers than may be looked at one by one; the rest is as exact as ever.
absl::StatusOr<v1::GetWeightedScoresResponse> WeightedScores(const View& view, const v1::GetWeightedScoresRequest& q,
                                                             absl::Time now);

absl::StatusOr<v1::GetSampleSizeResponse> SampleSizeFor(const View& view, const v1::GetSampleSizeRequest& q);

}  // namespace hoiam::scoring
