// GetScores between the wire and the domain.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// Every bad field is told at once.
absl::StatusOr<ScoreQuery> ToScoreQuery(const hoiam::scoring::v1::GetScoresRequest& request,
                                        const absl::TimeZone& reporting_zone);

hoiam::scoring::v1::GetScoresResponse FromScoreTable(const ScoreQuery& query, const ScoreTable& table);

}  // namespace hoiam::scoring
