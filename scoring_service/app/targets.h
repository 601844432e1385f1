// What is aimed at: a score per metric and cut.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/domain/target.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

absl::StatusOr<std::vector<TargetScore>> TargetScores(const View& view);
absl::StatusOr<v1::ListTargetsResponse> ListTargets(const View& view);

}  // namespace hoiam::scoring
