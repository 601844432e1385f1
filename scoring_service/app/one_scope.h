// Answers about different things are not put together.
#pragma once

#include <set>

#include "absl/status/statusor.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// What all of the answers are about; without answers what was asked for, or what the metric is about usually.
// SCOPE_NEEDED when they are about several things.
absl::StatusOr<Scope> OneScope(const ScoreQuery& query, const std::set<Scope>& answered);
absl::StatusOr<Scope> OneScope(const ScoreQuery& query, const ScoreTable& table);

}  // namespace hoiam::scoring
